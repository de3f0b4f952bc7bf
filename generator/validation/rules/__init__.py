"""All rules, in the order in which they are told for one object."""

from generator.validation.rule import Rule
from generator.validation.rules import (
    body_ignored,
    flow_addresses,
    flow_scopes,
    ignored_header,
    operation_id_unique,
    operations_present,
    parameters_unique,
    path_begins_with_slash,
    path_parameter_required,
    path_parameters,
    paths_distinct,
    reference_resolves,
    reference_siblings,
    responses_present,
    security_requirement,
    server_variables,
)

RULES: tuple[Rule, ...] = (
    operations_present.RULE,
    path_begins_with_slash.RULE,
    paths_distinct.RULE,
    path_parameters.RULE,
    path_parameter_required.RULE,
    parameters_unique.RULE,
    operation_id_unique.RULE,
    responses_present.RULE,
    body_ignored.RULE,
    ignored_header.RULE,
    reference_resolves.RULE,
    reference_siblings.RULE,
    security_requirement.RULE,
    flow_scopes.RULE,
    flow_addresses.RULE,
    server_variables.RULE,
)
