"""The Plan page: the cycle as weeks, its totals, its findings, what it beats, and the typed sequence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan
from ui import theme
from ui.page import Noun, Page, PageContext, PageName, Subject, Way
from ui.plan.changing import BagChanges
from ui.plan.cycle_picture import CyclePicture
from ui.plan.exports import PlanGivingOut
from ui.plan.loading import LoadedPlan, load, reckon
from ui.plan.presenter import PlanPresenter
from ui.plan.reasons import OpenReasons
from ui.plan.reasons_dialog import ReasonsDialog
from ui.plan.sequence_row import SequenceRow
from ui.plan.side import Side
from ui.plan.view import PlanView
from ui.remarks import remark_of_finding
from ui.widgets.button import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.notice import NoticeCard

_TOPIC = "plan page"
_NOW_MOVES = 30_000


class PlanPage(Page):
    """A pharmacist decides here which bags are made. Arrow keys go from bag to bag, Enter opens one."""

    name = PageName.PLAN
    nouns = frozenset({Noun.ORDER, Noun.PLAN})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        may_accept = self.desk.people.may(Permission.ACCEPT_PLAN)
        self.presenter = PlanPresenter(
            self.words, pharmacy_zone=self.desk.site.time_zone, may_accept=may_accept
        )
        self._subject = Subject()
        self._pointed = 0
        self.accept = Button(self.words("ui.plan.accept"), filled=True)
        self.accept.clicked.connect(self._accept)
        self.open = Button(self.words("ui.plan.open-worksheet"), filled=True)
        self.open.clicked.connect(lambda: self._open_bag(self.presenter.bag or 1))
        self.course = LinkButton(self.words("ui.course.open"))
        self.course.clicked.connect(self._open_course)
        for widget in (self.course, self.open, self.accept):
            self.head.add_act(widget)
        self.picture = CyclePicture()
        self.changing = BagChanges(self.picture, self.presenter, self.words)
        self.sequence = SequenceRow(self.words)
        self.side = Side(self.words)
        self.giving_out = PlanGivingOut(self, context, say=self.side.say_why_not, refused=self._refused)
        self._notice = NoticeCard(self.words)
        self._plan_body = self._planned()
        self.body.addWidget(self._notice, 1)
        self.body.addWidget(self._plan_body, 1)
        self._wire()
        self._clock = QTimer(self, interval=_NOW_MOVES)
        self._clock.timeout.connect(self._move_now)
        self._clock.start()
        self._show()

    def _planned(self) -> QWidget:
        card = Card()
        card.column.setContentsMargins(6, 10, 6, 6)
        card.column.setSpacing(theme.SPACES[0])
        card.column.addWidget(self.picture, 1)
        card.column.addWidget(self.sequence)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(card, 1)
        side = QVBoxLayout()
        side.setSpacing(theme.SPACES[1])
        side.addWidget(self.side, 1)
        side.addWidget(self.giving_out.row)
        row.addLayout(side)
        return whole

    def _wire(self) -> None:
        self.picture.bag_chosen.connect(self._choose_bag)
        self.picture.bag_opened.connect(self._open_bag)
        self.picture.bag_pointed.connect(self._point)
        self.changing.changed.connect(self._changed)
        self.side.bag.menu_wanted.connect(lambda: self.changing.open_menu(self.presenter.bag))
        self.side.bag.undo_wanted.connect(self.changing.undo)
        self.side.bag.redo_wanted.connect(self.changing.redo)
        self.sequence.typed.connect(self._type)
        self.sequence.used.connect(self._use_typed)
        self.sequence.best_wanted.connect(self._use_best)
        self.side.alternative_chosen.connect(self._show_alternative)

    # The window's calls

    def show_subject(self, subject: Subject) -> None:
        if subject.order_number == self._subject.order_number and self.presenter.plan is not None:
            return
        self._subject = subject
        self.reload()

    def reload(self) -> None:
        number, plan = self._subject.order_number, self.presenter.plan
        if plan is not None and self.presenter.edited and plan.order.order_number == number:
            self._ask_again()
        elif number:
            self.gateway.ask(partial(load, self.desk, number), done=self.show_plan, topic=_TOPIC)
        else:
            self.show_plan(None)

    def first_focus(self) -> QWidget | None:
        return self.picture if self.picture.isVisibleTo(self) else None

    def holds_unsaved(self) -> bool:
        return self.presenter.edited

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() == control and event.key() == Qt.Key.Key_Z:
            self.changing.undo()
        elif (event.modifiers(), event.key()) in ((control, Qt.Key.Key_Y), (control | shift, Qt.Key.Key_Z)):
            self.changing.redo()
        else:
            super().keyPressEvent(event)

    # What happens

    def show_plan(self, loaded: LoadedPlan | None) -> None:
        """Show this plan, or that there is none; what was changed here is over."""
        self.picture.give_up_move()
        self.presenter.take(loaded)
        self._show_new_plan()

    def _take_step(self, loaded: LoadedPlan) -> None:
        self.presenter.take_step(loaded)
        self._show_new_plan()

    def _take_again(self, loaded: LoadedPlan) -> None:
        if self.presenter.take_again(loaded):
            self._show()
        else:
            self.presenter.forget_steps()
            self.reload()

    def _ask_again(self) -> None:
        """What the file says of a plan that was changed here: what it beats, whether it is kept."""
        plan = self.presenter.plan
        if plan is not None:
            self.gateway.ask(partial(reckon, self.desk, plan.order), done=self._take_again, topic=_TOPIC)

    def _show_new_plan(self) -> None:
        self.sequence.set_text(self.presenter.sequence_in_use)
        self._show()
        focused = QApplication.focusWidget()
        elsewhere = focused in {None, self} or not self.isAncestorOf(focused)
        if self.picture.isVisible() and elsewhere:
            self.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self, text: str) -> None:
        order = self.presenter.type_text(text)
        if order is not None:
            self.gateway.ask(partial(self.desk.plan, order), done=self._take_typed, topic="plan typed")
        self._show()

    def _take_typed(self, plan: Plan) -> None:
        self.presenter.take_typed(plan)
        if len(self.presenter.view().sequence.remarks) > 1:
            self.side.bring("findings")
        self._show()

    def _use_typed(self) -> None:
        order = self.presenter.typed_order()
        if order is not None:
            self.gateway.ask(partial(reckon, self.desk, order), done=self._take_step, topic=_TOPIC)

    def _use_best(self) -> None:
        order = self.presenter.best_order()
        if order is not None:
            self.gateway.ask(partial(reckon, self.desk, order), done=self._take_step, topic=_TOPIC)

    def _accept(self) -> None:
        plan = self.presenter.plan
        if plan is None or not self.presenter.view().may_accept:
            return
        self.gateway.ask(
            partial(self.desk.reasons_still_open, plan),
            done=partial(self._ask_reasons, plan),
            topic="plan reasons",
        )

    def _ask_reasons(self, plan: Plan, found: tuple[Finding, ...]) -> None:
        """Accept at once where no reason is open; the plan that was meant, or none."""
        if plan is not self.presenter.plan or not self.presenter.view().may_accept:
            return
        if not found:
            self._keep(plan, {})
        elif self.isVisible():
            dialog = ReasonsDialog(self.window(), self.words, OpenReasons(found, self.words))
            dialog.given.connect(partial(self._keep, plan))
            dialog.open()

    def _keep(self, plan: Plan, reasons: dict[str, str]) -> None:
        self.gateway.change(
            partial(self.desk.keep_plan, plan, reasons),
            nouns=frozenset({Noun.PLAN}),
            done=lambda _revision: self.presenter.forget_steps(),
            refused=self._refused,
        )

    def _refused(self, error: PharmacyError) -> None:
        if isinstance(error, RulesRefused):
            remarks = tuple(remark_of_finding(each, self.words) for each in error.findings)
            self.presenter.refuse(remarks)
        self.side.bring("findings")
        self._show()

    def _changed(self, is_new: bool) -> None:
        """Another plan is in use, or the sentence stands there that says why not."""
        if not is_new:
            self._show()
            return
        self._show_new_plan()
        self._ask_again()

    def _choose_bag(self, number: int) -> None:
        self.presenter.choose_bag(number)
        self.side.bring("bag")
        self._show()
        self.subject_changed.emit(Subject(self._subject.order_number, number))

    def _point(self, number: int) -> None:
        """The mouse shows a bag's card only where that card is in front already."""
        if number and number != self.presenter.bag and self.side.panel == "bag":
            self.presenter.choose_bag(number)
            self._show()

    def _open_bag(self, number: int) -> None:
        if not self.presenter.may_open_bags():
            self.side.say_why_not(self.words("ui.plan.accept-first"))
            return
        self.followed.emit(Way(PageName.WORKSHEET, Subject(self._subject.order_number, number)))

    def _open_course(self) -> None:
        self.followed.emit(Way(PageName.COURSE, Subject(self._subject.order_number)))

    def _show_alternative(self, index: int | None) -> None:
        self.presenter.show_alternative(index)
        self._show()

    def _show(self) -> None:
        view = self.presenter.view(self.desk.now())
        self.head.set_title(view.title)
        self.head.set_facts(view.facts)
        self._show_acts(view)
        planned = view.cycle is not None
        self._plan_body.setVisible(planned)
        self._notice.setVisible(not planned)
        if planned:
            if not self.picture.held:
                self.picture.show_cycle(view.cycle, chosen=self.presenter.bag)
            self.picture.setAccessibleDescription(view.bag.spoken() if view.bag else "")
            self.side.show_view(view)
            self.sequence.show_view(view.sequence)
        else:
            self._notice.show_notice(view.notice, view.remarks)

    def _move_now(self) -> None:
        """The line of the present goes on."""
        if self.picture.isVisible() and not self.picture.held:
            self.picture.show_cycle(self.presenter.view(self.desk.now()).cycle, chosen=self.presenter.bag)

    def _show_acts(self, view: PlanView) -> None:
        in_force = view.kept and self.presenter.may_open_bags()
        self.giving_out.allow(self._subject.order_number or "" if in_force else "")
        self.course.setVisible(bool(view.facts))
        self.open.setVisible(view.kept)
        self.accept.setVisible(not view.kept and bool(view.facts))
        self.accept.setEnabled(view.may_accept)
        self.accept.setAccessibleDescription(view.why_not_accept)
        self.side.say_why_not(view.why_not_accept)
