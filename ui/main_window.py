"""The main window: frame, navigation, pages made when they are first opened.

The file opens after the first paint, off this thread; until then the list is grey. This module imports
neither the database nor the label renderer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from pharmacy_app.domain.clock import offset_text, time_text
from ui.errors import Bug, Report, Trouble, to_the_log
from ui.frame import Navigation, NoticeLine, OpeningView, TopBar
from ui.gateway import Gateway
from ui.page import Noun, Page, PageContext, PageName, Subject, Way
from ui.widgets.band import TrainingBand
from ui.widgets.dialog import Dialog
from ui.widgets.focus import FocusRing
from ui.widgets.reading_order import go

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.workflow.desk import Desk
    from ui.words import Words

SMALLEST = (1280, 720)
_CLOCK_MILLISECONDS = 1000


class MainWindow(QMainWindow):
    """`open_desk` is called once, after the first paint, on the gateway's thread.

    `painted` tells that the window stood on the screen for the first time, `opened` that the desk is there.
    """

    painted = Signal()
    opened = Signal()

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        words: Words,
        *,
        station: str,
        report: Report = to_the_log,
    ) -> None:
        super().__init__()
        self.gateway = Gateway(self, report=report)
        self.subject = Subject()
        self._open_desk = open_desk
        self._words = words
        self._desk: Desk | None = None
        self._pages: dict[PageName, Page] = {}
        self._outdated: set[PageName] = set()
        self._was_painted = False
        self._open_page: PageName | None = None
        self.setWindowTitle(words("ui.frame.title"))
        self.setMinimumSize(*SMALLEST)
        self.bar = TopBar(station)
        self.notice = NoticeLine(words)
        self.navigation = Navigation(tuple(PageName), words)
        self.opening = OpeningView(words)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.opening)
        self._arrange()
        self._ring = FocusRing(self)
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MILLISECONDS)
        self._clock.timeout.connect(self._show_time)
        self._wire()

    def _arrange(self) -> None:
        canvas = self._canvas = QWidget()
        canvas.setObjectName("canvas")
        whole = QVBoxLayout(canvas)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(TrainingBand(self._words("ui.frame.training")))
        whole.addWidget(self.bar)
        whole.addWidget(self.notice)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.navigation)
        below.addWidget(self.stack, 1)
        whole.addLayout(below, 1)
        self.setCentralWidget(canvas)

    def _wire(self) -> None:
        self.navigation.page_chosen.connect(self.go_to)
        self.navigation.show_page(PageName.ORDERS)
        self.gateway.changed.connect(self._nouns_changed)
        self.gateway.troubled.connect(self._troubled)
        self.gateway.failed.connect(self.show_bug)
        self.gateway.recovered.connect(self.notice.trouble_over)
        for number, page in enumerate(PageName, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda chosen=page: self.go_to(chosen))
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self.show_help)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._first_paint_done)

    def _first_paint_done(self) -> None:
        self.painted.emit()
        self.gateway.ask(self._open_desk, done=self._desk_opened, refused=self._desk_refused)

    def _desk_refused(self, error: PharmacyError) -> None:
        self.opening.say(self._words.error(error))

    def _desk_opened(self, desk: Desk) -> None:
        self._desk = desk
        protocol = desk.protocol
        self.bar.show_protocol(
            self._words(f"ui.country.{protocol.country}"),
            self._words(
                "ui.frame.protocol", monograph=str(protocol.monograph), revision=str(protocol.revision)
            ),
        )
        self.bar.show_person(self._words("ui.frame.person"))
        self._show_time()
        self._clock.start()
        self.go_to(PageName.ORDERS)
        self.opened.emit()

    def _show_time(self) -> None:
        if self._desk is None:
            return
        now = self._desk.now().astimezone(UTC).astimezone(ZoneInfo(self._desk.site.time_zone))
        self.bar.show_time(time_text(now), offset_text(now))

    @property
    def page(self) -> Page | None:
        """The open page; None until the file is open."""
        return None if self._open_page is None else self._pages[self._open_page]

    def go_to(self, name: PageName, subject: Subject | None = None) -> None:
        """Open a page, about `subject` or about what the window is about now."""
        if self._desk is None:
            return
        current = self.page
        if current is not None and name is not self._open_page and not current.may_be_left():
            self.navigation.show_page(current.name)
            return
        if subject is not None:
            self.subject = subject
        page = self._pages.get(name) or self._make_page(name, self._desk)
        self._open_page = name
        self.navigation.show_page(name)
        self.stack.setCurrentWidget(page)
        page.show_subject(self.subject)
        if name in self._outdated:
            self._outdated.discard(name)
            page.reload()
        self._focus(page)

    def _make_page(self, name: PageName, desk: Desk) -> Page:
        page = _page_class(name)(PageContext(desk, self.gateway, self._words))
        page.followed.connect(self._followed)
        page.subject_changed.connect(self._subject_changed)
        self._pages[name] = page
        self.stack.addWidget(page)
        return page

    def _focus(self, page: Page) -> None:
        target = page.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _followed(self, way: Way) -> None:
        self.go_to(way.page, way.subject)

    def _subject_changed(self, subject: Subject) -> None:
        self.subject = subject

    def _nouns_changed(self, nouns: frozenset[Noun]) -> None:
        for name, page in self._pages.items():
            if not page.nouns & nouns:
                continue
            if name is self._open_page:
                page.reload()
            else:
                self._outdated.add(name)

    def _troubled(self, trouble: Trouble) -> None:
        self.notice.show_trouble(self._words.error(trouble.error), trouble.again)

    def show_bug(self, bug: Bug) -> None:
        """Say that something went wrong here, with its reference."""
        self.notice.show_bug(bug, lambda: QGuiApplication.clipboard().setText(bug.reference))

    def show_help(self) -> None:
        """The help of the open page."""
        name = (self._open_page or PageName.ORDERS).value
        Dialog(
            self,
            self._words,
            title=self._words(f"ui.{name}.name"),
            paragraphs=self._words(f"ui.{name}.help").strip().split("\n\n"),
            answers=[("close", self._words("ui.frame.close"))],
        ).ask()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self._canvas, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(page.may_be_closed() for page in self._pages.values()):
            event.ignore()
            return
        self._clock.stop()
        self.gateway.close()
        super().closeEvent(event)


def _page_class(name: PageName) -> type[Page]:
    match name:
        case PageName.ORDERS:
            from ui.order.page import OrderPage

            return OrderPage
        case PageName.PLAN:
            from ui.plan.page import PlanPage

            return PlanPage
        case PageName.WORKSHEET:
            from ui.worksheet.page import WorksheetPage

            return WorksheetPage
        case PageName.LABEL:
            from ui.label.page import LabelPage

            return LabelPage
