"""From a source's text to a plain tree: values, positions, version. The one place that reads a specification's text."""

from generator.document.parse import (
    Read,
    declared_version,
    declares_version,
    metadata_addresses,
    parse,
    read_tree,
    references_out,
)
from generator.document.positions import locate, source_lines
from generator.document.values import Absence, Document, Resource, Source, SpecificationVersion, Tree

__all__ = [
    "Absence",
    "Document",
    "Read",
    "Resource",
    "Source",
    "SpecificationVersion",
    "Tree",
    "declared_version",
    "declares_version",
    "locate",
    "metadata_addresses",
    "parse",
    "read_tree",
    "references_out",
    "source_lines",
]
