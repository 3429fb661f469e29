"""The dialog in which a second person says, with name or badge and secret, that something may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.person.remarks import refusals
from ui.person.sign_in_form import SignInForm
from ui.scan_answer import accepted
from ui.widgets.button import Button
from ui.widgets.dialog import BandedDialog
from ui.widgets.focus import FocusRing
from ui.widgets.reading_order import go
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from ui.remarks import Remark
    from ui.words import Words

_WIDTH = 520


class SecondPersonDialog(BandedDialog):
    """`given` carries Credentials, for a command that takes them. Show it by `open`.

    The dialog stays until the command has answered: then `accept`, or `refuse` with what it raised, and the
    second person types again. After station trouble `wait_no_more`. Esc leaves without doing anything.
    `purpose` is a whole sentence: what the second person stands for. `title` and `text` stand in place of
    the usual ones where the act may be signed by whoever works here too.
    """

    given = Signal(object)  # Credentials
    scan_answered = Signal(object)  # ScanAnswer
    scan_expectation_changed = Signal()

    def __init__(
        self, parent: QWidget | None, words: Words, *, purpose: str, title: str = "", text: str = ""
    ) -> None:
        super().__init__(parent, words, title=title or words("ui.second-person.title"))
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.column.addWidget(Text(purpose, bold=True, wrap=True))
        self.column.addWidget(Text(text or words("ui.second-person.text"), wrap=True))
        self.form = SignInForm(words, button=words("ui.second-person.sign"))
        self.form.entered.connect(self._give)
        self.column.addWidget(self.form)
        back = Button(words("ui.second-person.back"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        self.form.enter.button.setAutoDefault(False)  # Enter is the fields' own: from the name to the secret
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(back)
        self.column.addLayout(row)
        FocusRing(self)
        self.form.set_focus()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was refused."""
        return self.form.remarks

    def refuse(self, error: PharmacyError) -> None:
        """The command was refused: say why, and wait for the secret again."""
        self.wait_no_more()
        self.form.refuse(refusals(error, self._words))
        self.adjustSize()

    def wait_no_more(self) -> None:
        """Nothing is under way any more; what was typed is still there."""
        self.form.wait(waiting=False)

    def scan_expected(self) -> str:
        """What a scan will do now."""
        return self._words("ui.sign-in.scan")

    def scanned(self, text: str) -> None:
        """A badge in place of the name. It signs nothing: the secret is still asked for."""
        self.form.take_name(text)
        self.scan_answered.emit(accepted(self._words("ui.sign-in.badge")))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)

    def _give(self, credentials: object) -> None:
        self.form.wait(waiting=True)
        self.given.emit(credentials)
