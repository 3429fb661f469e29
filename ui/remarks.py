"""Findings and refusals as one kind of remark, in words, ready to be shown. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding, Severity

if TYPE_CHECKING:
    from ui.words import Words


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands in a finding box. `rule` is `requirement · source in words`, or empty."""

    code: str
    severity: Severity
    lead: str
    sentence: str
    field: str = ""
    rule: str = ""


def remark_of_finding(finding: Finding, words: Words) -> Remark:
    """A rule's finding in words."""
    return Remark(
        code=finding.code,
        severity=finding.severity,
        lead=words(f"ui.finding.{finding.severity.value}"),
        sentence=words.finding(finding),
        field=finding.field,
        rule=words("ui.finding.rule", requirement=finding.requirement, source=words.source(finding.source)),
    )


def remark_of_refusal(refusal: InputRefused, words: Words) -> Remark:
    """What could not be read: given, then expected."""
    expected = words.error(refusal)
    sentence = (
        words("ui.finding.given", given=refusal.given, expected=expected)
        if refusal.given
        else words("ui.finding.nothing-given", expected=expected)
    )
    return Remark(refusal.code, Severity.STOP, words("ui.finding.refused"), sentence, refusal.field)


_ORDER = {Severity.STOP: 0, Severity.REASON: 1, Severity.NOTE: 2}


def in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Stops first, then reasons, then notes."""
    return tuple(sorted(remarks, key=lambda each: _ORDER[each.severity]))


def count(remarks: Iterable[Remark], severity: Severity) -> int:
    """How many remarks have this severity."""
    return sum(each.severity is severity for each in remarks)
