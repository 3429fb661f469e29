"""Reasons that a pharmacist types: which are asked for, which are given, which are still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding

# The reason for the whole course is also the reason for its 7-day bags (REQ-SUP-007).
_ANSWERED_BY = {
    f"benzyl-alcohol.by-hand.{name}": f"course.{name}"
    for name in ("pregnant", "pregnant-not-known", "breastfeeding", "breastfeeding-not-known")
}


def open_reasons(found: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings that ask for a reason which nobody has given; `reasons` by the code they answer."""
    return tuple(
        each for each in found if each.severity is Severity.REASON and not _answer(each, reasons).strip()
    )


def _answer(found: Finding, reasons: Mapping[str, str]) -> str:
    return reasons.get(found.code) or reasons.get(_ANSWERED_BY.get(found.code, ""), "")


def missing_reasons(found: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    """A stop for each reason that is still open."""
    return tuple(
        finding("order.reason-missing", Severity.STOP, "REQ-VER-006", Mark.DERIVED, field=each.field)
        for each in open_reasons(found, reasons)
    )


def given_reasons(found: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The reasons that were asked for and given, by code."""
    asked = {each.code for each in found if each.severity is Severity.REASON}
    return tuple(sorted((code, text) for code, text in reasons.items() if code in asked and text.strip()))


def as_facts(given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Given reasons as facts of an entry in the record."""
    return tuple((f"reason {code}", text) for code, text in given)
