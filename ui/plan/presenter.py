"""What the Plan page shows, and what may be done with it. Knows no Qt.

One of three plans is in the picture: the plan in use, the one being typed, or an alternative that was not
chosen. The desk's answers come in through `take` and `take_typed`.
"""

from __future__ import annotations

from dataclasses import replace

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.quantity import HOURS_PER_DAY
from ui.plan.bag_facts import BagFacts, bag_facts
from ui.plan.comparison import AlternativeView, compare
from ui.plan.cycle import Cycle, cycle_of
from ui.plan.figures import course_facts, plan_figures
from ui.plan.loading import LoadedPlan
from ui.plan.sequence_text import read_sequence, sequence_text
from ui.plan.view import PlanView, SequenceView, Shown
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal
from ui.words import Words


class PlanPresenter:
    """Holds the plan in use and what is being looked at."""

    def __init__(self, words: Words, *, pharmacy_zone: str, may_accept: bool = True) -> None:
        self._words = words
        self._may_accept = may_accept
        self._pharmacy_zone = pharmacy_zone
        self._loaded: LoadedPlan | None = None
        self._typed_text = ""
        self._typed_sequence: tuple[int, ...] | None = None
        self._typed_plan: Plan | None = None
        self._refusal: InputRefused | None = None
        self._alternative: int | None = None
        self._bag = 0
        self._refused_remarks: tuple[Remark, ...] = ()

    # What happens

    def take(self, loaded: LoadedPlan | None) -> None:
        """A plan is in use from now on; what was typed and looked at is over."""
        self._loaded = loaded
        self._refused_remarks = ()
        self._alternative = None
        self._bag = 1 if loaded is not None and loaded.plan.bags else 0
        self._forget_typed()

    def type_text(self, text: str) -> Order | None:
        """Someone typed. Returns the order whose plan must be asked for, if what stands there is readable."""
        if self._loaded is None:
            return None
        self._typed_text, self._typed_plan, self._refusal = text, None, None
        self._alternative = None
        try:
            sequence = read_sequence(text, self._loaded.plan.protocol)
        except InputRefused as refusal:
            self._typed_sequence, self._refusal = None, refusal
            return None
        if sequence == self._loaded.plan.sequence_h:
            self._typed_sequence = None
            return None
        self._typed_sequence = sequence
        return self._order_with(sequence)

    def take_typed(self, plan: Plan) -> None:
        """The plan of what was typed; an answer to something typed earlier is not taken."""
        if plan.order.bags.sequence_h == self._typed_sequence:
            self._typed_plan = plan
            self._bag = min(self._bag, len(plan.bags)) or min(1, len(plan.bags))

    def show_alternative(self, index: int | None) -> None:
        """Look at an alternative in the same place, or back at the plan."""
        self._alternative = index
        self._bag = min(max(self._bag, 1), len(self._picture_plan().bags))

    def refuse(self, remarks: tuple[Remark, ...]) -> None:
        """The plan could not be kept: what the rules say of it now."""
        self._refused_remarks = remarks

    def choose_bag(self, number: int) -> None:
        """Look at this bag."""
        self._bag = number

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
        plan = self._typed_plan
        return None if plan is None or plan.refused else plan.order

    def best_order(self) -> Order | None:
        """The order without a sequence by hand."""
        if self._loaded is None:
            return None
        return self._order_with(None)

    def view(self) -> PlanView:
        """Everything the page shows now."""
        if self._loaded is None:
            return self._empty()
        plan = self._picture_plan()
        closed = self._loaded.closed
        return PlanView(
            title=plan.order.patient.display_name,
            facts=course_facts(plan.order, self._words),
            notice=self._words("ui.plan.refused") if plan.refused else "",
            shown=self._shown(),
            shown_name=self._shown_name(),
            cycle=None if plan.refused else self._cycle(plan, closed),
            figures=plan_figures(plan, self._words),
            bag=self._bag_facts(plan),
            remarks=self._all_remarks(plan),
            alternatives=self._alternatives(),
            alternative_shown=self._alternative,
            sequence=self._sequence(),
            may_accept=self._why_not_accept() == "",
            why_not_accept=self._why_not_accept(),
            kept=self._loaded.kept,
        )

    def _empty(self) -> PlanView:
        words = self._words
        sequence = SequenceView("", (), (), may_use=False, may_go_back=False)
        return PlanView(
            title=words("ui.plan.name"),
            facts=(),
            notice=words("ui.plan.empty"),
            shown=Shown.IN_USE,
            shown_name="",
            cycle=None,
            figures=None,
            bag=None,
            remarks=(),
            alternatives=(),
            alternative_shown=None,
            sequence=sequence,
            may_accept=False,
            why_not_accept=words("ui.plan.empty"),
            kept=False,
        )

    def _forget_typed(self) -> None:
        self._typed_text = self.sequence_in_use
        self._typed_sequence = self._typed_plan = self._refusal = None

    def _order_with(self, sequence: tuple[int, ...] | None) -> Order:
        assert self._loaded is not None
        order = self._loaded.plan.order
        return replace(order, bags=replace(order.bags, sequence_h=sequence))

    def _shown(self) -> Shown:
        if self._alternative is not None:
            return Shown.NOT_CHOSEN
        if self._typed_plan is not None and not self._typed_plan.refused:
            return Shown.TYPED
        return Shown.IN_USE

    def _shown_name(self) -> str:
        return self._words(f"ui.plan.shown.{self._shown().value}")

    def _picture_plan(self) -> Plan:
        assert self._loaded is not None
        if self._alternative is not None:
            return self._loaded.alternatives[self._alternative].plan
        if self._typed_plan is not None and not self._typed_plan.refused:
            return self._typed_plan
        return self._loaded.plan

    def _cycle(self, plan: Plan, closed: ClosedDays) -> Cycle:
        return cycle_of(plan, self._words, pharmacy_zone=self._pharmacy_zone, closed=closed)

    def _bag_of(self, plan: Plan) -> PlannedBag | None:
        return next((bag for bag in plan.bags if bag.number == self._bag), None)

    def _bag_facts(self, plan: Plan) -> BagFacts | None:
        bag = self._bag_of(plan)
        if bag is None:
            return None
        return bag_facts(plan, bag, self._words, pharmacy_zone=self._pharmacy_zone)

    def _all_remarks(self, plan: Plan) -> tuple[Remark, ...]:
        """Of what is being typed while it is broken, else of the plan in the picture."""
        if self._refusal is not None:
            return in_order((remark_of_refusal(self._refusal, self._words), *self._remarks(plan)))
        if self._typed_plan is not None and self._typed_plan.refused:
            return self._remarks(self._typed_plan)
        return in_order((*self._refused_remarks, *self._remarks(plan)))

    def _remarks(self, plan: Plan) -> tuple[Remark, ...]:
        return in_order(remark_of_finding(each, self._words) for each in plan.findings)

    def _alternatives(self) -> tuple[AlternativeView, ...]:
        assert self._loaded is not None
        if self._loaded.plan.refused:
            return ()
        return compare(self._loaded.plan, self._loaded.alternatives, self._words)

    def _sequence(self) -> SequenceView:
        typed, remarks = self._typed_plan, self._typed_remarks()
        return SequenceView(
            reach=self._reach(),
            remarks=remarks,
            first_remark=self._in_one_line(remarks),
            may_use=typed is not None and not typed.refused,
            may_go_back=self._loaded is not None and not self._loaded.plan.chosen,
        )

    def _in_one_line(self, remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
        if not remarks:
            return ()
        first, others = remarks[0], len(remarks) - 1
        if not others:
            return (replace(first, rule=""),)
        sentence = self._words("ui.plan.and-more", sentence=first.sentence, count=str(others))
        return (replace(first, rule="", sentence=sentence),)

    def _reach(self) -> str:
        assert self._loaded is not None
        if self._refusal is not None:
            return ""
        hours = sum(self._typed_sequence or self._loaded.plan.sequence_h)
        days = str(self._loaded.plan.protocol.infusion_days)
        return self._words("ui.plan.reach", reached=str(hours // int(HOURS_PER_DAY)), days=days)

    def _typed_remarks(self) -> tuple[Remark, ...]:
        """What is wrong with what is typed; notes and reasons stand in the list of findings."""
        if self._refusal is not None:
            return (remark_of_refusal(self._refusal, self._words),)
        if self._typed_plan is None or not self._typed_plan.refused:
            return ()
        remarks = self._remarks(self._typed_plan)
        return tuple(each for each in remarks if each.severity is Severity.STOP)

    def _why_not_accept(self) -> str:
        assert self._loaded is not None
        words = self._words
        if self._loaded.plan.refused:
            return words("ui.plan.not-accepted.refused")
        if self._alternative is not None:
            return words("ui.plan.not-accepted.not-chosen")
        if self._typed_sequence is not None or self._refusal is not None:
            return words("ui.plan.not-accepted.typed")
        if not self._loaded.order_accepted:
            return words("ui.plan.not-accepted.order")
        return "" if self._may_accept else words("ui.plan.not-accepted.pharmacist")
