"""An order whose infusion does not go to plan: who stops it, begins it again, ends it, plans it anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from pharmacy_app.domain.audit import EVERY_ENTRY
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.infusion_stop import InfusionRestart, InfusionStop
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.plan_record import PlanRecord
from pharmacy_app.workflow.course import Course, RestartTyped, StopTyped
from pharmacy_app.workflow.plan_on_file import keep_plan, plan_beside_file
from tests.support.bench import REASON
from tests.support.ledgers import clock, coded
from tests.support.stations import PHARMACIST, TECHNICIAN
from tests.support.wards import Ward, label, tag

OKAFOR = "Dr. L. Okafor"
ORDER = "RX-1001"
RELAPSED = {
    "indication": "relapsed-refractory", "bags.hospital_days": 9,
    "prescribed": [{"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
                   {"from_day": 8, "to_day": 28, "mcg_per_day": "28"}],
}  # fmt: skip


@dataclass(slots=True)
class Story:
    """A ward with one order. The clock goes by `at`: `+2/14:00` is two days after the start, in Toronto."""

    ward: Ward

    def at(self, text: str) -> None:
        """The clock shows this."""
        self.ward.at(text)

    def moment(self, text: str) -> datetime:
        """A clock time as an instant."""
        return clock(self.ward.today.date(), text)

    def course(self, actor: Actor = PHARMACIST) -> Course:
        """The commands."""
        return Course(self.ward.day.station(actor))

    def stop(self, when: str, *, actor: Actor = TECHNICIAN, **typed: Any) -> InfusionStop:
        """Stopped then, recorded now."""
        reason = {"reason": "Port re-accessed", **typed}
        return self.course(actor).stop(ORDER, StopTyped(self.moment(when), **reason))

    def restart(self, when: str, *, actor: Actor = PHARMACIST, **typed: Any) -> InfusionRestart:
        """Begun again then, recorded now, by the prescriber's decision."""
        return self.course(actor).restart(ORDER, self.typed(when, **typed))

    def typed(self, when: str, **typed: Any) -> RestartTyped:
        """What is typed for a restart."""
        if isinstance(resolved := typed.get("resolved_at"), str):
            typed["resolved_at"] = self.moment(resolved)
        decided = {"prescriber": OKAFOR, "decision": "Go on", **typed}
        return RestartTyped(self.moment(when), **decided)

    def answer(self, *, not_recurred: bool | None = True, actor: Actor = PHARMACIST) -> None:
        """The toxicity has not come back, or it has."""
        self.course(actor).answer_full_dose(ORDER, prescriber=OKAFOR, not_recurred=not_recurred)

    def order(self) -> Order:
        """The order as it is on file."""
        with self.ward.day.database(reading=True) as work:
            stored = work.orders.with_number(ORDER)
        assert stored is not None
        return stored.order

    def plan(self) -> Plan:
        """The best plan for the infusion as it ran."""
        return plan_beside_file(self.order(), self.ward.day.station(PHARMACIST))

    def keep(self, plan: Plan | None = None) -> int:
        """That plan, or another, kept with a reason for whatever asks for one; its revision."""
        kept = plan or self.plan()
        assert not kept.refused, [each.code for each in kept.findings]
        reasons = {each.code: REASON for each in kept.findings}
        return keep_plan(kept, reasons, self.ward.day.station(PHARMACIST))

    def on_file(self) -> PlanRecord:
        """The newest plan."""
        with self.ward.day.database(reading=True) as work:
            latest = work.plans.latest(ORDER)
        assert latest is not None
        return latest.content

    def hung(self, number: int, mixed: str, hung: str) -> str:
        """A bag that was mixed, released, handed out and hung at these times; its serial."""
        self.at(mixed)
        serial = self.ward.released(ORDER, number)
        ledger = self.ward.ledger()
        ledger.match(tag(serial), label(serial))
        ledger.refrigerate(serial)
        self.at(hung)
        ledger.take_out(serial)
        ledger.dispense(label(serial))
        ledger.hang(label(serial))
        return serial

    def newest(self) -> tuple[str, str, dict[str, str]]:
        """The newest entry of the record: its act, its thing, and what it tells."""
        with self.ward.day.database(reading=True) as work:
            entry = work.audit.entries(EVERY_ENTRY, limit=1)[0]
        return entry.act, entry.thing, dict(json.loads(entry.facts))

    def whole(self) -> bool:
        """Whether the chain of the record is unbroken."""
        with self.ward.day.database(reading=True) as work:
            return work.audit.check().findings == ()


def refused(act: Callable[[], object]) -> set[str]:
    """The codes with which it is refused."""
    with pytest.raises(RulesRefused) as refusal:
        act()
    return {coded(each) for each in refusal.value.findings}
