"""The rules that concern a conversion, in the order in which they are told; `catalogue` has all of them."""

from generator.validation.rule import Rule
from generator.validation.rules.auth_flow import (
    flow_addresses,
    flow_grant,
    flow_scopes,
    scope_declared,
    security_form,
    security_requirement,
)
from generator.validation.rules.openapi import (
    body_ignored,
    body_parameter,
    file_parameter_consumes,
    ignored_header,
    operation_id_unique,
    parameter_schema_or_content,
    parameters_unique,
    path_begins_with_slash,
    path_parameter_required,
    path_parameters,
    paths_distinct,
    reference_resolves,
    reference_siblings,
    response_codes,
    responses_present,
    server_variables,
    version_keywords,
)
from generator.validation.rules.sendable import example_external, operations_present

CONVERSION_RULES: tuple[Rule, ...] = (
    operations_present.RULE,
    path_begins_with_slash.RULE,
    paths_distinct.RULE,
    path_parameters.RULE,
    path_parameter_required.RULE,
    parameters_unique.RULE,
    operation_id_unique.RULE,
    responses_present.RULE,
    response_codes.RULE,
    body_ignored.RULE,
    ignored_header.RULE,
    reference_resolves.RULE,
    reference_siblings.RULE,
    parameter_schema_or_content.RULE,
    body_parameter.RULE,
    file_parameter_consumes.RULE,
    security_form.RULE,
    security_requirement.RULE,
    scope_declared.RULE,
    flow_grant.RULE,
    flow_scopes.RULE,
    flow_addresses.RULE,
    server_variables.RULE,
    version_keywords.RULE,
    example_external.RULE,
)
