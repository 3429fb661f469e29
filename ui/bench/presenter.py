"""What the bench shows and waits for. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Reading
from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.quantity import read_volume
from pharmacy_app.domain.scan import ProductScan, Scan
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.workbench import Workbench
from pharmacy_app.workflow.worklist import Due
from ui.bench.bag import bag_view, next_unit, step_name, vials_left
from ui.bench.stop import belongs_to_a_field, stop_view
from ui.bench.view import BenchView, Mark, StopView
from ui.bench.worklist import clock_words, due_rows, due_soon
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal
from ui.words import Words

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk

_AT_THE_BENCH = (BagState.IN_PREPARATION, BagState.PREPARED)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The bag that is open at this bench, or else the worklist; and what both rest on."""

    bench: Workbench | None
    due: tuple[Due, ...]
    site: Site
    station: str
    now: datetime


def load_bench(desk: Desk, serial: str = "", *, left: bool = False) -> Loaded:
    """The bag of that serial, or the one that is open here unless work on it was left, or the worklist.

    A bag that was released, rejected or made void meanwhile is at the bench no more.
    """
    if not serial and not left:
        serial = desk.bench.open_here() or ""
    bench = desk.bench.view(serial) if serial else None
    if bench is not None and bench.bag.state not in _AT_THE_BENCH:
        return load_bench(desk, left=left)
    due = () if bench is not None else desk.bench.worklist()
    return Loaded(bench, due, desk.site, desk.station.seat.station, desk.now())


def give_scan(desk: Desk, serial: str, scan: Scan, words: Words) -> str:
    """Give the bench a scan; what to say of it, with what is left to a lot that is out. Raises as `scan`."""
    desk.bench.scan(serial, scan)
    bench = desk.bench.view(serial)
    if isinstance(scan, ProductScan) and scan.code in bench.products:
        unit = {("product", bench.products[scan.code].name), ("lot", scan.lot)}
        for note in bench.notes:
            if unit.issubset(note.values):
                return words("ui.bench.accepted-outside", left=dict(note.values)["left"])
    return words("ui.bench.accepted")


class BenchPresenter:
    """Holds what is open and what was refused."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._loaded: Loaded | None = None
        self._stop: StopView | None = None
        self._remarks: tuple[Remark, ...] = ()
        self._seen = ""
        self._resumed = False

    def take(self, loaded: Loaded) -> None:
        """What is on file came; a stop is cleared by what goes on."""
        bench = loaded.bench
        serial = "" if bench is None else bench.bag.serial
        self._resumed = bool(serial) and serial != self._seen
        self._seen = serial
        if self._loaded is None or self._loaded.bench != bench:
            self._stop = None
        self._loaded = loaded
        self._remarks = ()

    def began(self, serial: str) -> None:
        """A bag was taken just now: it is not resumed."""
        self._seen = serial

    def refuse(self, error: PharmacyError, *, now: datetime) -> None:
        """Something was refused now: at the field, beside the list, or as the stop that fills the page."""
        bench = self.bench
        if isinstance(error, InputRefused):
            self._remarks = (remark_of_refusal(error, self._words),)
            return
        if not isinstance(error, RulesRefused):
            raise error
        if bench is None or belongs_to_a_field(error):
            self._remarks = in_order(remark_of_finding(each, self._words) for each in error.findings)
            return
        self._remarks = ()
        self._stop = stop_view(error, bench, at=self._site_time(now), words=self._words)

    @property
    def bench(self) -> Workbench | None:
        """The bag that is being made here."""
        return None if self._loaded is None else self._loaded.bench

    @property
    def serial(self) -> str:
        """Its serial; empty: no bag is open."""
        return "" if self.bench is None else self.bench.bag.serial

    @property
    def may_type_again(self) -> bool:
        """Whether the stop's hint leads back to the step. After a wrong scan only a scan leads on."""
        return self._stop is not None and self._stop.leads_back

    def type_again(self) -> None:
        """Back to the step whose volume was stopped."""
        self._stop = None

    @property
    def is_stopped(self) -> bool:
        """Whether a stop fills the page."""
        return self._stop is not None

    def readings(self, typed: Sequence[tuple[str, str]]) -> tuple[tuple[Reading, ...], tuple[Remark, ...]]:
        """The readings in what was typed, an instrument and a text each; empty lines are none."""
        readings, refused = [], []
        for instrument, text in typed:
            if not text:
                continue
            try:
                readings.append(Reading(instrument, read_volume(text, field="volume")))
            except InputRefused as refusal:
                refused.append(remark_of_refusal(refusal, self._words))
        return tuple(readings), tuple(refused)

    def expected(self) -> str:
        """What a scan will do now."""
        bench = self.bench
        if bench is None:
            return self._words("ui.bench.expect-a-bag")
        progress = bench.progress
        if progress.step is None or bench.bag.state is not BagState.IN_PREPARATION:
            return self._words("ui.bench.expect-nothing")
        if progress.tag_missing:
            return self._words("ui.bench.expect-tag", serial=shown_serial(bench.bag.serial))
        if progress.missing:
            return self._words("ui.bench.expect-unit", unit=next_unit(bench, self._words))
        return self._words("ui.bench.expect-hands", step=step_name(progress.step, self._words))

    def view(self) -> BenchView:
        """Everything the page shows now."""
        loaded, bench = self._loaded, self.bench
        if loaded is None:
            return BenchView(None, (), "", "", None, None, (), "")
        if bench is None:
            return self._worklist(loaded)
        done = None
        if bench.bag.state is not BagState.IN_PREPARATION:
            number = str(bench.bag.started.bag_number)
            code = f"ui.bench.ended.{bench.bag.state.value}"
            done = self._words(code, bag=number), shown_serial(bench.bag.serial)
        bag = bag_view(bench, site=loaded.site, words=self._words, resumed=self._resumed)
        has_room = bench.progress.waits_for_scan or not bench.progress.volume_missing
        notes = tuple(remark_of_finding(each, self._words) for each in bench.notes if has_room)
        return BenchView(bag, (), "", "", done, self._stop, (*self._remarks, *notes), self.expected())

    def vials_left(self, now: datetime) -> tuple[str, Mark]:
        """How long the reconstituted vials may still be used; empty: no vial stands here."""
        assert self._loaded is not None  # asked of an open bag alone
        assert self.bench is not None
        return vials_left(self.bench, self._loaded.site, self._words, now=now)

    def _worklist(self, loaded: Loaded) -> BenchView:
        zone = ZoneInfo(loaded.site.time_zone)
        due = loaded.due
        soon = due_soon(due, loaded.now)
        rows = due_rows(soon, now=loaded.now, zone=zone, station=loaded.station, words=self._words)
        later = ""
        if len(due) > len(soon):
            following = next(each for each in due if each not in soon)
            values = {
                "count": str(len(due) - len(soon)),
                "next": clock_words(following.hang_at.astimezone(zone)),
            }
            later = self._words("ui.bench.later", **values)
        nothing = "" if rows else self._words("ui.bench.nothing")
        return BenchView(None, rows, later, nothing, None, None, self._remarks, self.expected())

    def _site_time(self, moment: datetime) -> datetime:
        assert self._loaded is not None  # nothing is refused before something was shown
        return moment.astimezone(ZoneInfo(self._loaded.site.time_zone))
