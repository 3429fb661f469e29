"""What the label of a bag on file rests on: the bag, the plan in force computed again, and people's names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop
from pharmacy_app.domain.plan_record import plan_record
from pharmacy_app.domain.verification import check_plan
from pharmacy_app.workflow.bag_on_file import read_bag_on_file
from pharmacy_app.workflow.course_on_file import (
    as_it_ran,
    check_course_of,
    others_as_they_ran,
    read_course,
)
from pharmacy_app.workflow.open_bags import check_protocol_under
from pharmacy_app.workflow.plan import make_plan

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.domain.plan import Plan, PlannedBag
    from pharmacy_app.domain.plan_record import PlanRecord
    from pharmacy_app.workflow.bag_on_file import BagOnFile
    from pharmacy_app.workflow.rulebook import Rulebook
    from pharmacy_app.workflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LabelGround:
    """A bag whose plan and protocol are in force. The names are as people are shown."""

    bag: Bag
    plan: Plan
    plan_revision: int
    planned: PlannedBag
    prepared_by: tuple[str, ...]
    verified_by: str


def read_ground(work: UnitOfWork, serial: str, rules: Rulebook, *, now: datetime) -> LabelGround:
    """Everything that the label of this bag says.

    Raises:
        InputRefused: there is no such bag.
        RulesRefused: the bag was made for another plan or protocol than those in force, or the plan that is
            computed now is not the one on file.
    """
    file = read_bag_on_file(work, serial)
    found = check_ground(work, file, rules)
    if has_stop(found):
        raise RulesRefused(found)
    plan = _plan_again(work, file, rules, now=now)
    return LabelGround(
        bag=file.bag,
        plan=plan,
        plan_revision=file.plan.revision,
        planned=plan.bags[file.bag.started.bag_number - 1],
        prepared_by=tuple(_shown_name(work, each) for each in file.bag.prepared_by),
        verified_by=_shown_name(work, file.bag.released_by),
    )


def check_ground(work: UnitOfWork, file: BagOnFile, rules: Rulebook) -> tuple[Finding, ...]:
    """Whether the bag's plan and protocol are still those in force."""
    in_force = replace(file.in_force, started_before_it_was_entered=False)
    return (
        *check_plan(file.bag, in_force),
        *check_protocol_under(work, file.bag, rules.protocol),
        *check_course_of(work, file, rules.protocol),
    )


def _plan_again(work: UnitOfWork, file: BagOnFile, rules: Rulebook, *, now: datetime) -> Plan:
    order = file.order.order
    order = as_it_ran(order, read_course(work, order.order_number), told_until=file.plan.made_at)
    fixed = replace(order, bags=replace(order.bags, sequence_h=file.plan.content.sequence_h))
    others = [each for each in others_as_they_ran(order, work) if each.order_number != order.order_number]
    plan = make_plan(fixed, rules, now=now, on_file=others)
    if plan.refused:
        raise RulesRefused(plan.findings)
    if plan_record(plan).bags != file.plan.content.bags:  # its protocol was asked about before
        raise RulesRefused((plan_not_in_force(order.order_number, file.plan.revision),))
    return plan


def same_bags(kept: PlanRecord, plan: Plan) -> bool:
    """Whether a plan computed now has the bags, and the protocol, of one on file."""
    now = plan_record(plan)
    return (kept.protocol_digest, kept.bags) == (now.protocol_digest, now.bags)


def plan_not_in_force(order_number: str, revision: int) -> Finding:
    """A label belongs to the plan in force: another station may have accepted a newer one."""
    values = {"order": order_number, "plan": str(revision)}
    return finding("label.plan-not-in-force", Severity.STOP, "REQ-PLN-009", Mark.DERIVED, **values)


def _shown_name(work: UnitOfWork, name: str) -> str:
    """As others read it; the account's name where the account itself is not on file."""
    person = work.people.latest(name)
    return name if person is None else person.display_name
