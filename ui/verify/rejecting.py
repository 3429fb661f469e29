"""Rejecting a bag: a reason first, in a dialog that stays until the command has answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.preparation_scan import shown_serial
from ui.remarks import remark_of_finding
from ui.widgets.ask_reason import AskReason

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from ui.page import PageContext


class Rejecting:
    """`change` runs a command of the page; `dialog` is the open one, if any."""

    def __init__(self, owner: QWidget, context: PageContext, *, change: Callable[..., None]) -> None:
        self._owner = owner
        self._desk = context.desk
        self._words = context.words
        self._change = change
        self.dialog: AskReason | None = None

    def ask(self, serial: str, done: Callable[[Bag], None]) -> None:
        """Ask for the reason, then reject the bag of this serial."""
        dialog = AskReason(
            self._owner,
            self._words,
            title=self._words("ui.verify.reject-title"),
            text=self._words("ui.verify.reject-text", serial=shown_serial(serial)),
            caption=self._words("ui.verify.reject-reason"),
            button=self._words("ui.verify.reject"),
        )

        def said_no(error: PharmacyError) -> None:
            if isinstance(error, RulesRefused):
                dialog.show_remarks([remark_of_finding(each, self._words) for each in error.findings])

        def rejected(bag: Bag) -> None:
            dialog.accept()
            done(bag)

        def give(reason: str) -> None:
            act = partial(self._desk.verification.reject, serial, reason)
            self._change(act, done=rejected, refused=said_no)

        dialog.given.connect(give)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None
