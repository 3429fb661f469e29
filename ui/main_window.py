"""The main window: frame, navigation, pages made when they are first opened.

The file opens after the first paint, off this thread; until then the list is grey. This module imports
neither the database nor the label renderer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.errors import Bug, Report, Trouble, to_the_log
from ui.frame import Navigation, NoticeLine, OpeningView, TopBar, page_keys
from ui.gateway import Gateway
from ui.idle import Idleness, InputWatch
from ui.own_secret import OwnSecret
from ui.page import USED_BY, Noun, Page, PageContext, PageName, Subject, Way
from ui.pages import page_class
from ui.person.forbidden import ForbiddenView
from ui.person.roles import roles_of
from ui.scans import Scans
from ui.search import Search
from ui.sound import Silence, Sound
from ui.visit import Visit, Visits
from ui.widgets.band import TrainingBand, mark_training
from ui.widgets.dialog import show_help
from ui.widgets.focus import FocusRing
from ui.widgets.reading_order import go

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.desk import Desk
    from ui.person.sign_in import SignInView
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
        sound: Sound | None = None,
        scanner_prefix: str = "",
    ) -> None:
        super().__init__()
        self.gateway = Gateway(self, report=report)
        self.door: SignInView | None = None
        self._open_desk = open_desk
        self._words = words
        self._desk: Desk | None = None
        self._visits = Visits(self.gateway)
        self._was_painted = False
        self.setWindowTitle(words("ui.frame.title"))
        self.setMinimumSize(*SMALLEST)
        self.search = Search(self, words, here=lambda: self._visit.open_page if self._visit else None)
        self.bar = TopBar(station, words, search=self.search.field)
        self.own_secret = OwnSecret(self, words, self.bar)
        self.notice = NoticeLine(words)
        self.navigation = Navigation(tuple(PageName), words)
        self.opening = OpeningView(words)
        self.scans = Scans(self, words, sound=sound or Silence(), prefix=scanner_prefix)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.opening)
        self._forbidden = ForbiddenView(words)
        self.stack.addWidget(self._forbidden)
        self._arrange()
        self._ring = FocusRing(self)
        self._clock = QTimer(self, interval=_CLOCK_MILLISECONDS)
        self._clock.timeout.connect(self._tick)
        self.idleness = Idleness()
        InputWatch(self.idleness, self)
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
        work = self._work = QWidget()
        below = QHBoxLayout(work)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.navigation)
        below.addWidget(self.stack, 1)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(work)
        whole.addWidget(self._rooms, 1)
        whole.addWidget(self.scans.line)
        self.setCentralWidget(canvas)

    def _wire(self) -> None:
        self.bar.lock_pressed.connect(self.lock)
        self.search.followed.connect(self._followed)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock)
        self.scans.scanner.scanned.connect(self.idleness.stir)
        self.navigation.page_chosen.connect(self.go_to)
        self.navigation.show_page(PageName.ORDERS)
        self.gateway.changed.connect(self._nouns_changed)
        self.gateway.troubled.connect(self._troubled)
        self.gateway.failed.connect(self.show_bug)
        self.gateway.recovered.connect(self.notice.trouble_over)
        for keys, page in page_keys(tuple(PageName)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda chosen=page: self.go_to(chosen))
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
        from ui.person.sign_in import SignInView  # brings the domain, for which the first paint does not wait

        self._desk = desk
        self.bar.show_protocol(desk.protocol)
        self.door = SignInView(self._words, self.gateway, desk)
        self.door.let_in.connect(self._let_in)
        self._rooms.addWidget(self.door)
        self._tick()
        self._clock.start()
        actor = desk.people.actor
        if actor is None:
            self._show_door(self.door)
        else:
            self._let_in(actor)
        self.opened.emit()

    def _tick(self) -> None:
        if self._desk is None:
            return
        now, site = self._desk.now(), self._desk.site
        mark_training(self, training=site.training or not self._desk.protocol.commissioned)
        self.bar.show_time(now, site.time_zone)
        if self.idleness.is_over(now, timedelta(minutes=site.lock_after_minutes)):
            self.lock(by_itself=True)

    # Who works here

    @property
    def locked(self) -> bool:
        """Whether somebody has to sign in before anything else."""
        return self._rooms.currentWidget() is self.door

    def lock(self, *, by_itself: bool = False) -> None:
        """Cover the work and leave it as it is, until its person is back."""
        if self._desk is None or self.door is None or self._visit is None or self.locked:
            return
        self._visit.step_aside(self)
        self._show_door(self.door)
        act = partial(self._desk.people.lock, by_itself=by_itself)
        self.gateway.change(act, nouns=frozenset(), done=lambda _nothing: None)

    def _show_door(self, door: SignInView) -> None:
        self._rooms.setCurrentWidget(door)
        self.bar.show_person("", "")
        self.search.close()
        self.scans.forget()
        self.scans.go_to(door)
        door.open_for(self._visit.actor if self._visit else None)

    def _let_in(self, actor: Actor) -> None:
        self._rooms.setCurrentWidget(self._work)
        self.bar.show_person(actor.display_name, roles_of(actor, self._words))
        self.idleness.stir()
        visit = self._visits.arrive(actor)
        self.search.open_for(self._desk, visit.branch, actor)
        self.own_secret.open_for(self._desk, visit.branch, actor)
        if visit.open_page is None:
            self.go_to(next((name for name in PageName if actor.may(USED_BY[name])), PageName.ORDERS))
        else:
            self._show_open_page(visit)
            visit.come_back()

    def _show_open_page(self, visit: Visit) -> None:
        if visit.open_page is not None:
            self.navigation.show_page(visit.open_page)
        self.stack.setCurrentWidget(visit.page or self._forbidden)
        self.scans.go_to(visit.page)

    # Pages

    @property
    def _visit(self) -> Visit | None:
        return self._visits.current

    @property
    def subject(self) -> Subject:
        """What the window is about."""
        return self._visit.subject if self._visit else Subject()

    @property
    def page(self) -> Page | None:
        """The open page; None until somebody has one open."""
        return self._visit.page if self._visit else None

    def go_to(self, name: PageName, subject: Subject | None = None) -> None:
        """Open a page, about `subject` or about what the window is about now."""
        desk, visit = self._desk, self._visit
        if desk is None or visit is None or self.locked:
            return
        current = visit.page
        if current is not None and name is not visit.open_page and not current.may_be_left():
            self.navigation.show_page(current.name)
            return
        visit.subject = subject or visit.subject
        visit.open_page = name
        self.navigation.show_page(name)
        if not visit.actor.may(USED_BY[name]):
            self._forbidden.show_page(name, visit.actor)
            self._show_open_page(visit)
            return
        page = visit.pages.get(name) or self._make_page(name, desk, visit)
        self.stack.setCurrentWidget(page)
        page.show_subject(visit.subject)
        visit.catch_up()
        self.scans.go_to(page)
        if (target := page.first_focus()) is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_page(self, name: PageName, desk: Desk, visit: Visit) -> Page:
        page = page_class(name)(PageContext(desk, visit.branch, self._words))
        page.followed.connect(self._followed)
        page.subject_changed.connect(self._subject_changed)
        self._clock.timeout.connect(page.time_passed)
        visit.pages[name] = page
        self.stack.addWidget(page)
        return page

    def _followed(self, way: Way) -> None:
        self.go_to(way.page, way.subject)

    def _subject_changed(self, subject: Subject) -> None:
        if self._visit is not None:
            self._visit.subject = subject

    def _nouns_changed(self, nouns: frozenset[Noun]) -> None:
        for visit in self._visits.all():
            visit.nouns_changed(nouns, in_front=visit is self._visit and not self.locked)
        self.scans.show_expected()
        if Noun.FIGURES in nouns:
            self._tick()  # the installation may have been opened for patients

    def _troubled(self, trouble: Trouble) -> None:
        self.notice.show_trouble(self._words.error(trouble.error), trouble.again)
        self.scans.give_up()

    def show_bug(self, bug: Bug) -> None:
        """Say that something went wrong here, with its reference."""
        self.notice.show_bug(bug, lambda: QGuiApplication.clipboard().setText(bug.reference))
        self.scans.give_up()

    def show_help(self) -> None:
        """The help of the open page."""
        open_page = self._visit.open_page if self._visit and not self.locked else None
        show_help(self, self._words, "sign-in" if open_page is None else open_page.value)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self._canvas, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(page.may_be_closed() for visit in self._visits.all() for page in visit.pages.values()):
            event.ignore()
            return
        self._clock.stop()
        self.gateway.close()
        super().closeEvent(event)
