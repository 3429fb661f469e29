"""The middle of the bench: one step, one thing to do, the volume large enough to be read at 1.5 m."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.bench.marks import MarkedBox, mark_view
from ui.bench.view import StepView, UnitCard
from ui.bench.volumes import VolumeEntries
from ui.icons import Icon, IconView
from ui.remarks import Remark
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedChoice
from ui.widgets.finding import FindingList
from ui.widgets.text import Text
from ui.words import Words

_IN_A_ROW = 4
_FLAT_IN_A_ROW = 2
_CARD_HEIGHT, _FLAT_HEIGHT = 92, 56
FILLS = ("pumped-into-empty-bag", "bag-of-known-fill")


class StepCard(Card):
    """`recorded` says that volumes were entered, `looked` that the button was pressed."""

    recorded = Signal()
    looked = Signal()
    tag_wanted = Signal()
    vial_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._step: StepView | None = None
        self.column.setContentsMargins(26, 10, 26, 12)
        self._resumed = Text(size=theme.TABLE, role="action", wrap=True)
        self._count = Text(size=theme.TITLE, role="muted")
        self._name = Text(size=theme.RESULT, bold=True, wrap=True)
        self._number = Text(size=theme.BENCH_NUMBER, bold=True)
        self._unit = Text("mL", theme.BENCH_UNIT, bold=True)
        self._hints = Text(size=theme.BODY)
        self._cards = QGridLayout()
        self._cards.setSpacing(10)
        self._fill_caption = Text(words("ui.bench.how-filled"), theme.BODY, bold=True)
        self.fill = SegmentedChoice([(each, words(f"ui.bench.fill.{each}")) for each in FILLS])
        self.fill.set_name(words("ui.bench.how-filled"))
        self._caption = Text(words("ui.bench.read"), theme.BODY, bold=True)
        self.volumes = VolumeEntries(words)
        self._later = Text(size=theme.TITLE, role="muted")
        self.record = _large(words("ui.bench.next-step"), filled=True)
        self.look = _large("", filled=True)
        self.tag = _large(words("ui.bench.print-the-tag"), filled=False)
        self.vial = Button(words("ui.bench.one-more-vial"))
        self.findings = FindingList(words)
        self._sentence = Text(size=theme.TITLE, wrap=True)
        self._arrange()
        self.record.clicked.connect(self.recorded)
        self.volumes.entered.connect(self.recorded)
        self.look.clicked.connect(self.looked)
        self.tag.clicked.connect(self.tag_wanted)
        self.vial.clicked.connect(self.vial_wanted)

    def _arrange(self) -> None:
        for widget in (self._resumed, self._count, self._name):
            self.column.addWidget(widget)
        large = QHBoxLayout()
        large.setSpacing(14)
        large.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBaseline)
        large.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBaseline)
        large.addStretch(1)
        self.column.addLayout(large)
        self.column.addLayout(self._cards)
        self.column.addStretch(1)
        self.column.addWidget(self._fill_caption)
        self.column.addWidget(self.fill)
        caption = QHBoxLayout()
        caption.setSpacing(12)
        caption.addWidget(self._caption)
        caption.addWidget(self._hints, 1)
        self.column.addLayout(caption)
        self.column.addWidget(self._later)
        entries = QHBoxLayout()
        entries.addWidget(self.volumes, 1)
        buttons = QVBoxLayout()
        for button in (self.vial, self.record):
            buttons.addWidget(button)
        entries.addLayout(buttons)
        self.column.addLayout(entries)
        self.column.addWidget(self.findings)
        note = QHBoxLayout()
        note.addWidget(IconView(Icon.NOTE, 18), 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self._sentence, 1)
        self.column.addLayout(note)
        for button in (self.tag, self.look):
            self.column.addWidget(button)

    @property
    def how_filled(self) -> str:
        """How the bag was filled, as chosen; empty: not chosen, or not asked."""
        values = self.fill.values
        return values[0] if values and self._step is not None and self._step.asks_fill else ""

    def show_step(self, step: StepView, resumed: str) -> None:
        """Show this step."""
        if self._step is None or self._step.name != step.name:
            self.fill.set_values([])
            self.volumes.offer(step.instruments, step.all_instruments)
            self.volumes.clear()
        self._step = step
        self._resumed.say(resumed)
        self._resumed.setVisible(bool(resumed))
        self._count.say(step.count)
        self._name.say(step.name)
        self._number.say(step.volume)
        self._hints.say(" + ".join(step.hints))
        for widget in (self._number, self._unit, self._hints):
            widget.setVisible(bool(step.volume))
        self._show_cards(step.cards, flat=bool(step.volume))
        types = step.asks_volume and not step.opens_later
        for asked in (self._fill_caption, self.fill):
            asked.setVisible(step.asks_fill)
        self._later.say(step.opens_later)
        self._later.setVisible(bool(step.opens_later))
        self._caption.setVisible(step.asks_volume)
        for shown in (self.volumes, self.record):
            shown.setVisible(types)
        self.volumes.offer(step.instruments, step.all_instruments)
        self.vial.setVisible(step.may_add_vial)
        self._sentence.say(step.sentence)
        self.look.setText(step.look)
        self.look.setVisible(bool(step.look))
        self.tag.setVisible(step.asks_tag)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """What was refused about what was typed."""
        self.findings.show_remarks(remarks)

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts."""
        if self._step is None:
            return None
        if self._step.look:
            return self.look
        if self._step.asks_fill and not self.how_filled:
            return self.fill.focus_target()
        if self._step.asks_volume and not self._step.opens_later:
            return self.volumes.edits[0]
        return self.tag if self._step.asks_tag else None

    def _show_cards(self, cards: Sequence[UnitCard], *, flat: bool) -> None:
        """Flat ones, two in a row, leave room for the large number."""
        while self._cards.count():
            item = self._cards.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        columns = _FLAT_IN_A_ROW if flat else _IN_A_ROW
        for at, card in enumerate(cards):
            self._cards.addWidget(_card(card, flat=flat), at // columns, at % columns)
        for column in range(_IN_A_ROW):
            self._cards.setColumnStretch(column, 1 if column < columns else 0)


def _large(text: str, *, filled: bool) -> Button:
    button = Button(text, filled=filled)
    button.setFont(theme.font(theme.TITLE, bold=True))
    button.setFixedHeight(theme.BENCH_BUTTON_HEIGHT)
    return button


def _card(card: UnitCard, *, flat: bool) -> MarkedBox:
    box = MarkedBox(card.mark)
    box.setFixedHeight(_FLAT_HEIGHT if flat else _CARD_HEIGHT)
    box.setAccessibleName(f"{card.name}: {card.detail}")
    head = QHBoxLayout()
    head.addWidget(mark_view(card.mark, 18))
    head.addWidget(Text(card.name, theme.BODY if flat else theme.TITLE, bold=True), 1)
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 5 if flat else 8, 8, 5 if flat else 8)
    column.setSpacing(0 if flat else 2)
    column.addLayout(head)
    detail = card.detail.replace("\n", " · ") if flat else card.detail
    column.addWidget(Text(detail, theme.SMALL))
    return box
