"""What became of a schema: its value judged by another validator than the product's, a refusal by a proof."""

import enum

from generator.findings import Place
from generator.model import Schema
from generator.samples import Direction, Sampler
from tests.samples.solver import Solver, TooLongError
from tests.samples.validity import is_valid

HERE = Place("x", "")


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


def judge(node) -> Verdict:
    """Sample the schema `node` and judge the outcome."""
    sampled = Sampler({}).sample(Schema(node=node, place=HERE), direction=Direction.REQUEST)
    told = any(finding.rule in {"sample-invalid", "sample-cut"} for finding in sampled.findings)
    if told:
        return proven(node)
    return Verdict.VALID if is_valid(node, sampled.value) else Verdict.SILENT


def proven(node) -> Verdict:
    """Return what a solver says of a schema for which no value was found."""
    try:
        found, is_certain = Solver().values((node, True))
    except TooLongError:
        return Verdict.UNDECIDED
    if found:
        return Verdict.MISSED
    return Verdict.IMPOSSIBLE if is_certain else Verdict.UNDECIDED
