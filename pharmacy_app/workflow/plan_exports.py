"""The plan in force as it leaves the program: on one page, and as a calendar. Each copy has its entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.label_ground import same_bags
from pharmacy_app.workflow.order import check_accepted, thing_of
from pharmacy_app.workflow.plan_calendar import CalendarWriter, plan_calendar
from pharmacy_app.workflow.plan_paper import paper_size, plan_paper
from pharmacy_app.workflow.ports import Phrases, PlanRenderer
from pharmacy_app.workflow.record import entry, refuse
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import StoredPlan, UnitOfWork

_ACTS = {"pdf": "plan-printed", "ics": "calendar-exported"}  # by the end of the file's name


@dataclass(frozen=True, slots=True)
class PlanExport:
    """A file of one revision of a plan, to be given out once its entry is kept. `act` names that entry."""

    name: str
    content: bytes
    act: str
    order_number: str
    revision: int


@dataclass(frozen=True, slots=True)
class PlanDrawers:
    """Who makes the files."""

    page: PlanRenderer
    calendar: CalendarWriter


@dataclass(frozen=True, slots=True)
class PlanExports:
    """What can be given out of a plan. `plan_on_file` computes an order's accepted plan again.

    Only the plan in force is given out: accepted, of an order that is accepted as it stands, and today's
    rules lead to the same bags.
    """

    station: Station
    words: Phrases
    drawers: PlanDrawers
    plan_on_file: Callable[[str], Plan | None]

    def paper(self, order_number: str) -> PlanExport:
        """The plan on one page, as PDF, on the paper of the protocol's country.

        Raises:
            RulesRefused: it is not in force, it does not fit, or it is not for the person who works here.
                The refusal is recorded.
        """
        act, rules = _ACTS["pdf"], self.station.rulebook()
        plan, kept = self._in_force(order_number, act)
        paper = plan_paper(plan, rules, revision=kept[-1].revision, accepted_at=kept[-1].made_at)
        drawn = self.drawers.page.draw(paper, size=paper_size(rules.protocol.country))
        if drawn.findings:
            with self.station.open_unit_of_work() as work:
                self._refuse(work, order_number, act, drawn.findings)
        return _export(drawn.pdf, order_number, kept[-1].revision, ending="pdf", act=act)

    def calendar(self, order_number: str) -> PlanExport:
        """The plan as a calendar file, with what a former plan had and this one has not as cancelled.

        Raises:
            RulesRefused: it is not in force, or not for the person who works here. The refusal is recorded.
        """
        act, site = _ACTS["ics"], self.station.rulebook().site
        plan, kept = self._in_force(order_number, act)
        content = self.drawers.calendar.write(plan_calendar(plan, kept, site, self.words))
        return _export(content, order_number, kept[-1].revision, ending="ics", act=act)

    def keep(self, export: PlanExport) -> None:
        """Keep that a file is given out: no copy of a plan leaves without an entry that says so.

        Raises:
            RulesRefused: another plan was accepted since it was made; the refusal is recorded.
            StationTrouble: the database does not take it; nothing may be given out.
        """
        actor, site = self.station.permitted(Permission.PRINT), self.station.rulebook().site
        with self.station.open_unit_of_work() as work:
            latest = work.plans.latest(export.order_number)
            if latest is None or latest.revision != export.revision:
                found = (_stop("plan-export.not-in-force", order=export.order_number),)
                self._refuse(work, export.order_number, export.act, found)
            digest = hashlib.sha256(export.content).hexdigest()
            told = (("plan", str(export.revision)), ("file", export.name), ("sha256", digest))
            thing, at = thing_of(export.order_number, work), self.station.now()
            work.audit.add(entry(export.act, actor=actor, thing=thing, at=at, site=site, facts=told))
            work.commit()

    def _in_force(self, order_number: str, act: str) -> tuple[Plan, tuple[StoredPlan, ...]]:
        """The plan in force, and all plans of its order on file, the first one first."""
        self.station.permitted(Permission.PRINT)
        plan = self.plan_on_file(order_number)
        with self.station.open_unit_of_work() as work:
            kept = _all_kept(work, order_number)
            if plan is None or not kept:
                self._refuse(
                    work, order_number, act, (_stop("plan-export.not-accepted", order=order_number),)
                )
            found = _why_not(work, plan, kept[-1])
            if found:
                self._refuse(work, order_number, act, found)
        return plan, kept

    def _refuse(self, work: UnitOfWork, order_number: str, act: str, found: tuple[Finding, ...]) -> NoReturn:
        actor, site, at = self.station.actor(), self.station.rulebook().site, self.station.now()
        thing = thing_of(order_number, work)
        refuse(work, RulesRefused(found), act=f"{act}-refused", thing=thing, actor=actor, at=at, site=site)


def _export(content: bytes, number: str, revision: int, *, ending: str, act: str) -> PlanExport:
    name = f"plan-{number.replace('/', '-')}-{revision}.{ending}"
    return PlanExport(name, content, act, number, revision)


def _all_kept(work: UnitOfWork, order_number: str) -> tuple[StoredPlan, ...]:
    latest = work.plans.latest(order_number)
    last = 0 if latest is None else latest.revision
    found = (work.plans.with_revision(order_number, each) for each in range(1, last + 1))
    return tuple(each for each in found if each is not None)


def _why_not(work: UnitOfWork, plan: Plan, kept: StoredPlan) -> tuple[Finding, ...]:
    if plan.refused:
        return plan.findings
    found = check_accepted(work, plan.order)
    if not same_bags(kept.content, plan):
        found = (*found, _stop("plan-export.not-in-force", order=plan.order.order_number))
    return found


def _stop(code: str, *, order: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-PLN-009", Mark.DERIVED, order=order)
