"""What several rooms' tests share."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material beside the repository; where it is absent, the test is skipped."""
    if not (SHARED / "README.md").exists():
        pytest.skip("needs the shared material beside the repository")
    return SHARED
