"""The rules as text: all of them in a list, one explained, each as a page."""

import textwrap

from generator.findings import Severity, UsageError
from generator.guesses import closest
from generator.renderers.markdown import fenced
from generator.text_layout import table
from generator.validation.rule import ALL_VERSIONS, Family, Rule
from generator.validation.rules.catalogue import EXPLAINED_BY_NAME

_WIDTH = 80
_EXPLAINED = tuple(EXPLAINED_BY_NAME.values())
_MARK = "†"
_ELSE = f"{_MARK} Of another severity in some cases, which the rule's own explanation names."
_CONVERSION_ONLY = "`check` does not report these: `convert` and `snippets` say what becomes of a request."


def listed() -> str:
    """Return all rules, family by family."""
    blocks = []
    for family in Family:
        rows = [("rule", "check", "convert", "what it checks")]
        rows += [
            (rule.name, _check(rule), _conversion(rule), rule.what) for rule in _EXPLAINED if rule.family is family
        ]
        blocks.append(f"{_heading(family)}\n\n{_remark(family)}{table(rows)}")
    return "\n".join(blocks) + f"\n{_ELSE}\n`sendready rules RULE` explains one.\n"


def explained(name: str) -> str:
    """Return what one rule is about. Raises UsageError where there is no such rule."""
    rule = EXPLAINED_BY_NAME.get(name)
    if rule is None:
        near = closest(name, EXPLAINED_BY_NAME)
        guess = f"; did you mean {near}?" if near else "; `sendready rules` lists them"
        raise UsageError(f"there is no rule {name}{guess}")
    paragraphs = [
        f"{rule.name}: {_severities(rule)} ({_scope(rule)})".replace("`", ""),
        f"What it checks: {rule.what}",
        f"Why: {rule.why}",
        "Wrong:\n\n" + textwrap.indent(rule.wrong.strip("\n"), "    "),
        "Right:\n\n" + textwrap.indent(rule.right.strip("\n"), "    "),
        f"Source: {rule.source}",
        _settings(rule).replace("`", ""),
    ]
    return "\n\n".join(p if "\n" in p else textwrap.fill(p, _WIDTH) for p in paragraphs) + "\n"


def page(rule: Rule) -> str:
    """Return the page of one rule in the documentation."""
    return (
        "\n\n".join(
            (
                f"# {rule.name}",
                f"{_heading(rule.family)}; {_severities(rule)}; {_scope(rule)}.",
                f"**What it checks.** {rule.what}",
                f"**Why.** {rule.why}",
                f"**Wrong**\n\n{fenced(rule.wrong.strip(), 'yaml')}",
                f"**Right**\n\n{fenced(rule.right.strip(), 'yaml')}",
                f"**Source.** {rule.source}",
                _settings(rule),
            )
        )
        + "\n"
    )


def index() -> str:
    """Return the page that lists all rules."""
    blocks = ["# Rules", "Made from the rules' own words by `make docs`; `sendready rules` prints the same."]
    for family in Family:
        blocks.append(f"## {_heading(family)}")
        if remark := _remark(family).strip():
            blocks.append(remark)
        rows = [
            f"| [{rule.name}]({rule.name}.md) | {_check(rule)} | {_conversion(rule)} | {_cell(rule.what)} |"
            for rule in _EXPLAINED
            if rule.family is family
        ]
        blocks.append("\n".join(["| rule | check | convert | what it checks |", "| --- | --- | --- | --- |", *rows]))
    blocks.append(_ELSE)
    return "\n\n".join(blocks) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _heading(family: Family) -> str:
    return f"{family.value[0].upper()}{family.value[1:]}"


def _remark(family: Family) -> str:
    return f"{_CONVERSION_ONLY}\n\n" if family is Family.CONVERSION else ""


def _check(rule: Rule) -> str:
    return "-" if rule.family is Family.CONVERSION else rule.severity.value + _MARK * bool(rule.severity_else)


def _conversion(rule: Rule) -> str:
    said = rule.severity if rule.family is Family.CONVERSION else rule.conversion
    return said.value + _MARK * bool(rule.conversion_else) if said else "-"


def _severities(rule: Rule) -> str:
    levels = (("`check`", _check(rule), rule.severity_else), ("`convert`", _conversion(rule), rule.conversion_else))
    return ", ".join(
        f"not reported by {command}"
        if level == "-"
        else f"{level.removesuffix(_MARK)} in {command}{f' ({otherwise})' if otherwise else ''}"
        for command, level, otherwise in levels
    )


def _settings(rule: Rule) -> str:
    if rule.family is Family.CONVERSION:
        return "`severities` and `x-sendready-ignore` are for `check`, which does not report it."
    kept = " A conversion keeps its own." if rule.conversion else ""
    other = Severity.ERROR if rule.severity is Severity.WARNING else Severity.WARNING
    return (
        f"Another severity in `check`, by the settings: `severities = {{ {rule.name} = "
        f'"{other.value}" }}`, or `"off"`.{kept}'
    )


def _scope(rule: Rule) -> str:
    if rule.versions == ALL_VERSIONS:
        return "all versions"
    return "OpenAPI " + ", ".join(version.value for version in rule.versions)
