"""What the ICE form shows: the score so far, its grade in words, and the scores on file. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.ice_score import (
    IceAnswer,
    IceItem,
    IceScore,
    icans_grade,
    is_complete,
    must_ask_whether_roused,
    points_of,
)
from pharmacy_app.workflow.ice import IceTaken
from ui.course.moment import local_text
from ui.icons import Icon

if TYPE_CHECKING:
    from ui.words import Words

YES, NO = "yes", "no"
_ANSWERS = {YES: True, NO: False, None: None}
GRADE_3 = 3


@dataclass(frozen=True, slots=True)
class IceDraft:
    """The form as it stands: `yes`, `no`, or nothing chosen. `answers` are by the question's name."""

    answers: Mapping[str, str | None]
    roused: str | None = None
    symptoms: str | None = None

    @property
    def given(self) -> tuple[IceAnswer, ...]:
        """The questions that are answered."""
        return tuple(
            IceAnswer(item, value == YES)
            for item in IceItem
            if (value := self.answers.get(item.value)) is not None
        )

    @property
    def asks_roused(self) -> bool:
        """Whether the score is 0, so that it must be asked whether the patient can be roused."""
        return is_complete(self.given) and must_ask_whether_roused(points_of(self.given))

    @property
    def taken(self) -> IceTaken:
        """What is kept of it; whether the patient can be roused only where that is asked."""
        roused = _ANSWERS[self.roused] if self.asks_roused else None
        return IceTaken(self.given, roused, _ANSWERS[self.symptoms])

    @property
    def grade(self) -> int | None:
        """The grade by the score; None: a question is open."""
        if not is_complete(self.given):
            return None
        return icans_grade(points_of(self.given), roused=self.taken.roused)


@dataclass(frozen=True, slots=True)
class IceView:
    """The score as the largest thing, the noun beside it, its grade in words, and what the grade looks like.

    `stop_grade` is the grade with which a stop can be recorded; None: there is none.
    """

    number: str
    noun: str
    sentence: str
    icon: Icon | None
    asks_roused: bool
    stop_grade: int | None


@dataclass(frozen=True, slots=True)
class IceHistory:
    """The scores on file, newest first, and when the next one is due; `overdue`: that time has come."""

    rows: tuple[tuple[str, str], ...]
    due: str
    overdue: bool


def view_of(draft: IceDraft, words: Words) -> IceView:
    """What the form says by now; there is no score of a part of the questions."""
    given, total = draft.given, str(len(IceItem))
    if not is_complete(given):
        noun = words("ui.ice.answered", answered=str(len(given)), total=total)
        return IceView("–", noun, words("ui.ice.open"), None, asks_roused=False, stop_grade=None)
    grade = draft.grade
    return IceView(
        number=str(points_of(given)),
        noun=words("ui.ice.points", total=total),
        sentence=words("ui.ice.roused-first") if grade is None else _grade_sentence(grade, words),
        icon=_icon_of(grade),
        asks_roused=draft.asks_roused,
        stop_grade=grade or None,
    )


def history_of(scores: Sequence[IceScore], zone: ZoneInfo, words: Words, *, now: datetime) -> IceHistory:
    """The scores on file by the clock of the place of infusion."""
    rows = tuple((local_text(each.taken_at, zone), _row(each, words)) for each in reversed(scores))
    due = scores[-1].next_due if scores else None
    if due is None:
        return IceHistory(rows, words("ui.ice.none-due") if scores else "", overdue=False)
    overdue = now >= due
    code = "ui.ice.overdue" if overdue else "ui.ice.due"
    return IceHistory(rows, words(code, due=local_text(due, zone)), overdue=overdue)


def _row(score: IceScore, words: Words) -> str:
    grade = icans_grade(score.points, roused=score.roused)
    if not grade:
        return words("ui.ice.row-none", points=str(score.points))
    return words("ui.ice.row", points=str(score.points), grade=str(grade))


def _grade_sentence(grade: int, words: Words) -> str:
    return words("ui.ice.grade", grade=str(grade)) if grade else words("ui.ice.no-icans")


def _icon_of(grade: int | None) -> Icon:
    if grade is None:
        return Icon.UNKNOWN
    if grade == 0:
        return Icon.DONE
    return Icon.STOP if grade >= GRADE_3 else Icon.REASON
