"""Decides what the Supplies page shows and what may be done. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.person import Actor, Permission, not_permitted
from pharmacy_app.domain.product import LotMove, LotState, ProductKind
from pharmacy_app.domain.shelf import usable_of
from ui.remarks import Remark, remark_of_finding
from ui.scan_answer import ScanAnswer, accepted, stopped
from ui.supplies.cold import OUT, RETURN, act_of, kept_of, short_of
from ui.supplies.view import Act, Shelf, State, SuppliesView, SupplyRow

if TYPE_CHECKING:
    from pharmacy_app.domain.shelf import ShelfLot
    from pharmacy_app.workflow.stock import KnownProduct, StockView
    from ui.supplies.receipt_draft import ReceiptDraft
    from ui.words import Words

LOT_ACTS = QUARANTINE, RELEASE, RECALL = tuple(move.value for move in LotMove)
CHANGE = "change"
_SHOWN_DAYS = 90  # what expires later is no matter of days
_KINDS = {kind: place for place, kind in enumerate(ProductKind)}
_NEEDS = {
    OUT: Permission.RECEIVE_STOCK,
    RETURN: Permission.RECEIVE_STOCK,
    QUARANTINE: Permission.QUARANTINE,
    RELEASE: Permission.RECALL,
    RECALL: Permission.RECALL,
    CHANGE: Permission.KEEP_CATALOGUE,
}


class SuppliesPresenter:
    """Which shelf is shown, which row is chosen; what is on file comes by `take`."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._stock: StockView | None = None
        self._actor: Actor | None = None
        self._chosen = ""
        self.shelf = Shelf.LOTS

    @property
    def stock(self) -> StockView | None:
        """What is on file; None until it was read."""
        return self._stock

    def take(self, stock: StockView, actor: Actor | None) -> None:
        """Show what is on file now, to whoever works here."""
        self._stock = stock
        self._actor = actor

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the lots or the products; nothing is chosen then."""
        self.shelf = shelf
        self._chosen = ""

    def choose(self, key: str) -> None:
        """A person went to this row."""
        self._chosen = key

    def product(self, code: str) -> KnownProduct | None:
        """The product of the catalogue with this code."""
        known = self._stock.products if self._stock is not None else ()
        return next((each for each in known if each.product.code == code), None)

    def answer_to(self, draft: ReceiptDraft) -> ScanAnswer:
        """What a scan or a typed code came to."""
        texts, known = draft.texts, self.product(draft.texts["code"])
        if known is None:
            return stopped(self._words("lot.product-unknown", given=texts["code"]))
        name = known.product.name
        if not texts["lot"]:
            return accepted(self._words("ui.supplies.scanned", product=name))
        units = texts["quantity"]
        return accepted(self._words("ui.supplies.scanned-unit", product=name, lot=texts["lot"], units=units))

    def view(self) -> SuppliesView:
        """The page as it stands."""
        rows = self._rows()
        chosen = next((at for at, row in enumerate(rows) if row.key == self._chosen), None)
        lot = self._lot(rows[chosen].key) if chosen is not None else None
        known = self.product(rows[chosen].product.code) if chosen is not None else None
        return SuppliesView(
            shelf=self.shelf,
            rows=rows,
            chosen=chosen,
            facts=self._facts(),
            about=self._about(lot, known),
            kept=self._kept(lot),
            remarks=self._remarks(known),
            acts=tuple(
                Act(name, self._why_not(name, lot, known), self._is_offered(name, lot)) for name in _NEEDS
            ),
            attention=self._attention(),
            empty="" if rows or self._stock is None else self._words(f"ui.supplies.empty.{self.shelf.value}"),
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        if self._stock is None:
            return ()
        counts = (("products", len(self._stock.products)), ("lots", len(self._stock.shelf)))
        return tuple((self._words(f"ui.supplies.fact.{name}"), str(count)) for name, count in counts)

    def _rows(self) -> tuple[SupplyRow, ...]:
        if self._stock is None:
            return ()
        if self.shelf is Shelf.PRODUCTS:
            known = sorted(self._stock.products, key=lambda each: _KINDS[each.product.kind])
            return tuple(self._product_row(each) for each in known)
        lots = sorted(self._stock.shelf, key=lambda each: _KINDS[each.product.kind])
        return tuple(self._lot_row(each, self._stock.today) for each in lots)

    def _lot_row(self, each: ShelfLot, today: date) -> SupplyRow:
        return SupplyRow(
            key=each.lot.key,
            product=each.product,
            kind=self._words(f"ui.supplies.kind.{each.product.kind.value}"),
            lot=each.lot.lot,
            expires=date_text(each.lot.expires_on),
            when=self._when((each.lot.expires_on - today).days),
            on_hand=str(each.on_hand),
            state=self._state(*self._state_of(each)),
            detail=short_of(each.outside, self._words),
        )

    def _product_row(self, known: KnownProduct) -> SupplyRow:
        on_shelf = [each for each in self._lots() if each.product.code == known.product.code]
        return SupplyRow(
            key=known.product.code,
            product=known.product,
            kind=self._words(f"ui.supplies.kind.{known.product.kind.value}"),
            lot="",
            expires=known.product.code,
            when=known.product.manufacturer,
            on_hand=str(sum(each.on_hand for each in on_shelf)),
            state=self._state("stop", "not-for-use") if known.findings else self._state("done", "for-use"),
        )

    def _state_of(self, each: ShelfLot) -> tuple[str, str]:
        """Icon and name of a lot's state, the worst first."""
        if each.lot.state is LotState.RECALLED:
            return "stop", "recalled"
        if each.expired:
            return "stop", "expired"
        if each.findings:
            return "stop", "not-for-use"
        if each.outside is not None and each.outside.is_over:
            return "stop", "outside-no-limit" if each.outside.limit is None else "outside-over"
        if each.lot.state is LotState.QUARANTINED:
            return "unknown", "quarantined"
        if each.on_hand <= 0:
            return ("note", "used-up") if each.on_hand == 0 else ("stop", "count-wrong")
        if each.outside is not None and each.outside.since is not None:
            return "reason", "outside"
        if self._is_taken_first(each):
            return "now", "use-first"
        if self._stock is not None and each in self._stock.expiring:
            return "reason", "expires-soon"
        return "done", "for-use"

    def _is_taken_first(self, each: ShelfLot) -> bool:
        """Whether there are other lots of the product that can be used too, and this one expires first."""
        alike = usable_of(
            (other for other in self._lots() if other.product == each.product), each.product.kind
        )
        return len(alike) > 1 and alike[0] == each

    def _state(self, icon: str, name: str) -> State:
        return State(icon, self._words(f"ui.supplies.state.{name}"))

    def _when(self, days: int) -> str:
        if days < 0:
            return ""
        code = {0: "today", 1: "tomorrow"}.get(days, "in-days")
        values = {"days": str(days)} if code == "in-days" else {}
        return self._words(f"ui.supplies.when.{code}", **values) if days <= _SHOWN_DAYS else ""

    def _about(self, lot: ShelfLot | None, known: KnownProduct | None) -> str:
        if known is None:
            return self._words("ui.supplies.choose")
        if lot is None:
            return ""
        parts = [
            self._words("ui.supplies.received", units=str(lot.lot.quantity), used=str(lot.used)),
            self._words("ui.supplies.reason", reason=lot.lot.reason) if lot.lot.reason else "",
        ]
        return " ".join(part for part in parts if part)

    def _kept(self, lot: ShelfLot | None) -> str:
        return "" if lot is None or self._stock is None else kept_of(lot, self._stock.zone, self._words)

    def _is_offered(self, name: str, lot: ShelfLot | None) -> bool:
        """A lot of the kit is either taken out or put back; no other lot is."""
        return name not in {OUT, RETURN} or (lot is not None and act_of(lot) == name)

    def _remarks(self, known: KnownProduct | None) -> tuple[Remark, ...]:
        found = known.findings if known is not None else ()
        return tuple(remark_of_finding(each, self._words) for each in found)

    def _why_not(self, name: str, lot: ShelfLot | None, known: KnownProduct | None) -> str:
        if forbidden := self.who_may(_NEEDS[name]):
            return forbidden
        if known is None:
            return self._words(f"ui.supplies.choose-{self.shelf.value}")
        if name in LOT_ACTS and lot is not None:
            return self._not_now(name, lot.lot.state)
        return ""

    def _not_now(self, name: str, state: LotState) -> str:
        if state is LotState.RECALLED:
            return self._words("ui.supplies.recalled-stays")
        if (name == RELEASE) is (state is LotState.QUARANTINED) or name == RECALL:
            return ""
        return self._words(
            "ui.supplies.in-quarantine" if name == QUARANTINE else "ui.supplies.not-in-quarantine"
        )

    def who_may(self, permission: Permission) -> str:
        """Why the person here may not do it, and who may; empty: the person may."""
        if self._actor is None:
            return self._words("person.nobody-signed-in")
        return " ".join(self._words.finding(each) for each in not_permitted(self._actor, permission))

    def _attention(self) -> tuple[State, ...]:
        if self._stock is None:
            return ()
        lines = [
            State(
                "stop" if each.left == 0 else "reason",
                self._words(
                    "ui.supplies.none-left" if each.left == 0 else "ui.supplies.few-left",
                    kind=self._words(f"ui.supplies.kind.{each.kind.value}"),
                    left=str(each.left),
                ),
            )
            for each in self._stock.running_out
        ]
        lines += [State("reason", self._expiring(each)) for each in self._stock.expiring]
        return tuple(lines) or (State("done", self._words("ui.supplies.nothing-soon")),)

    def _expiring(self, each: ShelfLot) -> str:
        values = {
            "product": each.product.name,
            "lot": each.lot.lot,
            "expires": date_text(each.lot.expires_on),
            "units": str(each.on_hand),
        }
        return self._words("ui.supplies.expiring", **values)

    def _lots(self) -> Iterable[ShelfLot]:
        return self._stock.shelf if self._stock is not None else ()

    def _lot(self, key: str) -> ShelfLot | None:
        return next((each for each in self._lots() if each.lot.key == key), None)
