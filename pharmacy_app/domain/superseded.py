"""A made bag beside the plan in force: where the newest plan says otherwise than its label (REQ-PLN-009)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.hanging import local
from pharmacy_app.domain.plan_record import BagRecord


@dataclass(frozen=True, slots=True)
class PlanOfBag:
    """One plan of an order as it concerns one of its bags. `bag` None: the plan has no such bag."""

    revision: int
    bags: tuple[BagRecord, ...]
    number: int

    @property
    def bag(self) -> BagRecord | None:
        """What the plan says of the bag."""
        return next((each for each in self.bags if each.number == self.number), None)

    @property
    def after(self) -> tuple[BagRecord, ...]:
        """The bags that follow it."""
        return tuple(each for each in self.bags if each.number > self.number)


def check_superseded(
    made_for: PlanOfBag, in_force: PlanOfBag, *, hangs: bool, zone: ZoneInfo
) -> tuple[Finding, ...]:
    """A stop for each thing that differs: time, dose, count of bags, change, or what else the label says.

    Of a bag that hangs only dose and change still matter.
    """
    if made_for.revision == in_force.revision:
        return ()
    made, now = made_for.bag, in_force.bag
    if made is None or now is None:
        return (finding("verify.bag-not-planned", Severity.STOP, "REQ-PLN-009", Mark.DERIVED),)
    plan = str(in_force.revision)
    found = list(_what_still_matters(made, now, plan=plan, zone=zone))
    if hangs:
        return tuple(found)
    if made.start_at != now.start_at:
        times = {"made": local(made.start_at, zone), "now": local(now.start_at, zone)}
        found.insert(0, _stop("ledger.plan-time", plan=plan, **times))
    if len(made_for.bags) != len(in_force.bags):
        counts = {"made": str(len(made_for.bags)), "now": str(len(in_force.bags))}
        found.append(_stop("ledger.plan-count", plan=plan, **counts))
    if not found and _printed(made) != _printed(now):
        found.append(_stop("ledger.plan-other", plan=plan))
    return tuple(found)


def _what_still_matters(made: BagRecord, now: BagRecord, *, plan: str, zone: ZoneInfo) -> Iterator[Finding]:
    if made.dose != now.dose:
        yield _stop("ledger.plan-dose", plan=plan, made=made.dose.number, now=now.dose.number)
    if made.change_at != now.change_at:
        times = {"made": local(made.change_at, zone), "now": local(now.change_at, zone)}
        yield _stop("ledger.plan-change", plan=plan, **times)


def _printed(bag: BagRecord) -> BagRecord:
    """What a label says of it: on which days changes cost stands on none."""
    return replace(bag, closed_day_change=False)


def _stop(code: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-PLN-009", Mark.DERIVED, **values)
