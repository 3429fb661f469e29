"""The course of one order: its state, its story, the form that fits, and what is advised and made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.person import Permission
from ui import theme
from ui.course.cards import StateCard, StoryCard
from ui.course.drafts import NOT_RECURRED, RestartDraft, StopDraft
from ui.course.end_dialog import EndDialog
from ui.course.loading import LoadedCourse, load_course
from ui.course.moment import typed_now
from ui.course.presenter import RESTART, STOP, CoursePresenter
from ui.course.restart_form import RestartForm
from ui.course.side import SideCard
from ui.course.stop_form import StopForm
from ui.page import Noun, PageContext, PageName, Subject, Way
from ui.remarks import remark_of_finding
from ui.widgets.ask_reason import AskReason
from ui.widgets.card import Card
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.workflow.course import Proposal, RestartTyped

STORY_WIDTH = 236
SIDE_WIDTH = 320
_NOUNS = frozenset({Noun.ORDER, Noun.PLAN, Noun.BAG})
_ANSWER = "answer"


class CoursePanel(QWidget):
    """Every command goes through the gateway; a refusal stands at its field. `loaded` says what came."""

    followed = Signal(object)  # Way
    loaded = Signal(object)  # LoadedCourse
    not_found = Signal(object)  # PharmacyError

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.desk, self.gateway, self.words = context.desk, context.gateway, context.words
        may = self.desk.people.may
        self.presenter = CoursePresenter(
            self.words, may_decide=may(Permission.ACCEPT_PLAN), may_void=may(Permission.VERIFY)
        )
        self.dialog: EndDialog | AskReason | None = None
        self._number = ""
        self.state = StateCard(self.words)
        self.story = StoryCard(self.words)
        self.stop, self.restart = StopForm(self.words), RestartForm(self.words)
        self.no_form = Text(size=theme.BODY, role="muted", wrap=True)
        self.form_title = Text(size=theme.TITLE, bold=True)
        self.side = SideCard(self.words)
        self._arrange()
        self._wire()

    def _arrange(self) -> None:
        middle = Card()
        middle.column.setContentsMargins(16, 10, 4, 8)
        part = ScrollPart()
        for widget in (self.form_title, self.no_form, self.stop, self.restart):
            part.column.addWidget(widget)
        part.column.addStretch(1)
        middle.column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        self.story.setFixedWidth(STORY_WIDTH)
        self.side.setFixedWidth(SIDE_WIDTH)
        row.addWidget(self.story)
        row.addWidget(middle, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addWidget(self.state)
        column.addLayout(row, 1)

    def _wire(self) -> None:
        self.state.accept.clicked.connect(lambda: self._follow(PageName.PLAN))
        self.story.end.clicked.connect(self._ask_end)
        self.stop.edited.connect(self._type_stop)
        self.stop.field_left.connect(partial(self._left, STOP))
        self.stop.now_wanted.connect(lambda _name: self._stop_now())
        self.stop.sent.connect(self._send_stop)
        self.restart.edited.connect(self._type_restart)
        self.restart.field_left.connect(partial(self._left, RESTART))
        self.restart.now_wanted.connect(self._restart_now)
        self.restart.sent.connect(self._send_restart)
        self.side.held.answered.connect(self._answer)
        self.side.bags.void_wanted.connect(self._ask_void)
        self.side.bags.opened.connect(self._open_bag)
        self.side.next.wanted.connect(self._begin_next)

    # -- the page's calls -----------------------------------------------------------------------------

    def show_order(self, order_number: str) -> None:
        """Be about this order, as it is on file now."""
        self._number = order_number
        question = partial(load_course, self.desk, order_number)
        self.gateway.ask(question, done=self._take, refused=self.not_found.emit, topic="course")

    def tick(self) -> None:
        """The clock went on."""
        head = self.presenter.head(self.desk.now())
        if head is not None:
            self.state.show_head(head, may_accept=self.presenter.may_accept_plan(head))

    def begin_stop(self, draft: StopDraft) -> None:
        """Another part has the beginning of a stop."""
        self.presenter.type_stop(draft)
        self._show()

    # -- what happens ---------------------------------------------------------------------------------

    def _take(self, loaded: LoadedCourse) -> None:
        former = self.presenter.loaded
        self.presenter.take(loaded)
        if former is None or former.view.order.order_number != loaded.view.order.order_number:
            self.side.held.forget()
        self.loaded.emit(loaded)
        self._show()

    def _type_stop(self, draft: StopDraft) -> None:
        self.presenter.type_stop(draft)
        self._show()

    def _type_restart(self, draft: RestartDraft) -> None:
        typed = self.presenter.type_restart(draft)
        if typed is not None:
            self._propose(typed)
        self._show()

    def _propose(self, typed: RestartTyped) -> None:
        def take(proposal: Proposal) -> None:
            self.presenter.take_proposal(typed, proposal)
            self._show()

        self.gateway.ask(
            partial(self.desk.course.propose, self._number, typed),
            done=take,
            refused=partial(self._refused, RESTART),
            topic="restart proposed",
        )

    def _left(self, form: str, field: str) -> None:
        self.presenter.left(form, field)
        self._show()

    def _stop_now(self) -> None:
        self._type_stop(replace(self.presenter.stop, when=typed_now(self.desk.now(), self.presenter.zone)))

    def _restart_now(self, field: str) -> None:
        now = typed_now(self.desk.now(), self.presenter.zone)
        draft = self.presenter.restart
        self._type_restart(replace(draft, when=now) if field == "when" else replace(draft, resolved=now))

    def _send_stop(self) -> None:
        typed = self.presenter.stop_typed()
        self._show()
        if typed is not None:
            self._change(STOP, partial(self.desk.course.stop, self._number, typed))

    def _send_restart(self) -> None:
        typed = self.presenter.restart_to_send()
        self._show()
        if typed is not None:
            self._change(RESTART, partial(self.desk.course.restart, self._number, typed))

    def _answer(self, choice: str | None, prescriber: str) -> None:
        not_recurred = None if choice is None else NOT_RECURRED[choice]
        act = partial(
            self.desk.course.answer_full_dose,
            self._number,
            prescriber=prescriber,
            not_recurred=not_recurred,
        )
        self._change(_ANSWER, act)

    def _change(self, form: str, act: Callable[[], object]) -> None:
        def done(_fact: object) -> None:
            self.presenter.accepted(form)

        self.gateway.change(act, nouns=_NOUNS, done=done, refused=partial(self._refused, form))

    def _refused(self, form: str, error: PharmacyError) -> None:
        self.presenter.refuse(form, error)
        self._show()

    # -- dialogs --------------------------------------------------------------------------------------

    def _ask_end(self) -> None:
        loaded = self.presenter.loaded
        assert loaded is not None  # the button is there with an order
        patient = loaded.view.order.patient.display_name
        dialog = EndDialog(self, self.words, order_number=self._number, patient=patient)

        def give(prescriber: str, reason: str) -> None:
            act = partial(self.desk.course.end, self._number, prescriber=prescriber, reason=reason)
            self._change_in(dialog, act)

        dialog.given.connect(give)
        self._open(dialog)

    def _ask_void(self, serial: str) -> None:
        words = self.words
        dialog = AskReason(
            self,
            words,
            title=words("ui.bags.move.void"),
            text=words("ui.bags.ask.void"),
            caption=words("ui.bags.reason"),
            button=words("ui.bags.move.void"),
        )
        dialog.given.connect(
            lambda reason: self._change_in(dialog, partial(self.desk.ledger.void, serial, reason))
        )
        self._open(dialog)

    def _change_in(self, dialog: EndDialog | AskReason, act: Callable[[], object]) -> None:
        """A command from a dialog, which stays open while it is refused."""

        def refused(error: PharmacyError) -> None:
            if isinstance(error, RulesRefused):
                dialog.show_remarks([remark_of_finding(each, self.words) for each in error.findings])

        self.gateway.change(act, nouns=_NOUNS, done=lambda _fact: dialog.accept(), refused=refused)

    def _open(self, dialog: EndDialog | AskReason) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    # -- ways to other pages --------------------------------------------------------------------------

    def _follow(self, page: PageName) -> None:
        self.followed.emit(Way(page, Subject(self._number)))

    def _open_bag(self, serial: str) -> None:
        self.followed.emit(Way(PageName.BAGS, Subject(self._number, serial=serial)))

    def _begin_next(self) -> None:
        self.followed.emit(Way(PageName.ORDERS, Subject(self._number, following=True)))

    def _show(self) -> None:
        shown = self.presenter.view(self.desk.now())
        if shown is None:
            return
        self.state.show_head(shown.head, may_accept=shown.may_accept_plan)
        self.story.show_story(shown.story, may_end=shown.may_end)
        self.stop.setVisible(shown.form == STOP)
        self.stop.send.fill(filled=not shown.may_accept_plan)  # one main act at a time
        self.restart.setVisible(shown.form == RESTART)
        self.no_form.setVisible(not shown.form)
        self.no_form.say(shown.no_form)
        self.form_title.setVisible(bool(shown.form))
        if shown.form:
            self.form_title.say(self.words(f"ui.course.{shown.form}.title"))
        self.stop.show_form(self.presenter.stop, shown.stop)
        self.restart.show_form(self.presenter.restart, shown.restart)
        self.side.show_course(shown)
