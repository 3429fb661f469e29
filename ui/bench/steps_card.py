"""The steps at the left, each with its shape, its name and what was recorded for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.bench.marks import ICONS, mark_view
from ui.bench.view import Mark, StepRow
from ui.icons import Icon, IconView
from ui.widgets.card import Card
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Rule, Text


class StepsCard(Card):
    """A list that scrolls to the step that waits."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(264)
        self.column.setContentsMargins(1, 6, 1, 6)
        self._part = ScrollPart(edge=0)
        self._part.column.setSpacing(0)
        self.column.addWidget(self._part, 1)
        self.vials = Text(size=theme.SMALL, wrap=True)
        self.vials_icon = IconView(Icon.REASON, 18)
        self.vials_icon.hide()
        below = QHBoxLayout()
        below.setContentsMargins(14, 4, 12, 4)
        below.addWidget(self.vials_icon)
        below.addWidget(self.vials, 1)
        self.column.addLayout(below)
        self.acts = QVBoxLayout()
        self.acts.setContentsMargins(14, 0, 12, 4)
        self.acts.setSpacing(2)
        self.column.addLayout(self.acts)
        self._rows: list[QWidget] = []
        self._shown: tuple[StepRow, ...] = ()

    def show_steps(self, steps: Sequence[StepRow]) -> None:
        """Show these steps and no others."""
        if tuple(steps) == self._shown:
            return
        self._shown = tuple(steps)
        for row in self._rows:
            self._part.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(number, step) for number, step in enumerate(steps, start=1)]
        for at, row in enumerate(self._rows):
            self._part.column.insertWidget(at, row)
        now = next((row for row, step in zip(self._rows, steps, strict=True) if step.mark is Mark.NOW), None)
        if now is not None:
            self._part.ensureWidgetVisible(now, 0, 60)

    def show_vials(self, sentence: str, mark: Mark) -> None:
        """Until when the reconstituted vials may be used; a mark other than `TO_DO` has its shape."""
        self.vials.say(sentence)
        self.vials_icon.show_icon(ICONS[mark])
        self.vials_icon.setVisible(mark is not Mark.TO_DO)


class _Row(QWidget):
    def __init__(self, number: int, step: StepRow) -> None:
        super().__init__()
        self._is_now = step.mark is Mark.NOW
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(mark_view(step.mark, 20), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        bold = step.mark is not Mark.TO_DO
        texts.addWidget(Text(f"{number} {step.name}", theme.BODY, bold=bold, wrap=True))
        if step.detail:
            texts.addWidget(Text(step.detail, theme.SMALL, role="muted", wrap=True))
        row.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Rule())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_now:
            scheme = theme.colours()
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme.colour(scheme.note.ground))
            painter.fillRect(QRectF(0, 0, 6, self.height()), theme.colour(scheme.action))
            painter.end()
        super().paintEvent(event)
