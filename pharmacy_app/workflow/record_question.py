"""What a person asks of the record: filters as they were typed, and the entries that are meant by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.audit import EntryFilter
from pharmacy_app.domain.clock import first_instant
from pharmacy_app.domain.errors import InputRefused, PharmacyError
from pharmacy_app.domain.order_on_file import without_accents
from pharmacy_app.workflow.search import is_named, serial_of

if TYPE_CHECKING:
    from pharmacy_app.workflow.unit_of_work import UnitOfWork

_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class RecordQuestion:
    """The filters of the record as they were typed; what is empty asks for nothing.

    `patient` is a record number or parts of a name, `bag` a serial, `person` an account's name or what others
    read, `lot` a lot's number. `since` and `until` are days, or days with a time, of the pharmacy's clock; a
    day alone means all of it.
    """

    patient: str = ""
    bag: str = ""
    person: str = ""
    lot: str = ""
    since: str = ""
    until: str = ""

    @property
    def given(self) -> tuple[tuple[str, str], ...]:
        """The name of each filter that is given, and what was typed."""
        pairs = ((each.name, getattr(self, each.name)) for each in fields(self))
        return tuple((name, text) for name, text in pairs if text)


class QuestionRefused(PharmacyError):
    """Filters that cannot be read, all of them at once."""

    def __init__(self, refusals: tuple[InputRefused, ...]) -> None:
        super().__init__("refused.by-rules")
        self.refusals = refusals


def entries_meant(question: RecordQuestion, work: UnitOfWork, *, zone: ZoneInfo) -> EntryFilter:
    """The entries that a question means.

    Raises:
        QuestionRefused: a filter cannot be read.
    """
    refusals: list[InputRefused] = []

    def read(name: str, reading: Callable[[str], datetime | None]) -> datetime | None:
        text: str = getattr(question, name)
        moment = reading(text) if text else None
        if text and moment is None:
            refusals.append(InputRefused(name, text, "expected.day-or-time"))
        return moment

    since = read("since", lambda text: _moment(text, zone))
    until = read("until", lambda text: _moment(text, zone, end=True))
    if since is not None and until is not None and until <= since:
        refusals.append(InputRefused("until", question.until, "expected.after-since"))
    serial = serial_of(question.bag)
    if question.bag and serial is None:
        refusals.append(InputRefused("bag", question.bag, "expected.serial"))
    if refusals:
        raise QuestionRefused(tuple(refusals))
    return EntryFilter(
        things=_things(question.patient, serial, work),
        persons=_persons(question.person, work),
        lot=question.lot,
        since=since,
        until=until,
    )


def _moment(text: str, zone: ZoneInfo, *, end: bool = False) -> datetime | None:
    """The instant of a clock time, or of the beginning (or the end) of a day; None: it is none of them."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[1])
        if found[2] is None:
            return first_instant(datetime.combine(day, time()) + timedelta(days=1 if end else 0), zone)
        return first_instant(datetime.combine(day, time.fromisoformat(found[2])), zone)
    except (ValueError, OverflowError):
        return None


def _things(patient: str, serial: str | None, work: UnitOfWork) -> tuple[str, ...] | None:
    """What the record calls the patient's orders and bags, and the bag; of both, what is both."""
    of_bag = None if serial is None else {f"bag {serial}"}
    if not patient:
        return None if of_bag is None else tuple(of_bag)
    of_patient = set(_things_of(patient, work))
    return tuple(sorted(of_patient if of_bag is None else of_patient & of_bag))


def _things_of(patient: str, work: UnitOfWork) -> Iterator[str]:
    for each in work.orders.headings():
        if each.record_number == patient or is_named(patient, each):
            yield f"order {each.order_number}"
            yield from (f"bag {serial}" for serial in work.bag_events.of_order(each.order_number))


def _persons(person: str, work: UnitOfWork) -> tuple[str, ...] | None:
    """The account of that name, and those who are shown so; an entry may name one that has no account."""
    if not person:
        return None
    wanted = without_accents(person)
    shown = (each.name for each in work.people.all() if wanted in without_accents(each.display_name))
    return tuple(dict.fromkeys((person, *shown)))
