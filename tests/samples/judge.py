"""What became of a schema: its value judged by another validator than the product's, a refusal by a proof."""

import base64
import enum
import json
from functools import lru_cache

import jsonschema
import jsonschema_rs
from jsonschema_rs.canonical import CanonicalizationError, Satisfiability

from generator.findings import Place
from generator.model import Schema
from generator.samples import Direction, Sampler
from tests.samples.simpler import simpler
from tests.samples.texts import without_impossible_texts

HERE = Place("x", "")
FORMATS = jsonschema.FormatChecker(())
FORMATS.checkers = dict(jsonschema.Draft202012Validator.FORMAT_CHECKER.checkers)


@FORMATS.checks("char")
def _is_char(value):
    return not isinstance(value, str) or len(value) == 1


@FORMATS.checks("byte", ValueError)
def _is_base64(value):
    return not isinstance(value, str) or base64.b64decode(value, validate=True) is not None


@FORMATS.checks("int32")
def _is_int32(value):
    return not isinstance(value, int) or -(2**31) <= value < 2**31


class Verdict(enum.Enum):
    """What became of a schema.

    `VALID`: it has a valid value. `IMPOSSIBLE`: told that there is none, which is proven. `MISSED`: told so, and there
    is one. `UNDECIDED`: told so, and nobody knows. `SILENT` must never be: an invalid value without a word.
    """

    VALID = "valid"
    IMPOSSIBLE = "impossible"
    MISSED = "missed"
    UNDECIDED = "undecided"
    SILENT = "silent"


_OF_PROOF = {
    Satisfiability.NO: Verdict.IMPOSSIBLE,
    Satisfiability.YES: Verdict.MISSED,
    Satisfiability.UNKNOWN: Verdict.UNDECIDED,
}


def judge(node) -> Verdict:
    """Sample the schema `node` and judge the outcome."""
    sampled = Sampler({}).sample(Schema(node=node, place=HERE), direction=Direction.REQUEST)
    told = any(finding.rule in {"sample-invalid", "sample-cut"} for finding in sampled.findings)
    if told:
        return proven(node)
    valid = jsonschema.Draft202012Validator(node, format_checker=FORMATS).is_valid(sampled.value)
    return Verdict.VALID if valid else Verdict.SILENT


def proven(node) -> Verdict:
    """Return what a solver says of a schema for which no value was found."""
    return _proven(json.dumps(node))


@lru_cache(maxsize=10_000)
def _proven(text: str) -> Verdict:
    """Return what the solver says of a schema in simpler words; of texts alone, automata tell more."""
    try:
        node = simpler(json.loads(text), lambda inner: proven(inner) is not Verdict.IMPOSSIBLE)
        canonical = jsonschema_rs.canonicalize(node, validate_formats=True)
        if canonical.satisfiability() is Satisfiability.UNKNOWN:
            node = without_impossible_texts(canonical.to_json_schema())
            canonical = jsonschema_rs.canonicalize(node, validate_formats=True)
        return _OF_PROOF[canonical.satisfiability()]
    except (CanonicalizationError, ValueError):
        return Verdict.UNDECIDED
