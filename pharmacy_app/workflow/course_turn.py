"""One command about the course of an order: its transaction, who gives it, and the course before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Hung, Stopped
from pharmacy_app.domain.clock import elapsed
from pharmacy_app.domain.course_rules import check_told_after
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.fact import FactType
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.workflow.bag_on_file import bags_of_order, keep_happening
from pharmacy_app.workflow.course_on_file import read_course
from pharmacy_app.workflow.record import Told, entry, keep

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.domain.infusion_stop import CourseOnFile
    from pharmacy_app.domain.person import Actor, Permission
    from pharmacy_app.workflow.rulebook import Rulebook
    from pharmacy_app.workflow.station import Station
    from pharmacy_app.workflow.unit_of_work import Facts, StoredOrder, StoredPlan, UnitOfWork


@dataclass(frozen=True, slots=True)
class CourseTurn:
    """One command: its transaction, who gives it when, and the course before it."""

    work: UnitOfWork
    actor: Actor
    rules: Rulebook
    at: datetime
    order: StoredOrder
    plan: StoredPlan
    course: CourseOnFile

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.order.order.time_zone)

    @property
    def thing(self) -> str:
        return f"order {self.order.order.order_number}"

    def stop_on(self, found: Iterable[Finding], act: str) -> None:
        """Record the refusal and refuse, where a stop is among the findings."""
        findings = stops_first(found)
        if has_stop(findings):
            told = (("findings", ", ".join(each.code for each in findings)),)
            self.tell(act, told)
            self.work.commit()
            raise RulesRefused(findings)

    def check_told_after(self) -> Iterator[Finding]:
        """A stop where the clock is behind the plan, or what is on file of the course or of a hung bag."""
        told = [each.told_at for each in self.course.stops]
        told += [each.told_at for each in self.course.restarts]
        moved = (event.at for bag in self._hung_bags() for event in bag.events)
        last = max((self.plan.made_at + timedelta.resolution, *told, *moved))
        return check_told_after(last, zone=self.zone, now=self.at)

    def tell(self, act: str, told: Told) -> None:
        """An entry without a fact."""
        self.work.audit.add(
            entry(act, actor=self.actor, thing=self.thing, at=self.at, site=self.rules.site, facts=told)
        )

    def keep(self, facts: Facts[FactType], fact: FactType, act: str, told: Told) -> None:
        """A fact with its entry."""
        keep(self.work, facts, fact, act=act, thing=self.thing, actor=self.actor, at=self.at,
             site=self.rules.site, told=told)  # fmt: skip

    def stop_hung_bags(self, stopped_at: datetime, reason: str) -> None:
        """What hangs is stopped too; void unless a pharmacist releases it again (REQ-INT-004)."""
        for bag in self._hung_bags():
            hung_at = bag.moment_of(Hung) or stopped_at
            ran = elapsed(min(hung_at, stopped_at), stopped_at)
            keep_happening(
                self.work, bag, Stopped(reason, ran), actor=self.actor, at=self.at,
                site=self.rules.site, told=(("reason", reason),),
            )  # fmt: skip

    def _hung_bags(self) -> tuple[Bag, ...]:
        bags = bags_of_order(self.work, self.order.order.order_number)
        return tuple(each for each in bags if each.state is BagState.HUNG)


@contextmanager
def course_turn(
    station: Station, order_number: str, permission: Permission, refused: str
) -> Iterator[CourseTurn]:
    """The transaction of one command; `refused` names the entry of a refusal.

    Raises:
        RulesRefused: it is not for the person who works here, or no plan of the order is on file; recorded.
    """
    actor, rules, at = station.permitted(permission), station.rulebook(), station.now()
    with station.open_unit_of_work() as work:
        order, plan = work.orders.with_number(order_number), work.plans.latest(order_number)
        if order is None or plan is None:
            none = finding("bench.no-plan", Severity.STOP, "REQ-VER-002", Mark.DERIVED, order=order_number)
            told = (("findings", none.code),)
            work.audit.add(entry(refused, actor=actor, thing="orders", at=at, site=rules.site, facts=told))
            work.commit()
            raise RulesRefused((none,))
        yield CourseTurn(work, actor, rules, at, order, plan, read_course(work, order_number))
