"""What the Plan page shows, and what may be done with it. Knows no Qt.

One of three plans is in the picture: the plan in use, the one being typed, or an alternative that was not
chosen. The first two can be changed bag by bag. The desk's answers come in through the `take` methods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan_edit import Change
from ui.plan.bag_facts import BagFacts, bag_facts
from ui.plan.change_card import refusals
from ui.plan.cycle import Cycle
from ui.plan.cycle_telling import Telling, cycle_of, with_broken_bag
from ui.plan.editing import DurationChoice, Editing
from ui.plan.loading import LoadedPlan
from ui.plan.sequence_text import sequence_text
from ui.plan.steps import Steps
from ui.plan.typed_line import TypedLine
from ui.plan.view import PlanView, Preview, Shown
from ui.plan.viewing import Picture, empty_view, view_of
from ui.remarks import Remark
from ui.words import Words


class PlanPresenter:
    """Holds the plan in use and what is being looked at."""

    def __init__(self, words: Words, *, pharmacy_zone: str, may_accept: bool = True) -> None:
        self._words = words
        self._may_accept = may_accept
        self._pharmacy_zone = pharmacy_zone
        self._loaded: LoadedPlan | None = None
        self._typed = TypedLine(words)
        self._steps: Steps[LoadedPlan] = Steps()
        self._editing = Editing(words)
        self._preview: Change | None = None
        self._alternative: int | None = None
        self._bag = 0
        self._now: datetime | None = None
        self._refused_remarks: tuple[Remark, ...] = ()

    # What the desk answers

    def take(self, loaded: LoadedPlan | None) -> None:
        """A plan is in use from now on; what was typed, changed and looked at is over."""
        self._steps.forget()
        self._bag = 0
        self._use(loaded)

    def take_step(self, loaded: LoadedPlan) -> None:
        """A plan is in use from now on, by one step that can be undone."""
        if self._loaded is not None:
            self._steps.step(self._loaded)
        self._use(loaded)

    def take_again(self, loaded: LoadedPlan) -> bool:
        """What the file says now of a plan that was changed here, if that is still the one in use.

        False: its order went otherwise meanwhile, and the plan has to be loaded anew.
        """
        own = self._loaded
        if own is None:
            return True
        mine, theirs = own.plan.order, loaded.plan.order
        if mine == theirs:
            self._loaded = replace(loaded, plan=own.plan) if loaded.plan == own.plan else loaded
            self._begin()
        asked = (mine.order_number, mine.bags.sequence_h) == (theirs.order_number, theirs.bags.sequence_h)
        return mine == theirs or not asked

    def take_typed(self, plan: Plan) -> None:
        """The plan of what was typed; an answer to something typed earlier is not taken."""
        if self._typed.take(plan):
            self._bag = min(self._bag, len(plan.bags)) or min(1, len(plan.bags))
            self._begin()

    def forget_steps(self) -> None:
        """The plan is on file: nothing can be undone."""
        self._steps.forget()

    # What a person does

    def type_text(self, text: str) -> Order | None:
        """Someone typed. Returns the order whose plan must be asked for, if what stands there is readable."""
        if self._loaded is None:
            return None
        self._alternative = None
        sequence = self._typed.type_text(text, self._loaded.plan)
        self._begin()
        return None if sequence is None else self._order_with(sequence)

    def show_alternative(self, index: int | None) -> None:
        """Look at an alternative in the same place, or back at the plan."""
        self._alternative = index
        self._begin()
        self._bag = min(max(self._bag, 1), len(self._picture_plan().bags))

    def refuse(self, remarks: tuple[Remark, ...]) -> None:
        """The plan could not be kept: what the rules say of it now."""
        self._refused_remarks = remarks

    def choose_bag(self, number: int) -> None:
        """Look at this bag."""
        if number != self._bag:
            self._editing.refused = ()
        self._bag = number

    def set_duration(self, number: int, duration_h: int) -> bool:
        """Give a bag this duration. Whether another plan is in use now; else it is said why not."""
        return self._do(self._editing.set_duration(number, duration_h))

    def change_by_step(self, number: int, *, longer: bool) -> bool:
        """Give a bag the next longer or shorter duration, as `set_duration`."""
        return self._do(self._editing.step(number, longer=longer))

    def join(self, number: int) -> bool:
        """Make one bag of this one and the next, as `set_duration`."""
        return self._do(self._editing.join(number))

    def preview(self, number: int, duration_h: int) -> Preview | None:
        """What the picture shows while a bag's edge stands at this duration; None: it cannot be moved."""
        change = self._editing.set_duration(number, duration_h)
        if change is None:
            return None
        self._preview = change
        plan = change.plan
        if plan is not None:
            return Preview(self._cycle(plan), self._editing.card(change), ())
        base = self._cycle(self._picture_plan())
        broken = with_broken_bag(base, number, duration_h, self._words)
        return Preview(broken, self._editing.card(change), refusals(change, self._words))

    def end_preview(self, *, keep: bool) -> bool:
        """The edge was let go, or the move given up. Whether another plan is in use now."""
        change, self._preview = self._preview, None
        return self._do(change) if keep else False

    def undo(self) -> bool:
        """Take back the last step: the plan before it, exactly. Whether there was one."""
        return self._go(self._steps.undo, there=self._steps.may_undo)

    def redo(self) -> bool:
        """Do the step again that was taken back last. Whether there was one."""
        return self._go(self._steps.redo, there=self._steps.may_redo)

    # What can be asked for

    @property
    def plan(self) -> Plan | None:
        """The plan in use."""
        return self._loaded.plan if self._loaded else None

    @property
    def bag(self) -> int:
        """The bag that is looked at; 0: none."""
        return self._bag

    @property
    def edited(self) -> bool:
        """Whether something was changed here that is not on file."""
        return self._steps.may_undo

    @property
    def may_undo(self) -> bool:
        """Whether a step can be taken back."""
        return self._steps.may_undo

    @property
    def may_redo(self) -> bool:
        """Whether a step that was taken back can be done again."""
        return self._steps.may_redo

    @property
    def may_change(self) -> bool:
        """Whether the bag in view can be given another duration."""
        first = self._editing.first_free
        return first is not None and first <= self._bag

    @property
    def sequence_in_use(self) -> str:
        """The sequence in use as it would be typed."""
        plan = self.plan
        if plan is None:
            return ""
        return sequence_text(plan.sequence_h or plan.order.bags.sequence_h or ())

    def may_open_bags(self) -> bool:
        """Whether the other pages would show the bag that is in the picture here."""
        return self._loaded is not None and self._loaded.in_use and self._shown() is Shown.IN_USE

    def typed_order(self) -> Order | None:
        """The order with what is typed, where that is a plan."""
        return None if self._typed.plan is None else self._typed.plan.order

    def best_order(self) -> Order | None:
        """The order without a sequence by hand."""
        return None if self._loaded is None else self._order_with(None)

    def choices(self) -> tuple[DurationChoice, ...]:
        """The durations that the bag in view may be given, each with what it would bring."""
        return self._editing.choices(self._bag)

    def facts_of(self, number: int) -> BagFacts | None:
        """All that is to be said of a bag in the picture; None: there is none of that number."""
        if self._loaded is None or not 0 < number <= len(self._picture_plan().bags):
            return None
        plan = self._picture_plan()
        return bag_facts(plan, plan.bags[number - 1], self._words, pharmacy_zone=self._pharmacy_zone)

    def view(self, now: datetime | None = None) -> PlanView:
        """Everything the page shows; from when on the present is given, it stands in the picture."""
        self._now = now or self._now
        if self._loaded is None:
            return empty_view(self._words)
        plan = self._picture_plan()
        picture = Picture(
            plan=plan,
            cycle=None if plan.refused else self._cycle(plan),
            bag=self.facts_of(self._bag),
            shown=self._shown(),
            alternative=self._alternative,
            refused=self._refused_remarks,
            edit_refused=self._editing.refused,
            may_undo=self.may_undo,
            may_redo=self.may_redo,
            may_change=self.may_change,
        )
        return view_of(self._loaded, picture, self._typed, self._words, may_accept=self._may_accept)

    # How

    def _use(self, loaded: LoadedPlan | None) -> None:
        self._loaded = loaded
        self._refused_remarks = self._editing.refused = ()
        self._alternative = self._preview = None
        self._typed.clear()
        self._begin()
        last = 0 if loaded is None else len(loaded.plan.bags)
        self._bag = min(max(self._bag, 1), last)

    def _begin(self) -> None:
        """Only what is in the picture can be changed there; an alternative is looked at, not changed."""
        loaded = self._loaded
        if loaded is None or self._alternative is not None or self._picture_plan().refused:
            self._editing.begin(None, None)
        else:
            self._editing.begin(self._picture_plan(), loaded.editor)
        self._editing.refused = ()

    def _do(self, change: Change | None) -> bool:
        if change is None or self._loaded is None:
            return False
        self._editing.refused = ()
        if change.plan is None:
            self._editing.refuse(change)
            return False
        if change.plan.sequence_h == self._picture_plan().sequence_h:
            return False
        self.take_step(replace(self._loaded, plan=change.plan, kept=False, in_use=False))
        return True

    def _go(self, way: Callable[[LoadedPlan], LoadedPlan], *, there: bool) -> bool:
        if there and self._loaded is not None:
            self._use(way(self._loaded))
        return there

    def _order_with(self, sequence: tuple[int, ...] | None) -> Order:
        assert self._loaded is not None
        order = self._loaded.plan.order
        return replace(order, bags=replace(order.bags, sequence_h=sequence))

    def _shown(self) -> Shown:
        if self._alternative is not None:
            return Shown.NOT_CHOSEN
        return Shown.IN_USE if self._typed.plan is None else Shown.TYPED

    def _picture_plan(self) -> Plan:
        assert self._loaded is not None
        if self._alternative is not None:
            return self._loaded.alternatives[self._alternative].plan
        return self._typed.plan or self._loaded.plan

    def _cycle(self, plan: Plan) -> Cycle:
        loaded = self._loaded
        assert loaded is not None
        telling = Telling(
            words=self._words,
            pharmacy_zone=self._pharmacy_zone,
            closed=loaded.closed,
            taken={} if self._alternative is not None else loaded.taken,
            first_free=self._editing.first_free,
            now=self._now,
        )
        return cycle_of(plan, telling)
