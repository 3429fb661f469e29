"""The Plan page: the cycle as weeks, its totals, its findings, what it beats, and the typed sequence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan
from ui import theme
from ui.page import Noun, Page, PageContext, PageName, Subject, Way
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
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.notice import NoticeCard

_TOPIC = "plan page"


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
        for widget in (self.open, self.accept):
            self.head.add_act(widget)
        self.picture = CyclePicture()
        self.sequence = SequenceRow(self.words)
        self.side = Side(self.words)
        self.giving_out = PlanGivingOut(self, context, say=self.side.say_why_not, refused=self._refused)
        self._notice = NoticeCard(self.words)
        self._plan_body = self._planned()
        self.body.addWidget(self._notice, 1)
        self.body.addWidget(self._plan_body, 1)
        self._wire()
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
        number = self._subject.order_number
        if number:
            self.gateway.ask(partial(load, self.desk, number), done=self._take, topic=_TOPIC)
        else:
            self._take(None)

    def first_focus(self) -> QWidget | None:
        return self.picture if self.picture.isVisibleTo(self) else None

    # What happens

    def _take(self, loaded: LoadedPlan | None) -> None:
        self.presenter.take(loaded)
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
            self.gateway.ask(partial(reckon, self.desk, order), done=self._take, topic=_TOPIC)

    def _use_best(self) -> None:
        order = self.presenter.best_order()
        if order is not None:
            self.gateway.ask(partial(reckon, self.desk, order), done=self._take, topic=_TOPIC)

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
            done=lambda _revision: None,
            refused=self._refused,
        )

    def _refused(self, error: PharmacyError) -> None:
        if isinstance(error, RulesRefused):
            remarks = tuple(remark_of_finding(each, self.words) for each in error.findings)
            self.presenter.refuse(remarks)
        self.side.bring("findings")
        self._show()

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

    def _show_alternative(self, index: int | None) -> None:
        self.presenter.show_alternative(index)
        self._show()

    def _show(self) -> None:
        view = self.presenter.view()
        self.head.set_title(view.title)
        self.head.set_facts(view.facts)
        self._show_acts(view)
        planned = view.cycle is not None
        self._plan_body.setVisible(planned)
        self._notice.setVisible(not planned)
        if planned:
            self.picture.show_cycle(view.cycle, chosen=self.presenter.bag)
            self.picture.setAccessibleDescription(view.bag.spoken() if view.bag else "")
            self.side.show_view(view)
            self.sequence.show_view(view.sequence)
        else:
            self._notice.show_notice(view.notice, view.remarks)

    def _show_acts(self, view: PlanView) -> None:
        in_force = view.kept and self.presenter.may_open_bags()
        self.giving_out.allow(self._subject.order_number or "" if in_force else "")
        self.open.setVisible(view.kept)
        self.accept.setVisible(not view.kept and bool(view.facts))
        self.accept.setEnabled(view.may_accept)
        self.accept.setAccessibleDescription(view.why_not_accept)
        self.side.say_why_not(view.why_not_accept)
