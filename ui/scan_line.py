"""The line at the bottom of the window: what a scan will do now, and what became of the last one."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui import theme
from ui.icons import Icon, IconView
from ui.scan_answer import AnswerKind, ScanAnswer
from ui.widgets.text import Text
from ui.words import Words

SHOWN_MS = 10_000

_ICONS = {AnswerKind.ACCEPTED: Icon.DONE, AnswerKind.REFUSED: Icon.REASON, AnswerKind.STOP: Icon.STOP}


class ScanLine(QFrame):
    """44 px. An answer stands in the colour of its kind for ten seconds, then is kept as *Last scan*."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "scan-line")
        self.setFixedHeight(theme.SCAN_LINE_HEIGHT)
        self._words = words
        self._answer: ScanAnswer | None = None
        self._expected = Text(size=theme.BODY, bold=True)
        self._sign = IconView(Icon.DONE, 18)
        self._sign.hide()
        self._result = Text(size=theme.SMALL, wrap=True)
        self._fresh = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._fresh.timeout.connect(self._grow_old)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(IconView(Icon.SCAN, 20))
        row.addWidget(self._expected)
        row.addSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._result, 1)

    @property
    def expected(self) -> str:
        """What a scan will do now."""
        return self._expected.text()

    @property
    def result(self) -> str:
        """What became of the last scan."""
        return self._result.text()

    @property
    def kind(self) -> AnswerKind | None:
        """How the last scan was answered; None: it was not answered yet, or there was none."""
        return None if self._answer is None else self._answer.kind

    def expect(self, sentence: str) -> None:
        """Tell what a scan will do now."""
        if self._expected.text() != sentence:
            self._expected.say(sentence)

    def show_received(self) -> None:
        """A code was scanned, and nobody has said yet what becomes of it."""
        self._answer = None
        self._fresh.stop()
        self._sign.hide()
        self._say(self._words("ui.scan.received"), role="muted")

    def show_answer(self, answer: ScanAnswer) -> None:
        """What became of it."""
        self._answer = answer
        self._sign.show_icon(_ICONS[answer.kind])
        self._sign.show()
        lead = self._words(f"ui.scan.{answer.kind.value}")
        self._say(f"{lead} {answer.sentence}", role=f"scan-{answer.kind.value}")
        self._fresh.start()

    def forget(self) -> None:
        """Show no last scan: another person sits here."""
        self._answer = None
        self._fresh.stop()
        self._sign.hide()
        self._say("", role="muted")

    def _grow_old(self) -> None:
        if self._answer is not None:
            lead = self._words(f"ui.scan.{self._answer.kind.value}")
            self._say(self._words("ui.scan.last", answer=f"{lead} {self._answer.sentence}"), role="muted")

    def _say(self, sentence: str, *, role: str) -> None:
        self._result.setProperty("role", role)
        self._result.style().unpolish(self._result)
        self._result.style().polish(self._result)
        self._result.say(sentence)
