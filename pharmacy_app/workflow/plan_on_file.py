"""Plans kept: the newest one of an order counts, none is edited."""

from __future__ import annotations

from datetime import datetime

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.plan_record import plan_digest, plan_record_digest
from pharmacy_app.workflow.ports import OpenUnitOfWork
from pharmacy_app.workflow.record import entry
from pharmacy_app.workflow.rulebook import Rulebook


def keep_plan(plan: Plan, rulebook: Rulebook, open_unit_of_work: OpenUnitOfWork, *, now: datetime) -> int:
    """Keep a plan of an order on file, with its entry; its revision for that order, counted from 1.

    The plan that is on file already is not kept twice.

    Raises:
        RulesRefused: the plan is refused.
        StationTrouble: the database does not take it; nothing was kept.
    """
    if plan.refused:
        raise RulesRefused(plan.findings)
    digest = plan_digest(plan)
    with open_unit_of_work() as work:
        latest = work.plans.latest(plan.order.order_number)
        if latest is not None and plan_record_digest(latest.content) == digest:
            return latest.revision
        revision = work.plans.add(plan, made_at=now)
        bags = " ".join(str(duration_h) for duration_h in plan.sequence_h)
        facts = (("bags", bags), ("revision", str(revision)), ("zone data", plan.zone_data))
        thing = f"order {plan.order.order_number}"
        work.audit.add(
            entry("plan-accepted", thing=thing, at=now, site=rulebook.site, facts=facts, digest_after=digest)
        )
        work.commit()
    return revision
