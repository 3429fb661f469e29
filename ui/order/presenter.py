"""What the Orders page does, without Qt: typing, leaving a field, reasons, saving, choosing a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.workflow.unit_of_work import StoredOrder
from ui.order.check import Check, Reading, check, read
from ui.order.draft import Draft, draft_of, empty_draft
from ui.order.gate import Change, Gate
from ui.order.state import FormState, OnFile, may_of, orders_on_file
from ui.order.telling import form_view, orders_view
from ui.order.view import OrdersView

if TYPE_CHECKING:
    from pharmacy_app.domain.plan import Plan
    from pharmacy_app.workflow.desk import Desk
    from ui.words import Words


class OrdersPresenter:
    """`show` is called with the whole view after everything that changes it; `saved` with an order number.

    A draft is not an order: it lives here only, and is one at most.
    """

    def __init__(
        self,
        desk: Desk,
        words: Words,
        gate: Gate,
        *,
        change: Change,
        show: Callable[[OrdersView], None],
        saved: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._words = words
        self._gate = gate
        self._change = change
        self._show = show
        self._saved = saved
        self._may = may_of(desk)
        self._on_file: OnFile | None = None
        self._chosen = ""
        self._typing = False
        self._draft: Draft | None = None
        self._touched: set[str] = set()
        self._reasons: dict[str, str] = {}
        self._reading: Reading | None = None
        self._check: Check | None = None
        self._refused_when_saving: tuple[Finding, ...] = ()
        self._refused_accepting: tuple[Finding, ...] = ()
        self._saving = False
        self._plan_on_file: Plan | None = None

    # -- the list -------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the orders on file."""
        self._gate.ask(lambda: orders_on_file(self._desk), done=self._loaded, topic="orders")

    def choose(self, order_number: str) -> None:
        """Show an order on file; the draft, if there is one, is kept."""
        self._chosen = order_number
        self._typing = False
        self._plan_on_file = None
        self._refused_accepting = ()
        self._tell()
        stored = self._stored_order()
        if stored is not None:
            self._gate.ask(
                lambda: self._desk.plan_on_file(order_number) or self._desk.plan(stored.order),
                done=self._planned,
                topic="order shown",
            )

    def choose_draft(self) -> None:
        """Go back to the draft."""
        self._typing = self._draft is not None
        self._tell()

    def new_order(self) -> None:
        """An empty form, unless a draft is already there."""
        if self._draft is None:
            self._draft = self._empty()
            self._touched, self._reasons = set(), {}
            self._evaluate()
        self.choose_draft()

    def begin(self, draft: Draft | None) -> None:
        """Go on from this draft, unless one is there into which something was typed."""
        if draft is not None and not self.has_typed:
            self._draft = draft
            self._touched, self._reasons = set(), {}
            self._evaluate()
        self.choose_draft()

    def start_training(self) -> None:
        """Load the training pharmacy's example orders."""
        self._change(
            self._desk.start_training,
            done=lambda _nothing: None,
            refused=self._refused,
            broken_off=self._broken_off,
            again=self.start_training,
        )

    # -- the draft ------------------------------------------------------------------------------------

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        return self._draft is not None and self._draft != self._empty()

    @property
    def typing(self) -> bool:
        """Whether the draft is what is shown."""
        return self._typing

    def throw_away(self) -> None:
        """Forget the draft."""
        self._draft, self._typing = None, False
        self._tell()

    def drop_empty_draft(self) -> None:
        """Forget a form into which nothing was typed."""
        if self._draft is not None and not self.has_typed:
            self.throw_away()

    def change(self, draft: Draft) -> None:
        """Something was typed or chosen."""
        if not self._typing or self._saving or draft == self._draft:
            return
        self._draft = draft
        self._refused_when_saving = ()
        self._evaluate()
        self._tell()

    def left(self, field: str) -> None:
        """The keyboard went on: from now on remarks stand at this field at once."""
        if self._typing and field not in self._touched:
            self._touched.add(field)
            self._tell()

    def give_reason(self, code: str, text: str) -> None:
        """A pharmacist typed a reason."""
        self._reasons[code] = text
        self._tell()

    def save(self) -> None:
        """Keep the order, once, if nothing stands against it."""
        view = self._form_state()
        reading = self._reading
        if view is None or reading is None or reading.order is None:
            return
        if not form_view(view, self._words).may_save:
            return
        self._saving = True
        order, accept = reading.order, self._may.accept
        reasons = self._reasons_given() if self._may.give_reasons else None
        self._tell()
        self._change(
            lambda: self._desk.keep_order(order, reasons, accept=accept),
            done=lambda _nothing: self._kept(order.order_number),
            refused=self._refused,
            broken_off=self._broken_off,
            again=self.save,
        )

    def accept(self) -> None:
        """Accept the order on file that is shown."""
        number = self._chosen
        self._change(
            lambda: self._desk.accept_order(number),
            done=lambda _nothing: self._saved(number),
            refused=self._not_accepted,
            broken_off=self._broken_off,
            again=self.accept,
        )

    # -- inside ---------------------------------------------------------------------------------------

    def _empty(self) -> Draft:
        return empty_draft(time_zone=self._desk.site.time_zone, durations_h=self._desk.protocol.durations_h)

    def _loaded(self, on_file: OnFile) -> None:
        self._on_file = on_file
        if self._typing or not on_file.stored:
            self._tell()
        elif self._stored_order() is None:
            self.choose(on_file.stored[0].order.order_number)
        else:
            self.choose(self._chosen)

    def _stored_order(self) -> StoredOrder | None:
        for each in self._on_file.stored if self._on_file else ():
            if each.order.order_number == self._chosen:
                return each
        return None

    def _planned(self, plan: Plan) -> None:
        self._plan_on_file = plan
        self._tell()

    def _evaluate(self) -> None:
        if self._draft is None:
            return
        reading = read(self._draft, self._desk)
        self._reading = reading
        self._gate.ask(lambda: check(reading, self._desk), done=self._checked, topic="order check")

    def _checked(self, result: Check) -> None:
        self._check = result
        self._tell()

    def _reasons_given(self) -> dict[str, str]:
        asked = {each.code for each in self._check.findings} if self._check else set()
        return {code: text for code, text in self._reasons.items() if code in asked and text.strip()}

    def _kept(self, order_number: str) -> None:
        self._saving = False
        self._draft, self._typing = None, False
        self._chosen = order_number
        self._tell()
        self._saved(order_number)

    def _broken_off(self) -> None:
        # Station trouble or a bug: everything typed is still there.
        self._saving = False
        self._tell()

    def _refused(self, error: PharmacyError) -> None:
        self._saving = False
        if isinstance(error, RulesRefused):
            self._refused_when_saving = error.findings
        self._tell()

    def _not_accepted(self, error: PharmacyError) -> None:
        if isinstance(error, RulesRefused):
            self._refused_accepting = error.findings
        self._tell()

    def _form_state(self) -> FormState | None:
        if self._typing and self._draft is not None and self._reading is not None:
            return FormState(
                draft=self._draft,
                reading=self._reading,
                check=self._check,
                touched=frozenset(self._touched),
                reasons=self._reasons,
                refused_when_saving=self._refused_when_saving,
                saving=self._saving,
                desk=self._desk,
                may=self._may,
            )
        stored = self._stored_order()
        if stored is None:
            return None
        draft = draft_of(stored.order, durations_h=self._desk.protocol.durations_h)
        accepted = self._on_file is not None and self._chosen in self._on_file.accepted
        return FormState(
            draft=draft,
            desk=self._desk,
            stored=stored,
            plan=self._plan_on_file,
            refused_when_saving=self._refused_accepting,
            accepted=accepted,
            may=self._may,
        )

    def _tell(self) -> None:
        state = self._form_state()
        form = None if state is None else form_view(state, self._words)
        view = orders_view(self._on_file, draft=self._draft, typing=self._typing, words=self._words)
        chosen = view.chosen if self._typing else self._row_of_chosen(view)
        self._show(replace(view, form=form, chosen=chosen))

    def _row_of_chosen(self, view: OrdersView) -> int | None:
        numbers = [None if row.typing else row.order_number for row in view.rows]
        return numbers.index(self._chosen) if self._chosen in numbers else None
