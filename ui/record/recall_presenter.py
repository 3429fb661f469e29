"""What the Record page shows of a lot: its bags, whose they are and where they are now. Knows no Qt."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import date_text, offset_text, time_text
from pharmacy_app.domain.person import Permission, not_permitted
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.product import LotState
from pharmacy_app.workflow.recall_files import recall_text, where_text
from ui.dates import short_moment_text
from ui.record.asking import remarks_of
from ui.record.view import Cell, Pairs, RecallView, Row
from ui.remarks import Remark

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.domain.recall import RecalledBag
    from pharmacy_app.workflow.recall import FoundLot, Recall
    from ui.words import Words

_ICONS = {"hung": "stop", "dispensed": "reason", "stopped": "reason", "released": "reason"}
EVERY_PRODUCT = ""


class RecallPresenter:
    """The lot that is asked for, and the bags that were found."""

    def __init__(self, words: Words, *, zone: ZoneInfo) -> None:
        self._words = words
        self._zone = zone
        self._refused: tuple[Remark, ...] = ()
        self._lots: tuple[FoundLot, ...] = ()
        self._chosen = ""
        self.found: Recall | None = None
        self.lot = ""
        self.code = EVERY_PRODUCT

    def ask(self, lot: str, code: str = EVERY_PRODUCT) -> None:
        """Another lot is asked for, or the same one of another product."""
        if lot != self.lot:
            self._lots = ()
        self.lot, self.code, self.found, self._refused = lot, code, None, ()

    def take(self, found: Recall) -> None:
        """The bags came."""
        self.found, self._refused = found, ()
        if self.code == EVERY_PRODUCT or not self._lots:
            self._lots = found.lots
        self._lots = tuple(next((new for new in found.lots if _same(new, old)), old) for old in self._lots)
        self._chosen = found.bags[0].bag.serial if found.bags else ""

    def refuse(self, error: PharmacyError) -> None:
        """There is no such lot."""
        self._refused = remarks_of(error, self._words)

    def choose(self, serial: str) -> None:
        """A person went to a row."""
        self._chosen = serial

    def chosen_bag(self) -> RecalledBag | None:
        """The bag that a person went to."""
        bags = () if self.found is None else self.found.bags
        return next((each for each in bags if each.bag.serial == self._chosen), None)

    def one_lot(self) -> FoundLot | None:
        """The one lot that can be recalled: there must be no doubt which product's it is."""
        if self.found is None or len(self.found.lots) != 1:
            return None
        return self.found.lots[0]

    def view(self, actor: Actor | None) -> RecallView:
        """What is shown now. `actor` is who works here."""
        bags = () if self.found is None else self.found.bags
        serials = [each.bag.serial for each in bags]
        return RecallView(
            result="" if self.found is None else recall_text(self.found, self._words),
            icon=self._icon(),
            rows=tuple(self._row(each) for each in bags),
            chosen=serials.index(self._chosen) if self._chosen in serials else None,
            lots=tuple((each.product.code, each.product.name) for each in self._lots),
            code=self.code,
            facts=self._facts(),
            bag=self._bag(),
            why_not=self._why_not(actor),
            remarks=self._refused,
        )

    def _icon(self) -> str:
        if self.found is None or not self.found.bags:
            return "done"
        return "stop" if self.found.hung else "reason"

    def _row(self, each: RecalledBag) -> Row:
        words, owner = self._words, each.owner
        numbers = {"bag": str(each.bag.started.bag_number), "bags": str(owner.bags)}
        of_plan = words("ui.record.recall.bag", order=owner.order_number, **numbers)
        name, moment = each.times[-1]
        state = words(f"record.state.{each.bag.state.value}")
        when = words("ui.record.recall.since", what=words(f"record.time.{name}"), time=self._time(moment))
        cells = (
            Cell(state, where_text(each, words), bold=True, icon=_ICONS.get(each.bag.state.value, "note")),
            Cell(owner.patient_name, words("ui.record.recall.mrn", number=owner.record_number)),
            Cell(shown_serial(each.bag.serial), of_plan),
            Cell(when, words("ui.record.recall.units", units=str(each.units))),
        )
        spoken = ", ".join(part for cell in cells for part in (cell.upper, cell.lower))
        return Row(each.bag.serial, cells, spoken)

    def _time(self, moment: datetime) -> str:
        return short_moment_text(moment.astimezone(self._zone))

    def _facts(self) -> Pairs:
        lot = self.one_lot()
        if lot is None:
            return ()
        words = self._words
        facts = [
            ("product", lot.product.name),
            ("maker", lot.product.manufacturer),
            ("code", lot.product.code),
            ("lot", lot.lot.lot),
            ("expires", date_text(lot.lot.expires_on)),
            ("state", words(f"record.lot-state.{lot.lot.state.value}")),
            ("reason", lot.lot.reason),
        ]
        return tuple((words(f"ui.record.recall.field.{name}"), text) for name, text in facts if text)

    def _bag(self) -> Pairs:
        """The chosen bag whole: its patient, and every time of its life."""
        words, each = self._words, self.chosen_bag()
        if each is None:
            return ()
        owner = each.owner
        facts = (
            ("patient", owner.patient_name),
            ("number", owner.record_number),
            ("order", owner.order_number),
            ("destination", owner.destination),
        )
        times = tuple((words(f"record.time.{name}"), self._whole_time(moment)) for name, moment in each.times)
        return (*((words(f"ui.record.recall.field.{name}"), text) for name, text in facts), *times)

    def _whole_time(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        return f"{time_text(local)} {offset_text(local)}"

    def _why_not(self, actor: Actor | None) -> str:
        """Why the button that recalls the lot cannot be pressed; empty: it can."""
        words, lot = self._words, self.one_lot()
        if lot is None:
            return words("ui.record.recall.choose-product" if self._lots else "ui.record.recall.ask-first")
        if lot.lot.state is LotState.RECALLED:
            return words("ui.record.recall.is-recalled")
        if actor is None:
            return words("person.nobody-signed-in")
        return " ".join(words.finding(each) for each in not_permitted(actor, Permission.RECALL))


def _same(one: FoundLot, other: FoundLot) -> bool:
    return one.lot.key == other.lot.key
