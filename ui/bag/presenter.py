"""What the Bags page shows and which moves it offers. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagMove, BagState, state_after
from pharmacy_app.domain.clock import time_text
from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.ledger import BagAnswer
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.scan import BagScan
from ui.bag.view import AnswerView, BagRow, BagsView, Move
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal
from ui.words import Words

if TYPE_CHECKING:
    from pharmacy_app.domain.order import Order
    from pharmacy_app.workflow.desk import Desk

MOVES = (
    BagMove.REFRIGERATE,
    BagMove.TAKE_OUT,
    BagMove.DISPENSE,
    BagMove.HANG,
    BagMove.MOVE_LINE,
    BagMove.STOP,
    BagMove.RELEASE_AGAIN,
    BagMove.END,
    BagMove.VOID,
)
BY_LABEL = (BagMove.DISPENSE, BagMove.HANG)  # these take a scan of the label itself
WITH_REASON = (BagMove.MOVE_LINE, BagMove.STOP, BagMove.RELEASE_AGAIN, BagMove.VOID)


@dataclass(frozen=True, slots=True)
class LoadedBags:
    """Every bag that is made and not ended, the one that was asked for, and whose they are."""

    bags: tuple[BagAnswer, ...]
    asked: BagAnswer | None
    orders: dict[str, Order]


def load_bags(desk: Desk, scan: BagScan | None, *, record: bool = False) -> LoadedBags:
    """The list, and the answer to this scan. `record`: somebody scanned it just now."""
    asked = None
    if scan is not None:
        asked = desk.ledger.scanned(scan) if record else desk.ledger.answer(scan.serial, scan)
    orders = {each.order.order_number: each.order for each in desk.orders()}
    return LoadedBags(desk.ledger.not_ended(), asked, orders)


class BagsPresenter:
    """Holds the list and the bag that was scanned last."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._loaded: LoadedBags | None = None
        self._refused: tuple[Remark, ...] = ()
        self._may_void = False
        self.scan: BagScan | None = None

    def take(self, loaded: LoadedBags, *, may_void: bool) -> None:
        """What is on file came."""
        self._loaded, self._may_void = loaded, may_void
        self._refused = ()

    def refuse(self, error: PharmacyError) -> None:
        """A move or a scan was refused."""
        match error:
            case RulesRefused():
                self._refused = in_order(remark_of_finding(each, self._words) for each in error.findings)
            case InputRefused():
                self._refused = (remark_of_refusal(error, self._words),)
            case _:
                raise error

    def view(self) -> BagsView:
        """Everything the page shows now."""
        loaded = self._loaded
        if loaded is None:
            return BagsView((), None, self._refused)
        rows = tuple(self._row(each, loaded) for each in loaded.bags if each.ledger is not None)
        bag = None if loaded.asked is None else self._answer(loaded.asked, loaded)
        return BagsView(rows, bag, self._refused)

    def _row(self, found: BagAnswer, loaded: LoadedBags) -> BagRow:
        assert found.ledger is not None  # only bags are listed
        bag, order = found.ledger.bag, loaded.orders[found.ledger.bag.started.order_number]
        return BagRow(
            serial=found.serial,
            shown=shown_serial(found.serial),
            patient=order.patient.display_name,
            what=self._what(found),
            state=self._words(f"ui.bags.state.{bag.state.value}"),
            when=_when(found.ledger.due, order),
            answer=found.answer,
        )

    def _what(self, found: BagAnswer) -> str:
        if found.ledger is None:
            return ""
        started = found.ledger.bag.started
        values = {"bag": str(started.bag_number), "dose": started.dose.text, "hours": str(started.duration_h)}
        return self._words("ui.bags.what", **values)

    def _answer(self, found: BagAnswer, loaded: LoadedBags) -> AnswerView:
        ledger = found.ledger
        order = None if ledger is None else loaded.orders.get(ledger.bag.started.order_number)
        state = "" if ledger is None else self._words(f"ui.bags.state.{ledger.bag.state.value}")
        return AnswerView(
            serial=found.serial,
            shown=shown_serial(found.serial),
            patient="" if order is None else order.patient.display_name,
            what=self._what(found),
            state=state,
            answer=found.answer,
            word=self._words(f"ui.bags.answer.{found.answer.value}"),
            remarks=in_order(remark_of_finding(each, self._words) for each in found.findings),
            times=() if order is None else self._times(found, order),
            moves=() if ledger is None else self._moves(ledger.bag.state),
        )

    def _times(self, found: BagAnswer, order: Order) -> tuple[tuple[str, str], ...]:
        assert found.ledger is not None
        assert found.times is not None
        moments = {
            "hang-at": found.ledger.due,
            "start-by": found.times.start_by,
            "change-at": found.change_at,
            "expires": found.times.expires,
        }
        rows = [(name, _when(at, order)) for name, at in moments.items() if at is not None]
        if found.volume is not None:
            rows.append(("infuse", found.volume.text))
        return tuple((self._words(f"ui.bags.time.{name}"), value) for name, value in rows)

    def _moves(self, state: BagState) -> tuple[Move, ...]:
        """What the bag's state allows; making it void is for a pharmacist."""
        return tuple(
            Move(each, self._words(f"ui.bags.move.{each.value}"), each in WITH_REASON)
            for each in MOVES
            if state_after(state, each) is not None and (each is not BagMove.VOID or self._may_void)
        )


def may_void(desk: Desk) -> bool:
    """Whether whoever works here is trusted with ending a bag."""
    return desk.station.actor().may(Permission.VERIFY)


def _when(at: datetime, order: Order) -> str:
    return time_text(at.astimezone(ZoneInfo(order.time_zone)))
