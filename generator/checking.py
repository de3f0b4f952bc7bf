"""The check of a specification: all that any station or rule says of it, graded as a team wants it."""

import fnmatch
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.auth import plan_auth
from generator.document import Document
from generator.examples import example_findings
from generator.findings import Finding, Severity
from generator.ignores import ignores, without_ignored
from generator.model import Api
from generator.pipeline import Options, auth_options
from generator.readers import read
from generator.servers import plan_servers
from generator.validation import Policy, examine
from generator.validation.rules.catalogue import RULES_BY_NAME

__all__ = ["CheckOptions", "Policy", "check"]


class CheckOptions(Struct, frozen=True, kw_only=True):
    """What a user decides about a check.

    `document` is what a conversion would be told, so that both agree; `policy` what a team allows; `severities` how
    grave its findings are by the name of their rule, None: off.
    """

    document: Options = Options()
    policy: Policy = Policy()
    severities: Mapping[str, Severity | None] = {}


def check(document: Document, options: CheckOptions, earlier: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Return what is to be said of `document`; `earlier` is what reading it has said.

    Raises UsageError where an option names something that the document does not have.
    """
    asked = options.document
    policy = replace(options.policy, token_url=asked.token_url, scopes=asked.scopes)
    examined = examine(document, policy)
    api = read(examined.value)
    servers = plan_servers(api.value, asked.server)
    plan = plan_auth(api.value, servers.value, auth_options(asked))
    # A rule with a check of its own has spoken; what the stations say in its name is for conversions.
    planned = [
        finding
        for station in (api, servers, plan)
        for finding in station.findings
        if (rule := RULES_BY_NAME.get(finding.rule)) is None or rule.check is None
    ]
    found = (*earlier, *examined.findings, *planned, *example_findings(api.value))
    graded = _graded(dict.fromkeys(found), options.severities)
    chosen = _chosen(graded, api.value, asked)
    return tuple(without_ignored(chosen, ignores(document), RULES_BY_NAME.keys()))


def _graded(findings: Iterable[Finding], severities: Mapping[str, Severity | None]) -> Iterator[Finding]:
    for finding in findings:
        severity = severities.get(finding.rule, finding.severity)
        if severity is not None:
            yield finding if severity is finding.severity else replace(finding, severity=severity)


def _chosen(findings: Iterable[Finding], api: Api, options: Options) -> Iterator[Finding]:
    """Yield the findings that do not stand in an operation which `--tag` or `--path` leave out."""
    left_out = {
        operation.place.pointer
        for operation in api.operations
        if (options.tags and not set(options.tags) & set(operation.tags))
        or (options.paths and not any(fnmatch.fnmatchcase(operation.path, pattern) for pattern in options.paths))
    }
    for finding in findings:
        tokens = finding.place.pointer.split("/")[1:4]
        if len(tokens) < 3 or "/" + "/".join(tokens) not in left_out:
            yield finding
