"""The finding: a bar, a shape, a word, a sentence; rule and source behind a small button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_app.domain.finding import Severity
from ui import theme
from ui.icons import SEVERITY_ICONS, IconView, tone_of
from ui.remarks import Remark
from ui.widgets.button import LinkButton
from ui.widgets.text import LeadText, Text
from ui.words import Words

_BAR = 4


class FindingView(QWidget):
    """One remark. With `asks_reason`, a remark of severity *reason* has a field for it.

    `reason_typed(code, text)` says what a person wrote.
    """

    reason_typed = Signal(str, str)

    def __init__(self, remark: Remark, words: Words, *, asks_reason: bool = False, reason: str = "") -> None:
        super().__init__()
        self.remark = remark
        self._icon = SEVERITY_ICONS[remark.severity]
        self.setAccessibleName(f"{remark.lead} {remark.sentence}")
        self._column = QVBoxLayout()
        self._column.setSpacing(5)
        self._column.addWidget(LeadText(remark.lead, remark.sentence))
        if asks_reason and remark.severity is Severity.REASON:
            self._column.addWidget(self._reason_field(words, reason))
        if remark.rule:
            self._add_rule(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(_BAR + 8, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(IconView(self._icon, 17), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column, 1)

    def _reason_field(self, words: Words, reason: str) -> QLineEdit:
        field = QLineEdit(reason)
        field.setFont(theme.font(theme.TABLE))
        field.setFixedHeight(32)
        field.setPlaceholderText(words("ui.finding.pharmacist-reason"))
        field.setAccessibleName(f"{words('ui.finding.pharmacist-reason')}: {self.remark.sentence}")
        field.setObjectName(f"reason {self.remark.code}")
        field.textChanged.connect(lambda text: self.reason_typed.emit(self.remark.code, text))
        return field

    def _add_rule(self, words: Words) -> None:
        link = LinkButton(words("ui.finding.rule-and-source"), bold=False)
        text = Text(self.remark.rule, theme.SMALL, role="muted", wrap=True)
        text.hide()
        link.clicked.connect(lambda: text.setVisible(text.isHidden()))
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = tone_of(self._icon)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(tone.ground))
        painter.fillRect(QRectF(0, 0, _BAR, self.height()), theme.colour(tone.ink))
        painter.end()


class FindingList(QWidget):
    """Several remarks under each other, in the order given. Typed reasons survive `show_remarks`."""

    reason_typed = Signal(str, str)

    def __init__(self, words: Words, *, asks_reasons: bool = False) -> None:
        super().__init__()
        self._words = words
        self.asks_reasons = asks_reasons
        self._shown: tuple[Remark, ...] = ()
        self._reasons: dict[str, str] = {}
        self._views: list[FindingView] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is shown."""
        return self._shown

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these and nothing else; what has not changed is not touched, nor is its cursor."""
        if tuple(remarks) == self._shown:
            return
        self._shown = tuple(remarks)
        former, self._views = self._views, []
        for at, remark in enumerate(remarks):
            view = next((each for each in former if each.remark == remark), None) or self._make(remark)
            self._views.append(view)
            self._column.insertWidget(at, view)
        for view in former:
            if view not in self._views:
                view.hide()
                view.setParent(None)
                view.deleteLater()
        self.setVisible(bool(remarks))

    def focus_reason(self) -> bool:
        """Bring the keyboard to the first reason asked for here; whether there is one."""
        fields = self.findChildren(QLineEdit)
        empty = next((each for each in fields if not each.text()), None) or next(iter(fields), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
        return empty is not None

    def _make(self, remark: Remark) -> FindingView:
        reason = self._reasons.get(remark.code, "")
        view = FindingView(remark, self._words, asks_reason=self.asks_reasons, reason=reason)
        view.reason_typed.connect(self._keep_reason)
        return view

    def _keep_reason(self, code: str, text: str) -> None:
        self._reasons[code] = text
        self.reason_typed.emit(code, text)
