"""One figure on the page: its name and source, the program's value or its cover, the field, the verdict."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.figures.figure_input import input_for
from ui.figures.view import FigureRow
from ui.icons import Icon
from ui.widgets.finding import FindingList
from ui.widgets.tag import Tag
from ui.widgets.text import Rule, Text
from ui.words import Words

PROGRAM_WIDTH = 148
INPUT_WIDTH = 296
VERDICT_WIDTH = 94
COLUMN_GAP = 14


class CoveredValue(QWidget):
    """The program's value, or a hatched cover with the word."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._covered = words("ui.figures.covered")
        self._value: str | None = None
        self._text = Text(size=theme.BODY, bold=True, wrap=True)
        self.setFixedWidth(PROGRAM_WIDTH)
        self.setMinimumHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        self.show_value(None)

    @property
    def value(self) -> str | None:
        """What is shown; None: covered."""
        return self._value

    def show_value(self, value: str | None) -> None:
        """Show the value, or cover it."""
        self._value = value
        self._text.say(value or "")
        self._text.setVisible(value is not None)
        self.setAccessibleName(self._covered if value is None else value)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(PROGRAM_WIDTH, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._value is not None:
            return
        scheme = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, (self.height() - 30) / 2 + 0.5, self.width() - 1, 29)
        painter.setPen(theme.colour(scheme.line))
        painter.setBrush(theme.colour(scheme.sunken))
        painter.drawRoundedRect(box, theme.RADIUS_TAG, theme.RADIUS_TAG)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.colour(scheme.line), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, theme.RADIUS_TAG, theme.RADIUS_TAG)
        face = theme.font(theme.SMALL)
        painter.setFont(face)
        width = painter.fontMetrics().horizontalAdvance(self._covered) + 16
        word = QRectF((self.width() - width) / 2, box.y() + 4, width, 21)
        painter.setBrush(theme.colour(scheme.sunken))
        painter.drawRect(word)
        painter.setPen(theme.colour(scheme.muted))
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self._covered)
        painter.end()


class FigureRowView(QWidget):
    """`given(name, text)` says that a person has finished with the value of this figure."""

    given = Signal(str, str)

    def __init__(self, row: FigureRow, words: Words) -> None:
        super().__init__()
        self.figure_row = row
        self._words = words
        self.input = input_for(row, words)
        self.input.setFixedWidth(INPUT_WIDTH)
        self.input.given.connect(lambda text: self.given.emit(self.figure_row.name, text))
        self.program = CoveredValue(words)
        self.verdict = Tag(Icon.DONE, "")
        self.findings = FindingList(words)
        self._note = Text(size=theme.SMALL, role="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 5, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._line(row))
        column.addWidget(self._note)
        column.addWidget(self.findings)
        column.addWidget(Rule())

    def _line(self, row: FigureRow) -> QHBoxLayout:
        place = QWidget()
        place.setFixedWidth(VERDICT_WIDTH)
        around = QHBoxLayout(place)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setSpacing(COLUMN_GAP)
        line.addWidget(Text(row.caption, theme.TABLE, bold=True, wrap=True), 1)
        line.addWidget(self.program)
        line.addWidget(self.input)
        line.addWidget(place)
        return line

    def show_row(self, row: FigureRow, *, may_type: bool) -> None:
        """Show the row as it is now; what a person is just typing is left alone."""
        self.figure_row = row
        self._note.say(row.note)
        self._note.setVisible(bool(row.note))
        self.program.show_value(row.program)
        self.input.show_text(row.text)
        self.input.lock(locked=not may_type)
        self.input.mark("stop" if row.remarks else "")
        self.input.focus_target().setAccessibleDescription(
            " ".join([row.verdict, *(each.sentence for each in row.remarks)]).strip()
        )
        self.verdict.setVisible(bool(row.verdict))
        if row.verdict:
            self.verdict.say(Icon(row.tone), row.verdict)
        self.findings.show_remarks(row.remarks)
