"""The Supplies page: lots and products in one table, receiving beside it, and what needs a person."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.product import Lot, lot_key
from ui import theme
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.scan_answer import AnswerKind, ScanAnswer, refused
from ui.supplies.acts import CHANGED, SuppliesActs
from ui.supplies.answers import look, receive, remarks_of
from ui.supplies.attention import AttentionCard
from ui.supplies.chosen import ChosenPart
from ui.supplies.cold import storage_of
from ui.supplies.presenter import CHANGE, SuppliesPresenter
from ui.supplies.receipt_draft import ReceiptDraft, after
from ui.supplies.receiving import ReceivingCard
from ui.supplies.table import SupplyTable
from ui.supplies.view import Shelf, SupplyRow
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedChoice
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.domain.scan import Scan
    from pharmacy_app.workflow.stock import StockView

SIDE_WIDTH = 310
RECEIVING_HEIGHT = 376


class SuppliesPage(Page):
    """Lots are received, kept apart and recalled here, and products kept by a pharmacist."""

    name: ClassVar[PageName] = PageName.SUPPLIES
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.STOCK, Noun.ORDER, Noun.BAG, Noun.FIGURES})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = SuppliesPresenter(self.words)
        self.draft = ReceiptDraft()
        self._subject = Subject()
        self._is_sought = False
        self.acts = SuppliesActs(self, context, say=self._say)
        self.table = SupplyTable(self.words, self.words("ui.supplies.name"))
        self.chosen = ChosenPart(self.words)
        self.receiving = ReceivingCard(self.words)
        self.attention = AttentionCard(self.words)
        self.shelves = SegmentedChoice(
            [(each.value, self.words(f"ui.supplies.shelf.{each.value}")) for each in Shelf], quiet=True
        )
        self.new_product = Button(self.words("ui.supplies.new-product"))
        self.codes = Button(self.words("ui.supplies.codes"))
        self.take_in = Button("")
        self.give_out = Button("")
        self._empty = Text(size=theme.BODY, role="muted", wrap=True)
        self._said = Text(size=theme.SMALL, role="muted", wrap=True)
        self._arrange()
        self._wire()
        self._show()
        self.reload()

    def _arrange(self) -> None:
        self.head.set_title(self.words("ui.supplies.name"))
        for button in (self.codes, self.new_product, self.take_in, self.give_out):
            self.head.add_act(button)
        self.codes.setVisible(self.desk.site.training)  # in its place: else it would be a window for a moment
        left = Card()
        left.column.setContentsMargins(1, 10, 1, 10)
        self.shelves.setFixedWidth(220)
        self.shelves.set_name(self.words("ui.supplies.show"))
        top = QHBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(self.shelves)
        top.addWidget(self._said, 1)
        left.column.addLayout(top)
        left.column.addWidget(self._empty)
        left.column.addWidget(self.table, 1)
        left.column.addWidget(self.chosen)
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        self.receiving.setMinimumHeight(RECEIVING_HEIGHT)
        column.addWidget(self.receiving, 1)
        column.addWidget(self.attention, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(left, 1)
        row.addWidget(side)
        self.body.addLayout(row, 1)

    def _wire(self) -> None:
        self.shelves.chosen.connect(lambda values: self._show_shelf(Shelf(values[0])))
        self.table.row_chosen.connect(self._choose)
        self.chosen.pressed.connect(self._press)
        self.new_product.clicked.connect(lambda: self.acts.open_product(None))
        self.codes.clicked.connect(self.acts.give_out_codes)
        self.take_in.clicked.connect(lambda: self.acts.take_in(self.presenter.shelf))
        self.give_out.clicked.connect(lambda: self.acts.give_out(self.presenter.shelf))
        self.receiving.code_given.connect(self._read_typed)
        self.receiving.edited.connect(self._edit)
        self.receiving.received.connect(self._receive)

    def show_subject(self, subject: Subject) -> None:
        """A lot that was looked for is chosen, once for each search, which brings a Subject of its own."""
        if subject is self._subject:
            return
        self._subject = subject
        if subject.lot:
            self.presenter.show_shelf(Shelf.LOTS)
            self.presenter.choose(lot_key(subject.code, subject.lot))
            self._said.say("")
            self._show()
            self._is_sought = True
            self._bring_into_view()

    def _bring_into_view(self) -> None:
        """The lot that was looked for, as soon as it stands in the table."""
        if self._is_sought and self.table.currentIndex().isValid():
            self._is_sought = False
            self.table.scrollTo(self.table.currentIndex())

    def reload(self) -> None:
        self.gateway.ask(partial(look, self.desk), done=self._take, topic="supplies page")

    def holds_unsaved(self) -> bool:
        return any(self.draft.texts.values())

    def first_focus(self) -> QWidget | None:
        return self.receiving.first_field()

    def scan_expected(self) -> str:
        if self.presenter.who_may(Permission.RECEIVE_STOCK):
            return super().scan_expected()
        lot = self.draft.texts["lot"]
        return self.words("ui.supplies.scan-next", lot=lot) if lot else self.words("ui.supplies.scan")

    def scanned(self, text: str) -> None:
        """A unit that arrived: the next of the lot that is being received, or the first of another."""
        if self.presenter.who_may(Permission.RECEIVE_STOCK):
            super().scanned(text)
            return
        self.gateway.ask(
            partial(self.desk.read_scan, text),
            done=lambda scan: self.scan_answered.emit(self._take_scan(scan)),
            refused=lambda error: self.scan_answered.emit(self._not_read(error)),
        )

    def _read_typed(self, text: str) -> None:
        self.gateway.ask(
            partial(self.desk.read_scan, text), done=self._take_typed, refused=self._typed_not_read
        )

    def _take_typed(self, scan: Scan) -> None:
        answer = self._take_scan(scan)
        if answer.kind is AnswerKind.REFUSED:
            self.receiving.say(answer.sentence)

    def _take_scan(self, scan: Scan) -> ScanAnswer:
        draft = after(self.draft, scan)
        if isinstance(draft, str):
            return refused(self.words(draft))
        if draft == self.draft:
            return self.presenter.answer_to(draft)
        self.draft = draft
        self.receiving.say("")
        self.receiving.show_remarks(())
        self._show_draft()
        self.scan_expectation_changed.emit()
        return self.presenter.answer_to(draft)

    def _typed_not_read(self, error: PharmacyError) -> None:
        self._not_read(error)

    def _not_read(self, error: PharmacyError) -> ScanAnswer:
        remarks = remarks_of(error, self.words)
        self.receiving.show_remarks([replace(each, field="code") for each in remarks])
        return refused(remarks[0].sentence)

    def _edit(self, name: str, text: str) -> None:
        self.draft = self.draft.typed(name, text)
        self.receiving.say("")

    def _receive(self) -> None:
        self.gateway.change(
            partial(receive, self.desk, dict(self.draft.texts)),
            nouns=CHANGED,
            done=self._received,
            refused=lambda error: self.receiving.show_remarks(remarks_of(error, self.words)),
        )

    def _received(self, received: tuple[Lot, int]) -> None:
        lot, units = received
        self.draft = ReceiptDraft()
        self.presenter.show_shelf(Shelf.LOTS)
        self.presenter.choose(lot.key)
        self.receiving.show_remarks(())
        self._show_draft()
        known = self.presenter.product(lot.code)
        done = self.words("ui.supplies.receive.done", units=str(units), lot=lot.lot)
        storage = storage_of(None if known is None else known.product, self.words)
        self.receiving.say(f"{done} {storage}".rstrip())
        self.receiving.fields["code"].set_focus()

    def _take(self, answer: tuple[StockView, Actor | None]) -> None:
        self.presenter.take(*answer)
        self._show()
        self._bring_into_view()

    def _show_shelf(self, shelf: Shelf) -> None:
        self.presenter.show_shelf(shelf)
        self._said.say("")
        self._show()

    def _choose(self, row: SupplyRow) -> None:
        self.presenter.choose(row.key)
        self._show()

    def _press(self, act: str) -> None:
        row = self.presenter.view().row
        if row is None:
            return
        if act == CHANGE:
            self.acts.open_product(self.desk.stock.texts_of(row.product))
        else:
            self.acts.open_reason(act, row)

    def _say(self, sentence: str) -> None:
        self._said.say(sentence)

    @property
    def said(self) -> str:
        """What became of the last act."""
        return self._said.text()

    def _show(self) -> None:
        view = self.presenter.view()
        self.head.set_facts(view.facts)
        self.shelves.set_values([view.shelf.value])
        self.table.show_rows(view.shelf, view.rows, view.chosen)
        self.table.setVisible(not view.empty)
        self._empty.say(view.empty)
        self._empty.setVisible(bool(view.empty))
        self.chosen.show_view(view)
        self.attention.show_lines(view.attention)
        self.take_in.setText(self.words(f"ui.supplies.import.{view.shelf.value}"))
        self.give_out.setText(self.words(f"ui.supplies.export.{view.shelf.value}"))
        self._forbid(self.new_product, Permission.KEEP_CATALOGUE)
        lots = view.shelf is Shelf.LOTS
        self._forbid(self.take_in, Permission.RECEIVE_STOCK if lots else Permission.KEEP_CATALOGUE)
        why = self.presenter.who_may(Permission.RECEIVE_STOCK)
        if why:
            self.receiving.explained.forbid(why)
        else:
            self.receiving.explained.allow()
        self._show_draft()
        self.scan_expectation_changed.emit()

    def _forbid(self, button: Button, permission: Permission) -> None:
        why = self.presenter.who_may(permission)
        button.setEnabled(not why)
        button.setToolTip(why)
        button.setAccessibleDescription(why)

    def _show_draft(self) -> None:
        code = self.draft.texts["code"]
        known = self.presenter.product(code)
        name = (
            ""
            if not code
            else self.words("ui.supplies.receive.unknown")
            if known is None
            else known.product.name
        )
        self.receiving.show_draft(self.draft, known.product if known is not None else None, name=name)
