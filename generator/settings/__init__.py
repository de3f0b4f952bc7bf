"""Settings: `sendready.toml`, or `[tool.sendready]` in `pyproject.toml`; what a flag says comes before them."""
