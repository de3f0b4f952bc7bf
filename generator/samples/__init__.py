"""Sample values: from a schema and its author's examples to a JSON value that the schema accepts, always the same."""

from generator.samples.direction import Direction
from generator.samples.sampler import Sampler

__all__ = ["Direction", "Sampler"]
