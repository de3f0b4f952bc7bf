"""The rules as text: all of them in a list, one explained, each as a page."""

import textwrap

from generator.findings import UsageError
from generator.guesses import closest
from generator.renderers.markdown import fenced
from generator.report import table
from generator.validation.rule import ALL_VERSIONS, Family, Rule
from generator.validation.rules.catalogue import RULES, RULES_BY_NAME

_WIDTH = 80


def listed() -> str:
    """Return all rules, family by family."""
    blocks = []
    for family in Family:
        rows = [("rule", "check", "convert", "what it checks")]
        rows += [
            (rule.name, rule.severity.value, _conversion(rule), rule.what) for rule in RULES if rule.family is family
        ]
        blocks.append(f"{family.value[0].upper()}{family.value[1:]}\n\n{table(rows)}")
    return "\n".join(blocks) + "\n`sendready rules RULE` explains one.\n"


def explained(name: str) -> str:
    """Return what one rule is about. Raises UsageError where there is no such rule."""
    rule = RULES_BY_NAME.get(name)
    if rule is None:
        near = closest(name, RULES_BY_NAME)
        guess = f"; did you mean {near}?" if near else "; `sendready rules` lists them"
        raise UsageError(f"there is no rule {name}{guess}")
    paragraphs = [
        f"{rule.name}: {rule.severity.value} in check, {_conversion(rule)} in convert ({_scope(rule)})",
        f"What it checks: {rule.what}",
        f"Why: {rule.why}",
        "Wrong:\n\n" + textwrap.indent(rule.wrong.strip("\n"), "    "),
        "Right:\n\n" + textwrap.indent(rule.right.strip("\n"), "    "),
        f"Source: {rule.source}",
    ]
    return "\n\n".join(p if "\n" in p else textwrap.fill(p, _WIDTH) for p in paragraphs) + "\n"


def page(rule: Rule) -> str:
    """Return the page of one rule in the documentation."""
    return (
        "\n\n".join(
            (
                f"# {rule.name}",
                f"{rule.family.value[0].upper()}{rule.family.value[1:]}; {rule.severity.value} in `check`, "
                f"{_conversion(rule)} in `convert`; {_scope(rule)}.",
                f"**What it checks.** {rule.what}",
                f"**Why.** {rule.why}",
                f"**Wrong**\n\n{fenced(rule.wrong.strip(), 'yaml')}",
                f"**Right**\n\n{fenced(rule.right.strip(), 'yaml')}",
                f"**Source.** {rule.source}",
                f'Another severity, in `sendready.toml`: `severities = {{ {rule.name} = "warning" }}`, or `"off"`.',
            )
        )
        + "\n"
    )


def index() -> str:
    """Return the page that lists all rules."""
    blocks = ["# Rules", "Made from the rules' own words by `make docs`; `sendready rules` prints the same."]
    for family in Family:
        blocks.append(f"## {family.value[0].upper()}{family.value[1:]}")
        rows = [
            f"| [{rule.name}]({rule.name}.md) | {rule.severity.value} | {_conversion(rule)} | {_cell(rule.what)} |"
            for rule in RULES
            if rule.family is family
        ]
        blocks.append("\n".join(["| rule | check | convert | what it checks |", "| --- | --- | --- | --- |", *rows]))
    return "\n\n".join(blocks) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _conversion(rule: Rule) -> str:
    return rule.conversion.value if rule.conversion else "-"


def _scope(rule: Rule) -> str:
    if rule.versions == ALL_VERSIONS:
        return "all versions"
    return "OpenAPI " + ", ".join(version.value for version in rule.versions)
