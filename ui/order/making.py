"""Makes every field of the order form, by its dotted name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pharmacy_app.domain.course import INDICATIONS
from pharmacy_app.domain.order import BenzylAlcohol, Preference, Setting, Weekday
from ui.order.draft import NO_HOLIDAYS
from ui.order.fields import DosesField, ModificationField, MomentField
from ui.order.telling import LAST_CYCLE_SHOWN
from ui.widgets.field import ChoiceField, Field, SelectField, TextField
from ui.words import Words

WISHES = ("bags.benzyl_alcohol", "bags.prefer")
_ROOM = {"date": "2026-11-23", "kg": "71.5 kg", "time-zone": "America/Vancouver"}
_PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")


def make_fields(words: Words, durations_h: Sequence[int]) -> dict[str, Field]:
    """All fields, empty; `durations_h` are the durations that the protocol has."""
    making = _Making(words)
    return {**making.texts(), **making.choices(), **making.wishes(durations_h)}


class _Making:
    def __init__(self, words: Words) -> None:
        self._words = words

    def texts(self) -> dict[str, Field]:
        def text(code: str, suffix: str = "") -> TextField:
            words = self._words
            inside = words(f"ui.orders.suffix.{suffix}") if suffix else ""
            example = words("ui.orders.suffix.date-example") if suffix == "date" else ""
            name = words(f"ui.orders.field.{code}")
            field = TextField(name, words, suffix=inside, example=example, asks_reasons=True)
            field.make_room_for(_ROOM.get(suffix or code, ""))
            return field

        return {
            "order_number": text("order-number"),
            "patient.record_number": text("record-number"),
            "patient.family_name": text("family-name"),
            "patient.given_names": text("given-names"),
            "patient.date_of_birth": text("date-of-birth", "date"),
            "patient.weight_kg": text("weight", "kg"),
            "patient.weight_taken_on": text("weight-taken-on", "date"),
            "start_at": MomentField(self._words("ui.orders.field.start"), self._words),
            "time_zone": text("time-zone"),
            "prescriber": text("prescriber"),
            "destination": text("destination"),
            "bags.hospital_days": text("hospital-days", "days"),
        }

    def choices(self) -> dict[str, Field]:
        words = self._words
        flags = [(value, words(f"ui.orders.choice.{value}")) for value in ("yes", "no", "unknown")]
        indications = [(each, words(f"ui.orders.indication-short.{each}")) for each in INDICATIONS]
        cycles = [(str(number), str(number)) for number in range(1, LAST_CYCLE_SHOWN + 1)]
        return {
            "indication": SelectField(
                words("ui.orders.field.indication"),
                [("", words("ui.orders.choice.none")), *indications],
                words,
                asks_reasons=True,
            ),
            "cycle": self._choice("cycle", cycles),
            "setting": self._choice("setting", self._worded(each.value for each in Setting)),
            "patient.pregnant": self._choice("pregnant", flags),
            "patient.breastfeeding": self._choice("breastfeeding", flags),
            "patient.benzyl_alcohol_hypersensitivity": self._choice("hypersensitive", flags),
            "dose_modification": ModificationField(words("ui.orders.field.modification"), words),
        }

    def wishes(self, durations_h: Sequence[int]) -> dict[str, Field]:
        words = self._words
        days = [(day.name.lower(), words(f"ui.orders.weekday.{day.name.lower()}")) for day in Weekday]
        durations = [(str(hours), _duration_word(hours, words)) for hours in durations_h]
        provinces = [(f"CA-{code}", words(f"ui.orders.province.CA-{code}")) for code in _PROVINCES]
        return {
            "prescribed": DosesField(words("ui.orders.field.prescribed"), words),
            "bags.durations_h": self._choice("durations", durations, many=True),
            "bags.benzyl_alcohol": self._choice(
                "benzyl-alcohol", self._worded(each.value for each in BenzylAlcohol)
            ),
            "bags.prefer": self._choice("prefer", self._worded(each.value for each in Preference)),
            "bags.closed_days": self._choice("closed-days", days, many=True),
            "bags.holidays": SelectField(
                words("ui.orders.field.holidays"),
                [(NO_HOLIDAYS, words("ui.orders.choice.no-holidays")), *provinces],
                words,
            ),
        }

    def _worded(self, values: Iterable[str]) -> list[tuple[str, str]]:
        return [(each, self._words(f"ui.orders.choice.{each}")) for each in values]

    def _choice(self, code: str, options: Sequence[tuple[str, str]], *, many: bool = False) -> ChoiceField:
        return ChoiceField(
            self._words(f"ui.orders.field.{code}"), options, self._words, many=many, asks_reasons=True
        )


def _duration_word(hours: int, words: Words) -> str:
    if hours == 168:
        return words("ui.orders.choice.seven-days")
    return words("ui.orders.choice.hours", hours=str(hours))
