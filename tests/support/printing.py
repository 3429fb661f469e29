"""Printers that are none: they note what they are given, and do what a test tells them to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.bag_event import Finished, Released
from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.person import Actor
from pharmacy_app.wording import load
from pharmacy_app.workflow.bag_on_file import keep_happening, read_bag
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.people import Credentials
from pharmacy_app.workflow.ports import LabelRenderer
from pharmacy_app.workflow.print_send import Target
from pharmacy_app.workflow.printers import Delivery, PrinterList, Printers, Sent
from pharmacy_app.workflow.printing import Again, Printing
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork, UnitOfWork
from tests.support.bench import SECRET, Day, prepared
from tests.support.stations import OTHER_PHARMACIST, PHARMACIST, TECHNICIAN

ZEBRA = Target("Zebra", Paper("4x3", 203))
RENDERER = PdfLabelRenderer()


class PowerLoss(BaseException):
    """The station dies here."""


@dataclass(slots=True)
class FakePrinters:
    """One printer, Zebra. `documents` are the bytes it was given; `before` is called as it gets them."""

    documents: list[bytes] = field(default_factory=list)
    outcome: Sent = field(default_factory=lambda: Sent(Delivery.TAKEN, "17", "completed"))
    before: Callable[[], None] = field(default=lambda: None)
    paper: bool = True

    def found(self) -> PrinterList:
        return PrinterList(("Zebra",))

    def on_paper(self, _printer: str, /) -> bool:
        return self.paper

    def send(self, _printer: str, pdf: bytes, /, *, stock: str, title: str) -> Sent:
        self.before()
        self.documents.append(pdf)
        return self.outcome

    def ask(self, _printer: str, _reference: str, /) -> Sent:
        return self.outcome


@dataclass(slots=True)
class InterruptedFile:
    """A file on which something happens just before the `number`th transaction that writes."""

    database: OpenUnitOfWork
    number: int
    happens: Callable[[], object]
    writes: int = 0

    def __call__(self, *, reading: bool = False) -> UnitOfWork:
        self.writes += not reading
        if not reading and self.writes == self.number:
            self.happens()
        return self.database(reading=reading)


REFUSED = Sent(
    Delivery.REFUSED,
    told="out of labels",
    trouble=StationTrouble("trouble.printer.refused", {"printer": "Zebra", "reason": "out of labels"}),
)
NO_ANSWER = Sent(
    Delivery.NOT_KNOWN,
    told="no answer in time",
    trouble=StationTrouble("trouble.printer.not-known", {"printer": "Zebra"}),
)


def prepared_bag(day: Day) -> str:
    """A bag made from beginning to end, which waits to be verified; its serial."""
    day.stock()
    day.hire()
    return prepared(day, day.accept())


def released_bag(day: Day) -> str:
    """A bag that was taken and released at once; its serial. To be changed after four days."""
    day.hire()
    serial = day.bench().start(day.accept(), 1)
    change_at = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
    release = Released("for a test", "ab" * 32, Decimal("0.14"), day.now, change_at, change_at, ())
    with day.database() as work:
        bag = read_bag(work, serial)
        for what, actor in ((Finished(), TECHNICIAN), (release, PHARMACIST)):
            bag = keep_happening(work, bag, what, actor=actor, at=day.now, site=day.book.site)
        work.commit()
    return serial


def printing(
    day: Day,
    printers: Printers,
    actor: Actor | None = TECHNICIAN,
    *,
    renderer: LabelRenderer = RENDERER,
    name: str = "desk",
    file: OpenUnitOfWork | None = None,
) -> Printing:
    """The printing commands of somebody at a station of this name."""
    station = day.station(TECHNICIAN if actor is None else replace(actor, station=name))
    seat = replace(station.seat, station=name, actor=None if actor is None else station.seat.actor)
    station = replace(station, seat=seat, open_unit_of_work=file or day.database)
    return Printing(station, load(), renderer, printers)


def again(reason: str = "smudged", who: Actor = OTHER_PHARMACIST, secret: str = SECRET) -> Again:
    """A reprint with its reason and a second person."""
    return Again(reason, Credentials(who.person, secret))
