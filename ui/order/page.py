"""The Orders page: list at the left, form in the middle, what the order asks for at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.person import Permission
from ui import theme
from ui.order.cards import AskedCard, FirstStartCard, SaveCard
from ui.order.following import load_following
from ui.order.form import OrderForm
from ui.order.presenter import OrdersPresenter
from ui.order.table import OrderList
from ui.order.view import FormView, OrderRow, OrdersView
from ui.order.weight_dialog import WeightDialog, add_weight
from ui.page import Noun, Page, PageContext, PageName, Subject, Way
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError

LIST_WIDTH = 250
SIDE_WIDTH = 276
WIDEST_SIDE = 380


class OrderPage(Page):
    """Orders on file, and the one that is being typed."""

    name: ClassVar[PageName] = PageName.ORDERS
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.ORDER, Noun.PLAN})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.list = OrderList(self.words("ui.orders.list"))
        may_give_reasons = self.desk.people.may(Permission.GIVE_REASON)
        self.form = OrderForm(
            self.words, durations_h=self.desk.protocol.durations_h, asks_reasons=may_give_reasons
        )
        self.asked = AskedCard(self.words)
        self.save = SaveCard(self.words)
        self.first = FirstStartCard(self.words)
        self.new_button = Button(self.words("ui.orders.new-order"))
        self.weight: WeightDialog | None = None
        self._context = context
        self._view: OrdersView | None = None
        self._subject = Subject()
        self._arrange()
        self.presenter = OrdersPresenter(
            self.desk,
            self.words,
            self.gateway,
            change=self._change,
            show=self._show,
            saved=self._saved,
        )
        self._wire()
        self.presenter.load()

    def _arrange(self) -> None:
        self.head.set_title(self.words("ui.orders.name"))
        self.head.add_act(self.new_button)
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        list_card = Card()
        list_card.setFixedWidth(LIST_WIDTH)
        list_card.column.setContentsMargins(1, 1, 1, 1)
        list_card.column.addWidget(self.list)
        self._list_card = list_card
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._blank = Card()
        for widget in (self._blank, self.form, self.first):
            self._middle.addWidget(widget)
        self._side = QWidget()
        self._side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addWidget(self.asked, 1)
        column.addWidget(self.save)
        row.addWidget(list_card)
        row.addWidget(middle, 1)
        row.addWidget(self._side)
        self.body.addLayout(row, 1)

    def _wire(self) -> None:
        self.new_button.clicked.connect(self.new_order)
        self.first.new_order.clicked.connect(self.new_order)
        self.first.load.clicked.connect(self.presenter.start_training)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.new_order)
        self.list.row_chosen.connect(self._row_chosen)
        self.form.edited.connect(self.presenter.change)
        self.form.field_left.connect(self.presenter.left)
        self.form.reason_typed.connect(self.presenter.give_reason)
        self.save.count_pressed.connect(self.form.focus_field)
        self.save.reasons_pressed.connect(self.form.focus_reason)
        self.save.saved.connect(self.presenter.save)
        self.save.accepted.connect(self.presenter.accept)
        self.save.plan_opened.connect(self._open_plan)
        self.save.course_opened.connect(self._open_course)
        self.save.weight_wanted.connect(self._add_weight)

    def new_order(self) -> None:
        """Begin a new order, or go on with the draft."""
        self.presenter.new_order()
        self.form.focus_field("order_number")

    def _row_chosen(self, row: OrderRow) -> None:
        if row.typing:
            self.presenter.choose_draft()
        else:
            self.presenter.choose(row.order_number)

    def _change(
        self,
        act: Callable[[], None],
        *,
        done: Callable[[None], None],
        refused: Callable[[PharmacyError], None],
        broken_off: Callable[[], None],
        again: Callable[[], None],
    ) -> None:
        self.gateway.change(
            act,
            nouns=frozenset({Noun.ORDER}),
            done=done,
            refused=refused,
            broken_off=broken_off,
            again=again,
        )

    def _show(self, view: OrdersView) -> None:
        arriving = self._view is None or self._view.first_start is not view.first_start
        self._view = view
        self.head.set_facts([(view.count, "")] if view.count else [])
        self.list.show_rows(view.rows, view.chosen)
        self._list_card.setVisible(not view.first_start)
        self.new_button.setVisible(not view.first_start)
        self._side.setVisible(view.form is not None)
        self._middle.setCurrentWidget(self._middle_of(view))
        if arriving and self.isVisible() and not self.presenter.typing:
            (self.first.load if view.first_start else self.list).setFocus()
        if view.form is None:
            return
        self.form.show_view(view.form)
        self._say_subject(view.form)
        self.asked.show_asked(view.form.asked)
        self.save.show_view(view.form, on_file=not self.presenter.typing)

    def _say_subject(self, form: FormView) -> None:
        subject = Subject(form.draft.text("order_number"))
        if not self.presenter.typing and subject != self._subject:
            self._subject = subject
            self.subject_changed.emit(subject)

    def _middle_of(self, view: OrdersView) -> QWidget:
        if view.form is not None:
            return self.form
        return self.first if view.first_start else self._blank

    def _saved(self, order_number: str) -> None:
        subject = Subject(order_number)
        self.subject_changed.emit(subject)
        self.followed.emit(Way(PageName.PLAN, subject))

    def _open_plan(self) -> None:
        if self._view is not None and self._view.form is not None:
            number = self._view.form.draft.text("order_number")
            self.followed.emit(Way(PageName.PLAN, Subject(number)))

    def _open_course(self) -> None:
        if self._view is not None and self._view.form is not None:
            number = self._view.form.draft.text("order_number")
            self.followed.emit(Way(PageName.COURSE, Subject(number)))

    def _add_weight(self) -> None:
        if self._view is not None and self._view.form is not None:
            number = self._view.form.draft.text("order_number")
            self.weight = add_weight(self, self._context, number)
            self.weight.finished.connect(self._weight_closed)

    def _weight_closed(self) -> None:
        self.weight = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(min(max(SIDE_WIDTH, self.width() // 5), WIDEST_SIDE))

    def show_subject(self, subject: Subject) -> None:
        if subject.following:
            self.subject_changed.emit(Subject(subject.order_number))
            self.gateway.ask(
                partial(load_following, self.desk, subject.order_number),
                done=self.presenter.begin,
                refused=lambda _error: None,
            )
            return
        if subject.order_number and not self.presenter.typing:
            self._subject = Subject(subject.order_number)
            self.presenter.choose(subject.order_number)

    def reload(self) -> None:
        self.presenter.load()

    def first_focus(self) -> QWidget | None:
        if self._view is None:
            return None
        return self.first.load if self._view.first_start else self.list

    def may_be_left(self) -> bool:
        if not self.presenter.typing:
            return True
        if not self.presenter.has_typed:
            self.presenter.drop_empty_draft()
            return True
        answer = self._ask("keep-draft", (("keep", "keep"), ("throw", "throw-away")))
        if answer == "throw":
            self.presenter.throw_away()
        return answer != ""

    def holds_unsaved(self) -> bool:
        return self.presenter.has_typed

    def may_be_closed(self) -> bool:
        if not self.presenter.has_typed:
            return True
        return self._ask("lose-draft", (("stay", "stay"), ("throw", "throw-away"))) == "throw"

    def _ask(self, code: str, answers: tuple[tuple[str, str], ...]) -> str:
        prefix = f"ui.orders.{code}"
        return Dialog(
            self.window(),
            self.words,
            title=self.words(f"{prefix}.title"),
            paragraphs=[self.words(f"{prefix}.text")],
            answers=[(value, self.words(f"{prefix}.{word}")) for value, word in answers],
        ).ask()
