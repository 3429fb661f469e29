"""What is typed into the order form, as typed, and the order document made of it. Knows no Qt.

Nothing is repaired on the way: a text goes into the document as it stands, so that the reader of order
files refuses it in the same words as in a file. Only a plain whole number becomes a JSON number, where the
document has one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pharmacy_app.domain.order import Order
from pharmacy_app.domain.order_document import order_document, planning_document

TEXTS = (
    "order_number",
    "patient.record_number",
    "patient.family_name",
    "patient.given_names",
    "patient.date_of_birth",
    "patient.weight_kg",
    "patient.weight_taken_on",
    "prescriber",
    "time_zone",
    "destination",
)
CHOICES = ("indication", "cycle", "setting")
FLAGS = ("patient.pregnant", "patient.breastfeeding", "patient.benzyl_alcohol_hypersensitivity")
NO_MODIFICATION = "none"
NO_HOLIDAYS = ""

# The fields in reading order: where the keyboard goes next, and the order of what is still to be filled in.
FORM_FIELDS = (
    "order_number",
    "patient.record_number",
    "patient.date_of_birth",
    "patient.family_name",
    "patient.given_names",
    "patient.weight_kg",
    "patient.weight_taken_on",
    "indication",
    "cycle",
    "start_at",
    "time_zone",
    "prescriber",
    "setting",
    "destination",
    "patient.pregnant",
    "patient.breastfeeding",
    "patient.benzyl_alcohol_hypersensitivity",
    "dose_modification",
    "prescribed",
    "bags.durations_h",
    "bags.benzyl_alcohol",
    "bags.prefer",
    "bags.closed_days",
    "bags.holidays",
    "bags.hospital_days",
)
FIRST_OF_SECOND_PART = "prescribed"

_FLAG_VALUES: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None}
_WHOLE = re.compile(r"(0|[1-9][0-9]{0,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One line of what the prescriber wrote, as typed."""

    from_day: str = ""
    to_day: str = ""
    mcg_per_day: str = ""

    @property
    def empty(self) -> bool:
        return not (self.from_day or self.to_day or self.mcg_per_day)


@dataclass(frozen=True, slots=True)
class Draft:
    """All of the form. `texts` and `choices` by dotted field; a choice that is absent was not made.

    `planning` is what an order file wishes of hours, days of preparation and phases: the form has no fields
    for it, and keeps it as it is.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    start_day: str = ""
    start_time: str = ""
    doses: tuple[DoseLine, ...] = (DoseLine(), DoseLine())
    grade: str = ""
    restart_day: str = ""
    modification_reason: str = ""
    durations_h: tuple[str, ...] = ()
    closed_days: tuple[str, ...] = ()
    sequence_h: tuple[int, ...] | None = None
    planning: Mapping[str, object] = field(default_factory=dict)

    def with_text(self, name: str, text: str) -> Draft:
        """The draft with one text changed."""
        return replace(self, texts={**self.texts, name: text})

    def with_choice(self, name: str, value: str) -> Draft:
        """The draft with one choice made."""
        return replace(self, choices={**self.choices, name: value})

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def choice(self, name: str) -> str | None:
        return self.choices.get(name)


def empty_draft(*, time_zone: str, durations_h: tuple[int, ...]) -> Draft:
    """A new form. The wishes stand at what an order file means by leaving them out; the rest is empty."""
    return Draft(
        texts={"time_zone": time_zone, "bags.hospital_days": "0"},
        choices={
            "bags.benzyl_alcohol": "permitted",
            "bags.prefer": "fewest-changes",
            "bags.holidays": NO_HOLIDAYS,
        },
        durations_h=tuple(str(each) for each in durations_h),
    )


def unanswered(draft: Draft) -> frozenset[str]:
    """The questions without an answer, and the fields in which nothing stands."""
    missing = {name for name in TEXTS if not draft.text(name)}
    missing |= {name for name in (*CHOICES, *FLAGS) if draft.choice(name) is None}
    if not draft.start_day or not draft.start_time:
        missing.add("start_at")
    if draft.choice("dose_modification") is None:
        missing.add("dose_modification")
    if all(line.empty for line in draft.doses):
        missing.add("prescribed")
    return frozenset(missing)


def document_of(draft: Draft) -> dict[str, object]:
    """The order document, in the form in which order files are read."""
    document: dict[str, object] = {
        "order_number": draft.text("order_number"),
        "patient": _patient(draft),
        "prescriber": draft.text("prescriber"),
        "indication": draft.choice("indication") or "",
        "cycle": _whole(draft.choice("cycle") or ""),
        "start_at": f"{draft.start_day}T{draft.start_time}",
        "time_zone": draft.text("time_zone"),
        "setting": draft.choice("setting") or "",
        "destination": draft.text("destination"),
        "dose_modification": _modification(draft),
        "prescribed": [_dose(line) for line in draft.doses if not line.empty],
        "bags": _bags(draft),
    }
    return document


def _patient(draft: Draft) -> dict[str, object]:
    names = ("record_number", "family_name", "given_names", "date_of_birth", "weight_kg", "weight_taken_on")
    patient: dict[str, object] = {name: draft.text(f"patient.{name}") for name in names}
    for name in FLAGS:
        chosen = draft.choice(name)
        patient[name.removeprefix("patient.")] = None if chosen is None else _FLAG_VALUES[chosen]
    return patient


def _dose(line: DoseLine) -> dict[str, object]:
    return {
        "from_day": _whole(line.from_day),
        "to_day": _whole(line.to_day),
        "mcg_per_day": line.mcg_per_day,
    }


def _modification(draft: Draft) -> dict[str, object] | None:
    event = draft.choice("dose_modification")
    if event is None or event == NO_MODIFICATION:
        return None
    return {
        "event": event,
        "grade": _whole(draft.grade),
        "restart_on_infusion_day": _whole(draft.restart_day),
        "reason": draft.modification_reason,
    }


def _bags(draft: Draft) -> dict[str, object]:
    bags: dict[str, object] = {
        "durations_h": [int(each) for each in draft.durations_h],
        "benzyl_alcohol": draft.choice("bags.benzyl_alcohol"),
        "closed_days": list(draft.closed_days),
        "hospital_days": _whole(draft.text("bags.hospital_days")),
        "prefer": draft.choice("bags.prefer"),
    }
    holidays = draft.choice("bags.holidays")
    if holidays:
        bags["holidays"] = holidays
    if draft.sequence_h is not None:
        bags["sequence_h"] = list(draft.sequence_h)
    return {**bags, **draft.planning}


def _whole(text: str) -> int | str:
    """A whole number where the text is plainly one; anything else stays as typed and is refused as such."""
    return int(text) if _WHOLE.fullmatch(text) else text


def draft_of(order: Order, *, durations_h: tuple[int, ...]) -> Draft:
    """An order on file, as the form would show it."""
    document = order_document(order)
    start_day, _, start_time = str(document["start_at"]).partition("T")
    modification = order.dose_modification
    wishes = order.bags
    return Draft(
        texts={
            **{name: _at(document, name) for name in TEXTS},
            "bags.hospital_days": str(wishes.hospital_days),
        },
        choices={
            **{name: _at(document, name) for name in CHOICES},
            **{name: _flag(order, name) for name in FLAGS},
            "dose_modification": NO_MODIFICATION if modification is None else modification.event.value,
            "bags.benzyl_alcohol": wishes.benzyl_alcohol.value,
            "bags.prefer": wishes.prefer.value,
            "bags.holidays": wishes.holidays or NO_HOLIDAYS,
        },
        start_day=start_day,
        start_time=start_time,
        doses=tuple(
            DoseLine(str(each.from_day), str(each.to_day), each.dose.number)
            for each in order.prescribed or ()
        ),
        grade="" if modification is None else str(modification.grade),
        restart_day="" if modification is None else str(modification.restart_on_infusion_day),
        modification_reason="" if modification is None else modification.reason,
        durations_h=tuple(str(each) for each in wishes.durations_h or durations_h),
        closed_days=tuple(
            day.name.lower() for day in sorted(wishes.closed_days, key=lambda each: each.value)
        ),
        sequence_h=wishes.sequence_h,
        planning=planning_document(wishes),
    )


def _at(document: Mapping[str, object], path: str) -> str:
    value: object = document
    for name in path.split("."):
        value = value[name] if isinstance(value, Mapping) else ""
    return str(value)


def _flag(order: Order, name: str) -> str:
    value = getattr(order.patient, name.removeprefix("patient."))
    return next(word for word, meaning in _FLAG_VALUES.items() if meaning is value)


def form_field(path: str) -> str:
    """The field of the form that a dotted path of the document belongs to; empty for none.

    >>> form_field("prescribed[0].mcg_per_day"), form_field("dose_modification.grade"), form_field("bags")
    ('prescribed', 'dose_modification', '')
    """
    fitting = [name for name in FORM_FIELDS if path == name or path.startswith((f"{name}.", f"{name}["))]
    return fitting[0] if fitting else ""
