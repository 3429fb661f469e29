"""The second view of the Record page at work: a lot is asked for, its bags come, and it is recalled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from ui.page import Noun, Page, PageContext, PageName, Subject, Way
from ui.record.asking import remarks_of
from ui.record.recall_part import RecallPart
from ui.record.recall_presenter import RecallPresenter
from ui.widgets.ask_reason import AskReason

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.workflow.recall import Recall


class Recalling:
    """`part` is what stands on the page; `shown` is called when that has changed.

    `dialog` is the one that asks for the reason, or was last.
    """

    def __init__(
        self, page: Page, context: PageContext, *, zone: ZoneInfo, shown: Callable[[], None]
    ) -> None:
        self._page = page
        self._shown = shown
        self._desk, self._gateway, self._words = context.desk, context.gateway, context.words
        self.presenter = RecallPresenter(self._words, zone=zone)
        self.part = RecallPart(self._words)
        self.dialog: AskReason | None = None
        self.part.asked.connect(self.ask)
        self.part.table.row_chosen.connect(self._choose)
        self.part.table.row_opened.connect(self._open)
        self.part.recall.button.clicked.connect(self._ask_reason)
        self.part.say("")

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self.part.lot.edit

    def ask_for(self, lot: str, code: str) -> None:
        """Ask for a lot that was not typed here."""
        self.part.lot.set_text(lot)
        self.ask(lot, code)

    def ask(self, lot: str, code: str) -> None:
        """Which bags hold this lot?"""
        self.part.say("")
        self.presenter.ask(lot, code)
        self.show()
        self.reload()

    def reload(self) -> None:
        """Ask again."""
        if self.presenter.lot:
            ask = partial(self._desk.record.recall, self.presenter.lot, self.presenter.code)
            self._gateway.ask(ask, done=self._take, refused=self._refuse, topic="recall", aside=True)

    def show(self) -> None:
        """Show what is known now."""
        self.part.show_view(self.presenter.view(self._desk.people.actor))
        self._shown()

    def _take(self, found: Recall) -> None:
        self.presenter.take(found)
        self.show()

    def _refuse(self, error: PharmacyError) -> None:
        self.presenter.refuse(error)
        self.show()

    def _choose(self, serial: str) -> None:
        self.presenter.choose(serial)
        self.show()

    def _open(self, serial: str) -> None:
        self.presenter.choose(serial)
        bag = self.presenter.chosen_bag()
        if bag is not None:
            subject = Subject(bag.owner.order_number, bag.bag.started.bag_number)
            self._page.followed.emit(Way(PageName.WORKSHEET, subject))

    def _ask_reason(self) -> None:
        lot = self.presenter.one_lot()
        if lot is None:
            return
        words = self._words
        dialog = self.dialog = AskReason(
            self._page.window(),
            words,
            title=words("ui.record.recall.title", lot=lot.lot.lot),
            text=words("ui.record.recall.text", product=lot.product.name),
            caption=words("ui.record.recall.reason"),
            button=words("ui.record.recall.button"),
        )
        dialog.given.connect(partial(self._set_recalled, lot.product.code, lot.lot.lot))
        dialog.open()

    def _set_recalled(self, code: str, lot: str, reason: str) -> None:
        dialog = self.dialog

        def done(serials: tuple[str, ...]) -> None:
            if dialog is not None:
                dialog.accept()
            self.part.say(self._words("ui.record.recall.done", lot=lot, bags=str(len(serials))))

        def refused(error: PharmacyError) -> None:
            if dialog is not None:
                dialog.show_remarks(remarks_of(error, self._words))

        act = partial(self._desk.record.set_recalled, code, lot, reason)
        self._gateway.change(act, nouns=frozenset({Noun.STOCK, Noun.BAG}), done=done, refused=refused)
