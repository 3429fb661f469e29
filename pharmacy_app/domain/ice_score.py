"""The ICE score: ten questions, one point each, and the grade of ICANS by it (REQ-MOD-005).

The guide lists 0 points under grade 3 and under grade 4. So the form asks whether the patient can be roused,
and never chooses by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

REPEAT_AFTER = timedelta(hours=8)
_GRADE_FROM = ((10, 0), (7, 1), (3, 2), (1, 3))  # points from which a grade holds


class IceItem(Enum):
    """One question; the value names its words."""

    YEAR = "year"
    MONTH = "month"
    CITY = "city"
    PLACE = "place"
    FIRST_OBJECT = "first-object"
    SECOND_OBJECT = "second-object"
    THIRD_OBJECT = "third-object"
    COMMAND = "command"
    SENTENCE = "sentence"
    COUNTING = "counting"


# The five parts of the score, as the guide has them.
CATEGORIES: dict[str, tuple[IceItem, ...]] = {
    "orientation": (IceItem.YEAR, IceItem.MONTH, IceItem.CITY, IceItem.PLACE),
    "naming": (IceItem.FIRST_OBJECT, IceItem.SECOND_OBJECT, IceItem.THIRD_OBJECT),
    "commands": (IceItem.COMMAND,),
    "writing": (IceItem.SENTENCE,),
    "attention": (IceItem.COUNTING,),
}


@dataclass(frozen=True, slots=True)
class IceAnswer:
    """Whether one question was answered right."""

    item: IceItem
    right: bool


@dataclass(frozen=True, slots=True)
class IceScore:
    """A score as it is kept. `roused` tells whether the patient can be roused; None: it was not asked.

    Of one order the scores are numbered from 1. `symptoms` of ICANS: it is taken again.
    """

    order_number: str
    number: int
    taken_at: datetime
    answers: tuple[IceAnswer, ...]
    roused: bool | None
    symptoms: bool

    @property
    def key(self) -> str:
        """One score of one order."""
        return ice_key(self.order_number, self.number)

    @property
    def points(self) -> int:
        """From 0 to 10."""
        return points_of(self.answers)

    @property
    def next_due(self) -> datetime | None:
        """When it is taken again at the latest; None: no symptoms, also none by the score itself."""
        again = self.symptoms or self.points < len(IceItem)
        return self.taken_at + REPEAT_AFTER if again else None


def ice_key(order_number: str, number: int) -> str:
    """The key of one score of an order; an order's number holds no line feed."""
    return f"{order_number}\n{number}"


def points_of(answers: tuple[IceAnswer, ...]) -> int:
    """One point for each right answer."""
    return sum(each.right for each in answers)


def is_complete(answers: tuple[IceAnswer, ...]) -> bool:
    """Whether every question was answered once: there is no score of a part of them."""
    return sorted(each.item.value for each in answers) == sorted(each.value for each in IceItem)


def must_ask_whether_roused(points: int) -> bool:
    """No points mean grade 3 or grade 4."""
    return points == 0


def icans_grade(points: int, *, roused: bool | None) -> int | None:
    """The grade by the score: 0 for no ICANS by it, None where nobody said whether 0 points is 3 or 4.

    >>> [icans_grade(points, roused=None) for points in (10, 9, 7, 6, 3, 2, 1)]
    [0, 1, 1, 2, 2, 3, 3]
    >>> icans_grade(0, roused=None), icans_grade(0, roused=True), icans_grade(0, roused=False)
    (None, 3, 4)
    """
    for lowest, grade in _GRADE_FROM:
        if points >= lowest:
            return grade
    if roused is None:
        return None
    return 3 if roused else 4
