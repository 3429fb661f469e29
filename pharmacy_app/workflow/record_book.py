"""The record, read: what was done, whether it is whole, from a lot to its bags. Nothing of it is edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pharmacy_app.domain.audit import RecordedEntry
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.product import LotMove
from pharmacy_app.workflow.listing import ListingRenderer
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.recall import Recall, recall
from pharmacy_app.workflow.record_export import (
    ChainState,
    Export,
    Form,
    checked,
    export_recall,
    export_record,
    keep_export,
    names_of,
)
from pharmacy_app.workflow.record_question import RecordQuestion, entries_meant
from pharmacy_app.workflow.search import Found, search
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock import move_lot

PORTION = 200


@dataclass(frozen=True, slots=True)
class Portion:
    """Some of the entries that are meant, newest first, and how many are meant in all.

    `names` are what others read of each account, by its name.
    """

    entries: tuple[RecordedEntry, ...]
    count: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecordBook:
    """For those who may read the record; the check and the search are for everybody."""

    station: Station
    words: Phrases
    renderer: ListingRenderer

    def look(self, question: RecordQuestion, *, before: int | None = None) -> Portion:
        """The newest entries that are meant; with `before`, those with a smaller number.

        Raises:
            QuestionRefused: a filter cannot be read.
            RulesRefused: the record is not for the person who works here.
        """
        self.station.permitted(Permission.READ_RECORD)
        zone = ZoneInfo(self.station.rulebook().site.time_zone)
        with self.station.open_unit_of_work(reading=True) as work:
            wanted = entries_meant(question, work, zone=zone)
            entries = work.audit.entries(wanted, limit=PORTION, before=before)
            return Portion(entries, work.audit.count(wanted), names_of(work))

    def check(self) -> ChainState:
        """Walk the whole record: whether an entry was changed, removed, inserted or cut off the end."""
        with self.station.open_unit_of_work(reading=True) as work:
            return checked(work)

    def draw_up(self, question: RecordQuestion, form: Form) -> Export:
        """A file of every entry that is meant, oldest first, with the state of the chain at this moment.

        Raises:
            QuestionRefused: a filter cannot be read.
            RulesRefused: the record is not for the person who works here, or the file would be too large.
        """
        return export_record(question, form, self.station, words=self.words, renderer=self.renderer)

    def recall(self, lot: str, code: str = "") -> Recall:
        """Every bag for which a unit of that lot was scanned or typed, the most urgent first (REQ-SUP-010).

        Without the code of a product: of every product that has a lot of that number.

        Raises:
            InputRefused: there is no such lot on file.
            RulesRefused: the record is not for the person who works here.
        """
        self.station.permitted(Permission.READ_RECORD)
        with self.station.open_unit_of_work(reading=True) as work:
            return recall(lot, code, work)

    def draw_up_recall(self, found: Recall, form: Form) -> Export:
        """A file of the bags that were found: CSV or PDF. Raises as `recall`."""
        return export_recall(found, form, self.station, words=self.words, renderer=self.renderer)

    def keep_export(self, export: Export) -> None:
        """Keep that a file is given out: no part of the record leaves without an entry that says so.

        Raises:
            RulesRefused: the record is not for the person who works here.
            StationTrouble: the database does not take it; nothing may be given out.
        """
        keep_export(export, self.station)

    def set_recalled(self, code: str, lot: str, reason: str) -> tuple[str, ...]:
        """Stop a lot of a product for good; the serials of the bags that hold it.

        Raises:
            RulesRefused: the catalogue is not for the person who works here, the lot is recalled already,
                or there is no reason.
        """
        return move_lot(LotMove.RECALL, lot, reason, code=code, station=self.station)

    def search(self, text: str) -> Found:
        """Orders by patient and number, bags by serial, lots by number.

        Raises:
            RulesRefused: nobody is signed in.
        """
        return search(text, self.station)
