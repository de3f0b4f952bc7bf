"""From a source's text to a plain tree: values, positions, version. The one place that reads a specification's text."""

from generator.document.parse import declares_version, metadata_addresses, parse, references_out
from generator.document.positions import locate, source_lines
from generator.document.values import Absence, Document, Resource, Source, SpecificationVersion

__all__ = [
    "Absence",
    "Document",
    "Resource",
    "Source",
    "SpecificationVersion",
    "declares_version",
    "locate",
    "metadata_addresses",
    "parse",
    "references_out",
    "source_lines",
]
