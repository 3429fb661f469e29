"""What the panel of a course shows and which form it offers. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import offset_text
from pharmacy_app.domain.course import is_made_up
from pharmacy_app.domain.course_rules import bag_at, check_stop
from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.infusion_stop import GRADE_3, InfusionStop, next_number
from pharmacy_app.domain.order import Interruption
from ui.course.comparison import Comparison, compare_plans
from ui.course.drafts import (
    FIELD_OF,
    RestartDraft,
    StopDraft,
    read_restart,
    read_stop,
    restart_moment,
)
from ui.course.headline import CourseState, Headline, headline
from ui.course.moment import TypedMoment, twice
from ui.course.side_views import bag_rows, held_view, next_view
from ui.course.story import story
from ui.course.view import CourseShown, FormView, Remarks, RestartView
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal

if TYPE_CHECKING:
    from pharmacy_app.domain.plan import Plan
    from pharmacy_app.workflow.course import Proposal, RestartTyped, StopTyped
    from ui.course.loading import LoadedCourse
    from ui.words import Words

STOP, RESTART = "stop", "restart"


class CoursePresenter:
    """Holds the course that was loaded and what is typed. `may_decide`: a pharmacist works here."""

    def __init__(self, words: Words, *, may_decide: bool, may_void: bool) -> None:
        self._words = words
        self._may_decide, self._may_void = may_decide, may_void
        self.loaded: LoadedCourse | None = None
        self.stop = StopDraft()
        self.restart = RestartDraft()
        self._touched: set[str] = set()
        self._refused: dict[str, tuple[Remark, ...]] = {}  # by form
        self._proposal: Proposal | None = None
        self._proposed: RestartTyped | None = None

    # -- what happened --------------------------------------------------------------------------------

    def take(self, loaded: LoadedCourse) -> None:
        """What is on file came. Of another order, nothing typed before is kept."""
        former, self.loaded = self.loaded, loaded
        other = former is None or former.view.order.order_number != loaded.view.order.order_number
        if other or (former is not None and former.view.course != loaded.view.course):
            self.forget()

    def forget(self) -> None:
        """Empty both forms."""
        self.stop, self.restart = StopDraft(), RestartDraft()
        self._touched, self._refused = set(), {}
        self._proposal = self._proposed = None

    @property
    def has_typed(self) -> bool:
        """Whether something typed would be lost."""
        return self.stop != StopDraft() or self.restart != RestartDraft()

    def type_stop(self, draft: StopDraft) -> None:
        """Something was typed into the form of a stop."""
        if draft != self.stop:
            self.stop = draft
            self._refused.pop(STOP, None)

    def type_restart(self, draft: RestartDraft) -> RestartTyped | None:
        """Something was typed into the form of a restart; what is to be proposed for it, if anything."""
        if draft == self.restart:
            return None
        self.restart = draft
        self._refused.pop(RESTART, None)
        typed = self.restart_typed()
        if typed is None:
            self._proposal = self._proposed = None
        return typed

    def left(self, form: str, field: str) -> None:
        """The keyboard went on: from now on remarks stand at this field at once."""
        self._touched.add(f"{form} {field}")

    def take_proposal(self, typed: RestartTyped, proposal: Proposal) -> None:
        """What a restart would bring; of an older typing, nothing is shown."""
        if typed == self.restart_typed():
            self._proposed, self._proposal = typed, proposal

    def refuse(self, form: str, error: PharmacyError) -> None:
        """A command was refused; every finding stands at its field."""
        match error:
            case RulesRefused():
                found = in_order(self._at_field(each) for each in error.findings)
            case InputRefused():
                found = (remark_of_refusal(error, self._words),)
            case _:
                raise error
        self._refused[form] = found

    def accepted(self, form: str) -> None:
        """A command was done: nothing of its refusals is left."""
        self._refused.pop(form, None)

    # -- what can be sent -----------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """That of the place of infusion."""
        assert self.loaded is not None
        return ZoneInfo(self.loaded.view.order.time_zone)

    def stop_typed(self) -> StopTyped | None:
        """The stop to be recorded; None: something cannot be read, and it is said at its field."""
        read = read_stop(self.stop, self.zone)
        self._refused[STOP] = tuple(remark_of_refusal(each, self._words) for each in read.refused)
        return read.typed

    def restart_typed(self) -> RestartTyped | None:
        """The restart as far as it can be read."""
        stop = self._open_stop
        if stop is None:
            return None
        return read_restart(self.restart, stop, self.zone, asks_clock=self._asks_clock).typed

    def restart_to_send(self) -> RestartTyped | None:
        """The restart to be recorded; None: something cannot be read, and it is said at its field."""
        stop = self._open_stop
        if stop is None:
            return None
        read = read_restart(self.restart, stop, self.zone, asks_clock=self._asks_clock)
        self._refused[RESTART] = tuple(remark_of_refusal(each, self._words) for each in read.refused)
        return read.typed

    # -- what is shown --------------------------------------------------------------------------------

    def view(self, now: datetime) -> CourseShown | None:
        """Everything the panel shows at this moment."""
        loaded, words = self.loaded, self._words
        if loaded is None:
            return None
        course, head = loaded.view, headline(loaded.view, now, loaded.protocol, words)
        state = head.state
        held = held_view(
            course, words, self._grouped(self._refused.get("answer", ())), may_answer=self._may_decide
        )
        return CourseShown(
            head=head,
            form=self._form(state),
            no_form=self._no_form(state),
            stop=self._stop_view(now),
            restart=self._restart_view(),
            story=story(course, loaded.told, words),
            findings=self._remarks(course.findings),
            advice=self._remarks(course.advice),
            bags=bag_rows(loaded.bags, words, may_void=self._may_void),
            held=held,
            next=next_view(loaded.next, words),
            may_accept_plan=self.may_accept_plan(head),
            may_end=self._may_decide and course.plan is not None and course.course.ended is None,
        )

    def head(self, now: datetime) -> Headline | None:
        """The state alone, for the running clock."""
        loaded = self.loaded
        return None if loaded is None else headline(loaded.view, now, loaded.protocol, self._words)

    def may_accept_plan(self, head: Headline) -> bool:
        """Whether a new plan is needed, and somebody is here who accepts it."""
        return self._may_decide and head.state is CourseState.NEW_PLAN_NEEDED

    def _form(self, state: CourseState) -> str:
        if state is CourseState.STOPPED:
            return RESTART if self._may_decide else ""
        ended = state in {CourseState.ENDED, CourseState.NO_PLAN, CourseState.NOT_BEGUN}
        return "" if ended else STOP

    def _no_form(self, state: CourseState) -> str:
        name = "technician" if state is CourseState.STOPPED else state.value
        return "" if self._form(state) else self._words(f"ui.course.no-form.{name}")

    def _stop_view(self, now: datetime) -> FormView:
        read = read_stop(self.stop, self.zone)
        found = [remark_of_refusal(each, self._words) for each in read.refused]
        if read.typed is not None:
            found += [self._at_field(each) for each in self._check_stop(read.typed, now)]
        return self._form_view(STOP, found, {"when": self.stop.when})

    def _check_stop(self, typed: StopTyped, now: datetime) -> tuple[Finding, ...]:
        assert self.loaded is not None
        view = self.loaded.view
        if view.plan is None:
            return ()
        bags = view.plan.content.bags
        hung = bag_at(bags, typed.stopped_at) or bags[0]
        stop = InfusionStop(
            order_number=view.order.order_number, number=next_number(view.course.stops),
            stopped_at=typed.stopped_at, event=typed.event, grade=typed.grade, signs=typed.signs,
            dose=hung.dose, reason=typed.reason, told_at=now,
        )  # fmt: skip
        return tuple(check_stop(stop, view.course, bags, zone=self.zone, now=now))

    def _restart_view(self) -> RestartView:
        stop = self._open_stop
        if stop is None:
            return RestartView(
                FormView(), asks_resolved=False, asks_clock=False, comparison=None, plan_remarks=()
            )
        read = read_restart(self.restart, stop, self.zone, asks_clock=self._asks_clock)
        found = [remark_of_refusal(each, self._words) for each in read.refused]
        proposal = self._proposal
        if proposal is not None:
            found += [self._at_field(each) for each in proposal.findings]
        moments = {"when": self.restart.when, "resolved": self.restart.resolved}
        return RestartView(
            form=self._form_view(RESTART, found, moments),
            asks_resolved=stop.event is not None,
            asks_clock=self._asks_clock,
            comparison=self._comparison(),
            plan_remarks=() if proposal is None else self._of_plan(proposal.plan),
        )

    def _of_plan(self, plan: Plan) -> tuple[Remark, ...]:
        """Whatever stops the plan, and what it says of itself; what the order asks for stands elsewhere."""
        own = ("plan.", "interruption.")
        found = (
            each for each in plan.findings if each.severity is Severity.STOP or each.code.startswith(own)
        )
        return self._remarks(tuple(found))

    def _comparison(self) -> Comparison | None:
        loaded, proposal, proposed = self.loaded, self._proposal, self._proposed
        if loaded is None or loaded.view.plan is None or proposal is None or proposed is None:
            return None
        if proposal.plan.refused:
            return None
        return compare_plans(
            loaded.view.plan,
            proposal.plan,
            loaded.bags,
            self._words,
            restarted_at=proposed.restarted_at,
        )

    @property
    def _open_stop(self) -> InfusionStop | None:
        return None if self.loaded is None else self.loaded.view.course.open_stop

    @property
    def _asks_clock(self) -> bool:
        """Only where the infusion is begun anew does the hour of the restart matter."""
        stop, at = self._open_stop, restart_moment(self.restart, self.zone)
        if stop is None or at is None:
            return stop is not None and stop.grade is not None and stop.grade >= GRADE_3
        assert self.loaded is not None
        made_up = Interruption(stop.stopped_at, at, stop.kind, keep_clock_time=False)
        return at > stop.stopped_at and is_made_up(made_up, self.loaded.protocol)

    def _form_view(self, form: str, found: list[Remark], moments: dict[str, TypedMoment]) -> FormView:
        """At once at the fields that were left; after a press, everything that was refused then."""
        shown = [each for each in found if not each.field or f"{form} {each.field}" in self._touched]
        pressed = self._refused.get(form, ())
        shown += [each for each in pressed if each not in shown]
        return FormView(
            self._grouped(shown), {n: self._which(m) for n, m in moments.items() if self._which(m)}
        )

    def _which(self, typed: TypedMoment) -> tuple[str, ...]:
        local = [each.astimezone(self.zone) for each in twice(typed, self.zone)]
        return tuple(f"{each:%H:%M} {offset_text(each)}" for each in local)

    def _grouped(self, remarks: list[Remark] | tuple[Remark, ...]) -> Remarks:
        fields = {each.field for each in remarks}
        return {name: in_order(each for each in remarks if each.field == name) for name in fields}

    def _at_field(self, each: Finding) -> Remark:
        return replace(remark_of_finding(each, self._words), field=FIELD_OF.get(each.code, ""))

    def _remarks(self, findings: tuple[Finding, ...]) -> tuple[Remark, ...]:
        return in_order(remark_of_finding(each, self._words) for each in findings)
