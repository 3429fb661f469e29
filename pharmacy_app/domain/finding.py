"""What a rule has to say: a value with a code, never a sentence.

The severity is what the person may do next. All findings are returned at once, stops first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """`note`: nothing to do. `reason`: a pharmacist's typed reason is needed. `stop`: no way on."""

    NOTE = "note"
    REASON = "reason"
    STOP = "stop"


class Mark(Enum):
    """Where a rule or figure comes from, the surest first."""

    QUOTED = "Q"
    QUOTED_US = "QU"
    PUBLISHED = "P"
    HOSPITAL = "H"
    RECALLED = "R"
    DERIVED = "D"
    SITE = "S"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of a rule, still without words.

    `code` names the sentence in the catalogue, `values` fill its gaps (texts, already in the form in
    which people read them), `requirement` is the rule's identifier. `source` is the mark of the figure on
    which the sentence rests (`Protocol.mark`), or of the rule where it rests on no figure.
    `field` is the dotted path of the order's field it belongs to, or empty.
    """

    code: str
    severity: Severity
    requirement: str
    source: Mark
    values: tuple[tuple[str, str], ...] = ()
    field: str = ""


def finding(
    code: str, severity: Severity, requirement: str, source: Mark, *, field: str = "", **values: str
) -> Finding:
    """Build a finding from named values."""
    return Finding(code, severity, requirement, source, tuple(sorted(values.items())), field)


_ORDER = {Severity.STOP: 0, Severity.REASON: 1, Severity.NOTE: 2}


def stops_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, stops before reasons before notes, otherwise in the order given."""
    return tuple(sorted(findings, key=lambda each: _ORDER[each.severity]))


def has_stop(findings: Iterable[Finding]) -> bool:
    """Whether there is no way on."""
    return any(each.severity is Severity.STOP for each in findings)
