"""Required parameters for which no value can be found: what needs them cannot be sent."""

from collections.abc import Iterator

from generator.findings import Finding
from generator.model import Api, Parameter
from generator.request.schemas import resolved_node
from generator.samples import Direction
from generator.samples.verify import Marks
from generator.validation.rules.conversion import sample_invalid
from generator.validation.rules.sendable.parameter_fillable import RULE

_DOUBTFUL = frozenset({"allOf", "anyOf", "const", "dependentRequired", "if", "multipleOf", "not", "oneOf", "pattern"})
"""Keywords that can contradict others. Bounds that cross are told by another rule; whatever else stands alone fits."""


def fillable_findings(api: Api) -> Iterator[Finding]:
    """Yield a finding for each required parameter whose schema no value was found for, each place once."""
    doubtful = {
        parameter.place: parameter
        for operation in api.operations
        for parameter in operation.parameters
        if parameter.required and parameter.media_type is None and _is_doubtful(parameter, api)
    }
    if not doubtful:
        return
    from generator.samples import Sampler

    schemas = [each.schema for each in doubtful.values()]
    marks = Marks(api.definitions)
    needed = {key: node for schema in schemas for key, node in marks.reach(schema.node)[1].items()}
    sampler = Sampler(needed, schemas, uri=api.place.uri)
    for place, parameter in doubtful.items():
        sample = sampler.sample(parameter.schema, direction=Direction.REQUEST, name=parameter.name)
        if any(finding.rule == sample_invalid.RULE.name for finding in sample.findings):
            message = f"No value was found for the required parameter `{parameter.name}`."
            yield RULE.finding(place, message, "Look whether its schema contradicts itself, or give an example.")


def _is_doubtful(parameter: Parameter, api: Api) -> bool:
    node = parameter.schema.node
    return node is False or not _DOUBTFUL.isdisjoint(resolved_node(node, api.definitions))
