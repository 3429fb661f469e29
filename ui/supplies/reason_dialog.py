"""Asks for the reason of an act on a lot; for one out of the refrigerator or into it also for the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.remarks import Remark
from ui.supplies.cold import OUT, RETURN
from ui.supplies.view import SupplyRow
from ui.widgets.button import Button
from ui.widgets.dialog import BandedDialog
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList
from ui.widgets.focus import FocusRing
from ui.widgets.product_picture import ProductPicture, look_of
from ui.widgets.reading_order import go
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.words import Words

_WIDTH = 560


class ReasonDialog(BandedDialog):
    """`given` carries the reason as typed. The dialog stays until `accept` is called; Esc leaves it."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None, words: Words, *, act: str, row: SupplyRow) -> None:
        super().__init__(parent, words, title=words(f"ui.supplies.{act}.title", lot=row.lot))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.act_name = act
        self.row = row
        about = QHBoxLayout()
        about.setSpacing(theme.SPACES[2])
        about.addWidget(ProductPicture(48, look_of(row.product)), 0, Qt.AlignmentFlag.AlignTop)
        about.addWidget(Text(f"{row.product.name}\n{row.lot} · {row.expires}", bold=True, wrap=True), 1)
        self.column.addLayout(about)
        self.column.addWidget(Text(words(f"ui.supplies.{act}.text"), wrap=True))
        self.time: TextField | None = None
        if act in {OUT, RETURN}:
            self.time = TextField(
                words("ui.supplies.time-field"), words, suffix=words("ui.supplies.time-now")
            )
            self.column.addWidget(self.time)
        self.reason = TextField(words("ui.supplies.reason-field"), words)
        self.column.addWidget(self.reason)
        self._findings = FindingList(words)
        self.column.addWidget(self._findings)
        self.give = Button(words(f"ui.supplies.{act}.button"), filled=True)
        self.give.setDefault(True)
        self.give.clicked.connect(lambda: self.given.emit(self.reason.text))
        back = Button(words("ui.supplies.back"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACES[2])
        buttons.addStretch(1)
        buttons.addWidget(self.give)
        buttons.addWidget(back)
        self.column.addLayout(buttons)
        FocusRing(self)
        (self.time or self.reason).set_focus()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Why it was refused."""
        fields = {"reason": self.reason, **({} if self.time is None else {"time": self.time})}
        for name, field in fields.items():
            field.show_remarks([each for each in remarks if each.field == name])
        self._findings.show_remarks([each for each in remarks if each.field not in fields])
        self.adjustSize()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Every remark shown."""
        of_time = () if self.time is None else self.time.remarks
        return of_time + self.reason.remarks + self._findings.remarks

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)
