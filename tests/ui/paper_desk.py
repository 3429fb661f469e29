"""A desk without a database: the workflow's own answers, with what is kept in lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pharmacy_app.domain.errors import PharmacyError
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.supply import Supplies, check_supplies
from pharmacy_app.workflow.plan import Alternative, alternatives, make_plan
from pharmacy_app.workflow.ports import RenderedDocument, StoredOrder
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.worksheet import Worksheet, make_worksheet
from tests.support.plans import NOW, rulebook


@dataclass
class PaperDesk:
    """Set `trouble` to have every change and every document refused with it."""

    on_file: Sequence[Order] = ()
    kept_plans: list[Plan] = field(default_factory=list)
    rulebook: Rulebook = field(default_factory=rulebook)
    trouble: PharmacyError | None = None
    asked: list[str] = field(default_factory=list)

    @property
    def protocol(self) -> Protocol:
        return self.rulebook.protocol

    @property
    def site(self) -> Site:
        return self.rulebook.site

    def now(self) -> datetime:
        return NOW

    def orders(self) -> tuple[StoredOrder, ...]:
        return tuple(StoredOrder(order, NOW, starts_at=NOW, ends_at=NOW) for order in self.on_file)

    def plan(self, order: Order) -> Plan:
        return make_plan(order, self.rulebook, now=NOW)

    def alternatives(self, plan: Plan) -> tuple[Alternative, ...]:
        return alternatives(plan, self.rulebook, now=NOW)

    def keep_plan(self, plan: Plan) -> int:
        if self.trouble is not None:
            raise self.trouble
        self.kept_plans.append(plan)
        return len(self.kept_plans)

    def plan_on_file(self, order_number: str) -> Plan | None:
        for plan in reversed(self.kept_plans):
            if plan.order.order_number == order_number:
                bags = replace(plan.order.bags, sequence_h=plan.sequence_h)
                return self.plan(replace(plan.order, bags=bags))
        return None

    def worksheet(self, plan: Plan, number: int) -> Worksheet:
        return make_worksheet(plan, number, self.site)

    def worksheet_pdf(self, worksheet: Worksheet) -> RenderedDocument:
        self.asked.append(f"worksheet {worksheet.bag.number}")
        if self.trouble is not None:
            raise self.trouble
        return RenderedDocument(b"%PDF worksheet", ())

    def check_supplies(self, supplies: Supplies) -> tuple[Finding, ...]:
        return check_supplies(supplies, self.protocol)
