"""The questions about a bag's supplies, and what the answers come to. Nothing is answered at first.

A question's key is the field of the supplies document, so a finding finds its question. What is not
answered is not known, and not known is never a yes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.plan import PlannedBag
from pharmacy_app.domain.protocol import Diluent
from pharmacy_app.domain.supply import (
    Absence,
    Access,
    BagMaterial,
    Filter,
    HowFilled,
    Line,
    Plastic,
    Pump,
    Supplies,
)

NOT_KNOWN = "not-known"
YES, NO = "yes", "no"
NONE, PRESENT = "none", "present"
FILL = "fill"

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?", re.ASCII)
_WHOLE = re.compile(r"[1-9][0-9]?", re.ASCII)


class Kind(Enum):
    """How a question is answered."""

    ONE_OF = "one of"
    SEVERAL_OF = "several of"
    DECIMAL = "decimal"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `only_if` is a key that must be answered with PRESENT for it to be asked."""

    key: str
    kind: Kind
    options: tuple[str, ...] = ()
    only_if: str = ""


def _one_of(key: str, *options: str, only_if: str = "") -> Question:
    return Question(key, Kind.ONE_OF, (*options, NOT_KNOWN), only_if)


def _yes_or_no(key: str, only_if: str = "") -> Question:
    return _one_of(key, YES, NO, only_if=only_if)


_MATERIALS = tuple(material.value for material in BagMaterial)


def _filter_questions(key: str) -> tuple[Question, ...]:
    return (
        _one_of(key, PRESENT, NONE),
        Question(f"{key}.pore_micron", Kind.DECIMAL, only_if=key),
        _yes_or_no(f"{key}.low_protein_binding", key),
        _yes_or_no(f"{key}.sterile", key),
        _yes_or_no(f"{key}.non_pyrogenic", key),
    )


GROUPS: tuple[tuple[str, tuple[Question, ...]], ...] = (
    ("fill", (_one_of(FILL, *(way.value for way in HowFilled)),)),
    (
        "diluents",
        (Question("diluents", Kind.SEVERAL_OF, tuple(diluent.value for diluent in Diluent)),),
    ),
    (
        "materials",
        (
            _one_of("bag.material", *_MATERIALS),
            _yes_or_no("bag.dehp"),
            _one_of("tubing.material", *_MATERIALS),
            _yes_or_no("tubing.dehp"),
            _yes_or_no("accessories_dehp_free"),
        ),
    ),
    ("filter", (*_filter_questions("filter"), *_filter_questions("tubing.built_in_filter"))),
    (
        "pump",
        (
            _yes_or_no("pump.approved"),
            _yes_or_no("pump.programmable"),
            _yes_or_no("pump.lockable"),
            _yes_or_no("pump.elastomeric"),
            _yes_or_no("pump.visual_alarm"),
            _yes_or_no("pump.auditory_alarm"),
            _yes_or_no("pump.tubing_compatible"),
            _yes_or_no("pump.keep_open_rate_acceptable"),
            Question("pump.rate_step_ml_per_h", Kind.DECIMAL),
        ),
    ),
    (
        "access",
        (
            _one_of("access.line", *(line.value for line in Line)),
            Question("access.lumens", Kind.WHOLE),
            _yes_or_no("access.dedicated_lumen"),
        ),
    ),
)

QUESTIONS = tuple(question for _name, questions in GROUPS for question in questions)


class SuppliesForm:
    """The answers of one bag. Answers are kept as given: a value, several values, or typed text."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[str, ...]] = {}
        self._asked = {question.key: question for question in QUESTIONS}

    def answer(self, key: str, values: tuple[str, ...]) -> None:
        """Someone answered; an empty tuple takes the answer back."""
        if key not in self._asked:
            raise KeyError(key)
        self._answers[key] = tuple(value for value in values if value)

    def values(self, key: str) -> tuple[str, ...]:
        """The answer as given; empty: not answered."""
        return self._answers.get(key, ())

    def is_asked(self, key: str) -> bool:
        """Whether the question stands on the form: the properties of a filter only where there is one."""
        parent = self._asked[key].only_if
        return not parent or self.values(parent) == (PRESENT,)

    def unanswered(self) -> tuple[str, ...]:
        """Keys of the questions that are asked and have no answer."""
        return tuple(key for key in self._asked if self.is_asked(key) and not self.values(key))

    def refusals(self) -> tuple[InputRefused, ...]:
        """Typed answers that cannot be read."""
        return tuple(
            InputRefused(question.key, self.values(question.key)[0], _EXPECTED[question.kind])
            for question in QUESTIONS
            if question.kind in _PATTERNS and self._is_unreadable(question)
        )

    def how_filled(self) -> HowFilled | None:
        """How the starting volume is reached; None: not answered or not known."""
        value = self._known(FILL)
        return HowFilled(value) if value else None

    def supplies(self, bag: PlannedBag) -> Supplies:
        """The answers as the rules take them, for the duration and rate of this bag."""
        return Supplies(
            duration_h=bag.duration_h,
            rate=bag.rate,
            bag=self._plastic("bag"),
            tubing=self._plastic("tubing"),
            built_in_filter=self._filter("tubing.built_in_filter"),
            filter=self._filter("filter"),
            pump=self._pump(),
            access=self._access(),
            diluents=self._diluents(),
            accessories_dehp_free=self._flag("accessories_dehp_free"),
        )

    def _is_unreadable(self, question: Question) -> bool:
        values = self.values(question.key)
        return (
            bool(values) and self.is_asked(question.key) and not _PATTERNS[question.kind].fullmatch(values[0])
        )

    def _known(self, key: str) -> str | None:
        values = self.values(key)
        return values[0] if values and values[0] != NOT_KNOWN else None

    def _flag(self, key: str) -> bool | None:
        value = self._known(key)
        return None if value is None else value == YES

    def _number(self, key: str) -> Decimal | None:
        value = self._known(key)
        if value is None or not _PATTERNS[self._asked[key].kind].fullmatch(value):
            return None
        return Decimal(value)

    def _plastic(self, part: str) -> Plastic:
        material = self._known(f"{part}.material")
        return Plastic(BagMaterial(material) if material else None, self._flag(f"{part}.dehp"))

    def _filter(self, key: str) -> Filter | Absence:
        match self._known(key):
            case None:
                return Absence.NOT_KNOWN
            case "none":
                return Absence.NONE
            case _:
                return Filter(
                    pore_micron=self._number(f"{key}.pore_micron"),
                    low_protein_binding=self._flag(f"{key}.low_protein_binding"),
                    sterile=self._flag(f"{key}.sterile"),
                    non_pyrogenic=self._flag(f"{key}.non_pyrogenic"),
                )

    def _pump(self) -> Pump:
        return Pump(
            programmable=self._flag("pump.programmable"),
            lockable=self._flag("pump.lockable"),
            elastomeric=self._flag("pump.elastomeric"),
            visual_alarm=self._flag("pump.visual_alarm"),
            auditory_alarm=self._flag("pump.auditory_alarm"),
            tubing_compatible=self._flag("pump.tubing_compatible"),
            rate_step=self._number("pump.rate_step_ml_per_h"),
            approved=self._flag("pump.approved"),
            keep_open_rate_acceptable=self._flag("pump.keep_open_rate_acceptable"),
        )

    def _access(self) -> Access:
        line = self._known("access.line")
        lumens = self._number("access.lumens")
        return Access(
            line=Line(line) if line else None,
            lumens=None if lumens is None else int(lumens),
            dedicated_lumen=self._flag("access.dedicated_lumen"),
        )

    def _diluents(self) -> tuple[Diluent, ...] | None:
        values = self.values("diluents")
        return tuple(Diluent(value) for value in values) if values else None


_PATTERNS = {Kind.DECIMAL: _NUMBER, Kind.WHOLE: _WHOLE}
_EXPECTED = {
    Kind.DECIMAL: "ui.worksheet.expected-decimal",
    Kind.WHOLE: "ui.worksheet.expected-whole",
}
