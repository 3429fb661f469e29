"""The parts around the page: the bar on top, the line for trouble under it, the navigation at the left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pharmacy_app.domain.clock import offset_text, time_text
from ui import theme
from ui.errors import Bug
from ui.icons import Icon, IconView
from ui.page import LETTERS, PageName
from ui.widgets.button import LinkButton
from ui.widgets.text import Rule, Text
from ui.words import Words

if TYPE_CHECKING:
    from pharmacy_app.domain.protocol import Protocol


_ONE_LINE = 24  # characters of name and roles that stand beside each other; longer ones under each other


class TopBar(QFrame):
    """Station, search field, protocol, who works here, and the time. Empty until the file is open.

    `lock_pressed` says that whoever works here goes.
    """

    lock_pressed = Signal()

    def __init__(self, station: str, words: Words, *, search: QWidget) -> None:
        super().__init__()
        self._words = words
        self.setProperty("role", "bar")
        self.setFixedHeight(theme.BAR_HEIGHT)
        self._station = Text(station, theme.BODY, bold=True)
        self._country = Text(size=theme.SMALL, bold=True)
        self._protocol = Text(size=theme.SMALL)
        self._person = Text(size=theme.SMALL, bold=True)
        self._roles = Text(size=theme.SMALL)
        self._lock_sign = IconView(Icon.LOCK, 15)
        self.lock = LinkButton(words("ui.frame.lock"), bold=False)
        self.lock.setAccessibleDescription("Ctrl+L")
        self.lock.clicked.connect(self.lock_pressed)
        self.secret = LinkButton(words("ui.frame.own-secret"), bold=False)
        self.secret.setToolTip(words("ui.own-secret.title"))
        self.secret.setAccessibleName(words("ui.own-secret.title"))
        self._clock = Text(size=theme.BODY, bold=True)
        self._offset = Text(size=theme.SMALL, role="muted")
        self._rule = Rule(upright=True)
        self._rule.setFixedHeight(24)
        self._rule.hide()
        self._row = QHBoxLayout(self)
        self._arrange(search)
        self.show_person("", "")

    def _arrange(self, search: QWidget) -> None:
        row = self._row
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(0)
        row.addWidget(self._station)
        row.addSpacing(16)
        row.addWidget(search)
        row.addStretch(1)
        who = QWidget()
        self._who = QBoxLayout(QBoxLayout.Direction.LeftToRight, who)
        self._who.setContentsMargins(0, 0, 0, 0)
        self._who.setSpacing(0)
        for text in (self._person, self._roles):
            self._who.addWidget(text)
        links = QWidget()  # under each other: the bar has no room for both side by side
        column = QVBoxLayout(links)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for link in (self.lock, self.secret):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        for widget, gap in (
            (self._country, 0),
            (self._protocol, 14),
            (self._rule, 14),
            (who, 16),
            (self._lock_sign, 6),
            (links, 14),
            (self._clock, 8),
            (self._offset, 0),
        ):
            row.addWidget(widget)
            row.addSpacing(gap)

    def show_protocol(self, protocol: Protocol) -> None:
        """The protocol in use."""
        values = {"monograph": str(protocol.monograph), "revision": str(protocol.revision)}
        self._country.say(self._words(f"ui.country.{protocol.country}"))
        self._protocol.say(self._words("ui.frame.protocol", **values))
        self._rule.show()

    def show_person(self, person: str, roles: str) -> None:
        """Who works here; empty: nobody."""
        beside = len(person) + len(roles) <= _ONE_LINE
        self._who.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._person.say(person)
        self._roles.say(f" · {roles}" if roles and beside else roles)
        for widget in (self._lock_sign, self.lock):
            widget.setVisible(bool(person))
        self.secret.hide()  # shown to whoever has a secret that can be changed
        self._who.activate()
        self._row.activate()

    def show_time(self, now: datetime, time_zone: str) -> None:
        """The site's time; nothing is drawn anew while it stays the same."""
        at_site = now.astimezone(UTC).astimezone(ZoneInfo(time_zone))
        clock, offset = time_text(at_site), offset_text(at_site)
        if self._clock.text() != clock:
            self._clock.say(clock)
        if self._offset.text() != offset:
            self._offset.say(offset)


class NoticeLine(QFrame):
    """A line under the bar: station trouble with *Try again*, or a bug with its reference."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._act: Callable[[], None] | None = None
        self._sign = IconView(Icon.REASON, 18)
        self._text = Text(size=theme.TABLE, wrap=True)
        self._button = LinkButton("")
        self._button.clicked.connect(self._pressed)
        self._away = LinkButton(words("ui.frame.dismiss"), bold=False)
        self._away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._away)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or empty."""
        return "" if self.isHidden() else self._text.text()

    def show_trouble(self, sentence: str, again: Callable[[], None]) -> None:
        """The station is in trouble; the button asks for the same again."""
        self._show("trouble", sentence, button=self._words("ui.frame.try-again"), act=again)
        self._away.hide()

    def show_bug(self, bug: Bug, copy: Callable[[], None]) -> None:
        """Our mistake; the button copies the reference."""
        code = "ui.frame.bug" if bug.rolled_back else "ui.frame.bug-not-rolled-back"
        sentence = self._words(code, reference=bug.reference)
        self._show("bug", sentence, button=self._words("ui.frame.copy-reference"), act=copy)
        self._away.show()

    def trouble_over(self) -> None:
        """Takes the line away if it told of trouble."""
        if self.property("role") == "trouble":
            self.hide()

    def _show(self, role: str, sentence: str, *, button: str, act: Callable[[], None]) -> None:
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self._sign.show_icon(Icon.STOP if role == "bug" else Icon.REASON)
        self._text.say(sentence)
        self._button.setText(button)
        self._act = act
        self.show()

    def _pressed(self) -> None:
        if self._act is not None:
            self._act()


class _NavigationItem(QPushButton):
    def __init__(self, key: str, name: str, *, shortcut: str) -> None:
        super().__init__(name)
        self._key = key
        self.setCheckable(True)
        self.setFixedHeight(44)
        self.setFont(theme.font(theme.BODY))
        self.setAccessibleDescription(shortcut)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scheme = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        here = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if here or self.underMouse():
            painter.setBrush(theme.colour(scheme.note.ground if here else scheme.canvas))
            painter.drawRoundedRect(box, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        if here:
            painter.setBrush(theme.colour(scheme.action))
            painter.drawRoundedRect(QRectF(box.x(), box.y(), 4, box.height()), 2, 2)
        painter.setPen(theme.colour(scheme.action if here else scheme.muted))
        painter.setFont(theme.font(theme.SMALL, bold=here))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(14, 0, 0, 0), middle, self._key)
        painter.setPen(theme.colour(scheme.action if here else scheme.text))
        painter.setFont(theme.font(theme.BODY, bold=here))
        painter.drawText(box.adjusted(38, 0, 0, 0), middle, self.text())
        painter.end()


def page_keys(pages: Sequence[PageName]) -> tuple[tuple[str, PageName], ...]:
    """The keys that open each page: Ctrl and its number in the order of work, or Alt and its letter."""
    numbered = [page for page in pages if page not in LETTERS]
    keys = {page: f"Ctrl+{number}" for number, page in enumerate(numbered, start=1)}
    keys |= {page: f"Alt+{letter}" for page, letter in LETTERS.items()}
    return tuple((keys[page], page) for page in pages)


class Navigation(QFrame):
    """The pages that exist, in the order of work, then those beside it. `page_chosen` carries a PageName."""

    page_chosen = Signal(object)

    def __init__(self, pages: Sequence[PageName], words: Words) -> None:
        super().__init__()
        self.setProperty("role", "navigation")
        self.setFixedWidth(theme.NAVIGATION_WIDTH)
        self._items: dict[PageName, _NavigationItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 7, 8, 8)
        column.setSpacing(0)
        for key, page in page_keys(pages):
            if page in LETTERS and not any(each in LETTERS for each in self._items):
                column.addSpacing(theme.SPACES[1])
                column.addWidget(Rule())
                column.addSpacing(theme.SPACES[1])
            item = _NavigationItem(key.rpartition("+")[2], words(f"ui.{page.value}.name"), shortcut=key)
            item.clicked.connect(lambda _checked=False, chosen=page: self.page_chosen.emit(chosen))
            self._items[page] = item
            column.addWidget(item)
        column.addStretch(1)

    def show_page(self, page: PageName) -> None:
        """Mark the page that is open."""
        for each, item in self._items.items():
            item.setChecked(each is page)


class OpeningView(QWidget):
    """What stands in the page's place until the file is open: grey rows, no movement."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._text = Text(words("ui.frame.opening"), theme.BODY, role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_EDGE, 0, theme.PAGE_EDGE, 0)
        head = QHBoxLayout()
        head.addWidget(self._text)
        head.addStretch(1)
        self._text.setFixedHeight(theme.HEAD_HEIGHT)
        column.addLayout(head)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def say(self, sentence: str) -> None:
        """Why the file did not open."""
        self._text.setWordWrap(True)
        self._text.say(sentence)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scheme = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(scheme.line))
        painter.setBrush(theme.colour(scheme.surface))
        edge, top = theme.PAGE_EDGE + 0.5, theme.HEAD_HEIGHT + 0.5
        card = QRectF(edge, top, 250, self.height() - top - 16)
        painter.drawRoundedRect(card, theme.RADIUS_CARD, theme.RADIUS_CARD)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(scheme.sunken))
        for row in range(min(5, int(card.height() // 92))):
            y = top + 16 + 92 * row
            painter.drawRoundedRect(QRectF(edge + 14, y, 180, 14), 4, 4)
            painter.drawRoundedRect(QRectF(edge + 14, y + 24, 140, 12), 4, 4)
            painter.drawRoundedRect(QRectF(edge + 14, y + 46, 90, 18), 4, 4)
        painter.end()
