"""What was refused about people, in words. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from ui.remarks import Remark

if TYPE_CHECKING:
    from ui.words import Words


def is_about_people(error: PharmacyError) -> bool:
    """Whether only the person was refused, who may try again."""
    return isinstance(error, RulesRefused) and all(each.code.startswith("person.") for each in error.findings)


def refusals(error: PharmacyError, words: Words) -> tuple[Remark, ...]:
    """What was given and what is expected, without rule and source: nobody calculates with it."""
    if not isinstance(error, RulesRefused):
        return ()
    lead = words("ui.finding.refused")
    return tuple(
        Remark(each.code, each.severity, lead, words.finding(each), each.field) for each in error.findings
    )
