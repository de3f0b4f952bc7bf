"""Sample values: from a schema and its author's examples to a JSON value that the schema accepts, always the same."""

from typing import TYPE_CHECKING, Any

from generator.samples.direction import Direction

if TYPE_CHECKING:
    from generator.samples.sampler import Sampler

__all__ = ["Direction", "Sampler"]


def __getattr__(name: str) -> Any:
    """Return the sampler, which only those need who make samples."""
    if name == "Sampler":
        from generator.samples.sampler import Sampler

        return Sampler
    raise AttributeError(name)
