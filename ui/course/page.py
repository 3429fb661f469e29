"""The Course page: an infusion that does not go to plan, of one order."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QStackedWidget

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.errors import InputRefused, PharmacyError
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.domain.scan import BagScan, Scan
from ui.course.drafts import NO_EVENT, StopDraft
from ui.course.ice import IcePanel
from ui.course.loading import LoadedCourse, order_of
from ui.course.moment import typed_now
from ui.course.occlusion import OcclusionPanel
from ui.course.panel import CoursePanel
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.scan_answer import accepted, refused, unreadable
from ui.widgets.choice import SegmentedChoice
from ui.widgets.notice import NoticeCard

COURSE = "course"
# The forms beside the course, in the order of their segments; each has its word in the catalogue.
PANELS: dict[str, type[IcePanel | OcclusionPanel]] = {"ice": IcePanel, "occlusion": OcclusionPanel}


class CoursePage(Page):
    """One order at a time: that of the window, or of a bag that is scanned here."""

    name: ClassVar[PageName] = PageName.COURSE
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.ORDER, Noun.PLAN, Noun.BAG, Noun.STOCK, Noun.LABEL})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._number = ""
        self.course = CoursePanel(context)
        self.panels = {name: panel(context) for name, panel in PANELS.items()}
        parts = [(name, self.words(f"ui.course.part.{name}")) for name in (COURSE, *PANELS)]
        self.choice = SegmentedChoice(parts, size=14, quiet=True)
        self.choice.set_name(self.words("ui.course.part.choice"))
        self.choice.set_values([COURSE])
        self.head.add_act(self.choice)
        self.notice = NoticeCard(self.words)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.notice)
        for part in (self.course, *self.panels.values()):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self._wire()
        self._say_nothing(self.words("ui.course.no-order"))

    def _wire(self) -> None:
        self.choice.chosen.connect(lambda _values: self._show_part())
        self.course.loaded.connect(self._loaded)
        self.course.not_found.connect(self._not_found)
        self.course.followed.connect(self.followed)
        for panel in self.panels.values():
            panel.stop_wanted.connect(self._begin_stop)

    # -- the window's calls ---------------------------------------------------------------------------

    def show_subject(self, subject: Subject) -> None:
        self._number = subject.order_number
        self.reload()

    def reload(self) -> None:
        if not self._number:
            self._say_nothing(self.words("ui.course.no-order"))
            return
        self.course.show_order(self._number)

    def holds_unsaved(self) -> bool:
        return self.course.presenter.has_typed

    def scan_expected(self) -> str:
        return self.words("ui.course.expected.scan")

    def scanned(self, text: str) -> None:
        """The label or the tag of any bag: the page is then about its order."""
        self.gateway.ask(partial(self.desk.read_scan, text), done=self._take_scan, refused=self._unreadable)

    def time_passed(self) -> None:
        self.course.tick()

    # -- what happens ---------------------------------------------------------------------------------

    def _unreadable(self, error: PharmacyError) -> None:
        if isinstance(error, InputRefused):
            self.scan_answered.emit(unreadable(error, self.words))

    def _take_scan(self, scan: Scan) -> None:
        if not isinstance(scan, BagScan):
            self.scan_answered.emit(refused(self.words("ui.bags.not-a-bag")))
            return
        self.gateway.ask(partial(order_of, self.desk, scan), done=self._go_to, refused=self._no_bag)

    def _no_bag(self, _error: PharmacyError) -> None:
        self.scan_answered.emit(refused(self.words("ui.bags.unknown")))

    def _go_to(self, order_number: str) -> None:
        if not order_number:
            self.scan_answered.emit(refused(self.words("ui.bags.unknown")))
            return
        subject = Subject(order_number)
        self.subject_changed.emit(subject)
        self.show_subject(subject)
        self.scan_answered.emit(accepted(self.words("ui.course.scanned", order=order_number)))

    def _not_found(self, error: PharmacyError) -> None:
        self._say_nothing(self.words("ui.course.no-order"))
        del error

    def _loaded(self, loaded: LoadedCourse) -> None:
        order = loaded.view.order
        patient = order.patient
        self.head.set_title(patient.display_name)
        facts = [
            (self.words("ui.course.fact.record-number"), patient.record_number),
            (self.words("ui.course.fact.born"), date_text(patient.date_of_birth)),
            (self.words("ui.course.fact.order"), order.order_number),
        ]
        if order.time_zone != self.desk.site.time_zone:  # every time here is that of the infusion
            place = order.time_zone.rpartition("/")[2].replace(
                "_", " "
            )  # its city: there is room for no more
            facts.append((self.words("ui.course.fact.time-zone"), place))
        self.head.set_facts(facts)
        for panel in self.panels.values():
            panel.show_order(order.order_number, ZoneInfo(order.time_zone))
        self._show_part()

    def _begin_stop(self, known: int | datetime) -> None:
        """A grade by the ICE score, or the time of a disconnection, begins the form of a stop."""
        if isinstance(known, int):
            draft = StopDraft(event=AdverseEvent.NEUROLOGIC.value, grade=str(known))
        else:
            when = typed_now(known, self.course.presenter.zone)
            draft = StopDraft(when=when, event=NO_EVENT, reason=self.words("ui.course.occlusion"))
        self.course.begin_stop(draft)
        self.choice.set_values([COURSE])
        self._show_part()

    def _show_part(self) -> None:
        if self.course.presenter.loaded is not None and self._number:
            self._stack.setCurrentWidget(self.panels.get(self.choice.value or COURSE, self.course))

    def _say_nothing(self, sentence: str) -> None:
        self.head.set_title(self.words("ui.course.name"))
        self.head.set_facts([])
        self.notice.show_notice(sentence, ())
        self._stack.setCurrentWidget(self.notice)
