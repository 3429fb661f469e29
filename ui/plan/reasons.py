"""The reasons that are still open when a plan is accepted, and what a pharmacist types for them. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ui.remarks import Remark, remark_of_finding

if TYPE_CHECKING:
    from pharmacy_app.domain.finding import Finding
    from ui.words import Words


class OpenReasons:
    """Holds the text typed for each reason, as typed. A finding that is there per bag asks once for all."""

    def __init__(self, found: Iterable[Finding], words: Words) -> None:
        self._words = words
        self._typed: dict[str, str] = {}
        self._remarks: dict[str, Remark] = {}
        for each in found:
            remark = remark_of_finding(each, words)
            self._typed.setdefault(remark.code, "")
            self._remarks[remark.code] = _joined(self._remarks.get(remark.code), remark)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """One remark for each reason that is asked for."""
        return tuple(self._remarks.values())

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by the code of the finding it answers."""
        return dict(self._typed)

    def type_reason(self, code: str, text: str) -> None:
        """A pharmacist typed this."""
        self._typed[code] = text

    @property
    def why_not_accept(self) -> str:
        """Why the plan cannot be accepted yet; empty: every reason has its text. Blanks are no text."""
        missing = sum(not text.strip() for text in self._typed.values())
        if not missing:
            return ""
        number = "one" if missing == 1 else "many"
        return self._words(f"ui.plan.reasons.missing-{number}", count=str(missing))


def _joined(former: Remark | None, remark: Remark) -> Remark:
    if former is None or remark.sentence in former.sentence:
        return former or remark
    return replace(former, sentence=f"{former.sentence} {remark.sentence}")
