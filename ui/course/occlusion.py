"""The occlusion card: what to do, step by step, and a clock from the disconnection."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pharmacy_app.domain.errors import InputRefused
from ui import theme
from ui.course.moment import TypedMoment, read_moment, twice, typed_now
from ui.course.occlusion_view import LoadedOcclusion, clock_of, load_occlusion, steps_of
from ui.icons import Icon, IconView
from ui.remarks import remark_of_refusal
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import ChoiceField, TextField
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.page import PageContext

_SIDE_WIDTH = 460
_TICK_MS = 5_000


class OcclusionPanel(QWidget):
    """Steps and clock of one order. `stop_wanted` carries the disconnection, an aware time.

    Once the stop is on file the clock runs from there.
    """

    stop_wanted = Signal(object)  # datetime

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._desk, self._gateway, self._words = context.desk, context.gateway, context.words
        words = self._words
        self._order, self._zone = "", ZoneInfo("UTC")
        self._loaded: LoadedOcclusion | None = None
        self._since: datetime | None = None
        self.day = TextField(words("ui.occlusion.day"), words, example="2026-11-23")
        self.time = TextField(words("ui.occlusion.time"), words, example="14:00")
        twice_options = [(each, words(f"ui.occlusion.which.{each}")) for each in ("first", "second")]
        self.which = ChoiceField(words("ui.occlusion.which.name"), twice_options, words)
        self.now = Button(words("ui.occlusion.now"))
        self.record = Button(words("ui.occlusion.record"), filled=True)
        self.left = Text(size=theme.STOP, bold=True)
        self.icon = IconView(Icon.CLOCK, 26)
        self.sentence = Text(size=theme.BODY, wrap=True)
        self.steps: list[Text] = []
        self._grid = QGridLayout()
        self._tick = QTimer(self, interval=_TICK_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(self._steps_card(), 1)
        row.addWidget(self._clock_card())
        self._wire()

    def _steps_card(self) -> Card:
        card = Card(self._words("ui.occlusion.title"))
        part = ScrollPart(edge=0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        part.column.addLayout(self._grid)
        part.column.addStretch(1)
        card.column.addWidget(part, 1)
        card.column.addWidget(Text(self._words("ui.occlusion.source"), theme.SMALL, role="muted", wrap=True))
        return card

    def _clock_card(self) -> Card:
        card = Card(self._words("ui.occlusion.clock"))
        card.setFixedWidth(_SIDE_WIDTH)
        shown = QHBoxLayout()
        shown.setSpacing(12)
        shown.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        shown.addWidget(self.left, 1)
        card.column.addLayout(shown)
        card.column.addWidget(self.sentence)
        typed = QHBoxLayout()
        typed.addWidget(self.day, 3)
        typed.addWidget(self.time, 2)
        card.column.addLayout(typed)
        card.column.addWidget(self.which)
        acts = QHBoxLayout()
        acts.addWidget(self.now)
        acts.addWidget(self.record, 1)
        card.column.addLayout(acts)
        card.column.addStretch(1)
        return card

    def _wire(self) -> None:
        self.now.clicked.connect(self._set_now)
        for field in (self.day, self.time, self.which):
            field.typed.connect(self._typed)
        self.record.clicked.connect(self._record)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()
        self.which.hide()

    def show_order(self, order_number: str, zone: ZoneInfo) -> None:
        """Be about the infusion of this order; a time that was typed for another one is gone."""
        if order_number != self._order:
            self._fill(TypedMoment())
            self._since = None
        self._order, self._zone = order_number, zone
        self.reload()

    def reload(self) -> None:
        """Show what is on file now."""
        if self._order:
            question = partial(load_occlusion, self._desk, self._order)
            self._gateway.ask(question, done=self._take, topic="occlusion")

    @property
    def typed(self) -> TypedMoment:
        """The disconnection as typed."""
        return TypedMoment(self.day.text, self.time.text, self.which.choice.value)

    def _take(self, loaded: LoadedOcclusion) -> None:
        self._loaded = loaded
        sentences = steps_of(loaded, self._words)
        if not self.steps:
            for at, _sentence in enumerate(sentences):
                number = Text(str(at + 1), theme.RESULT, bold=True, role="action")
                self.steps.append(Text(size=theme.BODY, wrap=True))
                self._grid.addWidget(number, at, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(self.steps[at], at, 1)
        for text, sentence in zip(self.steps, sentences, strict=True):
            text.say(sentence)
        for widget in (self.day, self.time, self.now, self.record):
            widget.setVisible(loaded.stopped_at is None)
        self._show_clock()

    def _set_now(self) -> None:
        self._fill(typed_now(self._desk.now(), self._zone))
        self._typed()

    def _fill(self, typed: TypedMoment) -> None:
        self.day.set_text(typed.day)
        self.time.set_text(typed.time)
        self.which.choice.set_values(() if typed.which is None else (typed.which,))
        self.time.show_remarks(())

    def _typed(self) -> None:
        self.which.setVisible(bool(twice(self.typed, self._zone)))
        self.time.show_remarks(())
        try:
            self._since = read_moment(self.typed, field="when", zone=self._zone)
        except InputRefused:
            self._since = None
        self._show_clock()

    def _show_clock(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        since = self._since if loaded.stopped_at is None else loaded.stopped_at
        view = clock_of(since, loaded, self._zone, self._words, now=self._desk.now())
        self.left.say(view.left)
        self.icon.show_icon(view.icon)
        self.sentence.say(view.sentence)

    def _record(self) -> None:
        try:
            since = read_moment(self.typed, field="when", zone=self._zone)
        except InputRefused:
            refusal = InputRefused("when", self.typed.text, "ui.occlusion.expected")
            self.time.show_remarks([remark_of_refusal(refusal, self._words)])
            return
        self.stop_wanted.emit(since)
