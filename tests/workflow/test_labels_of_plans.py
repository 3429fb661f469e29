"""A label belongs to the plan in force: on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.engine import Database
from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.plan import Plan
from pharmacy_app.wording import load
from pharmacy_app.workflow.label import MadeLabel, keep_label, make_specimen
from pharmacy_app.workflow.order import keep_order
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_on_file import keep_plan
from tests.support.orders import order
from tests.support.rulebooks import rulebook
from tests.support.stations import station_of

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
REASONS = {"order.prescribed-missing": "Compared with the prescription"}


def plan(*sequence_h: int) -> Plan:
    return make_plan(order(**{"bags.sequence_h": list(sequence_h)}), rulebook(), now=NOW)


def label_of(made_for: Plan, revision: int) -> MadeLabel:
    return make_specimen(
        made_for,
        2,
        site=rulebook().site,
        words=load(),
        renderer=PdfLabelRenderer(),
        stock="4x3",
        dpi=203,
        plan_revision=revision,
    )


@pytest.fixture
def first_plan(database: Database) -> Plan:
    keep_order(order(), REASONS, station_of(database, now=NOW), accept=True)
    kept = plan(168, 168, 168, 168)
    assert keep_plan(kept, {}, station_of(database, now=NOW)) == 1
    return kept


def refused(database: Database, made: MadeLabel, revision: int) -> list[str]:
    with pytest.raises(RulesRefused) as refusal:
        keep_label(made, station_of(database, now=NOW), plan_revision=revision)
    return [each.code for each in refusal.value.findings]


@pytest.mark.req("REQ-LBL-001")
def test_the_label_of_the_plan_in_force_is_kept(database: Database, first_plan: Plan) -> None:
    keep_label(label_of(first_plan, 1), station_of(database, now=NOW), plan_revision=1)

    with database(reading=True) as work:
        assert [each.plan_revision for each in work.labels.of_order("RX-1001")] == [1]


@pytest.mark.req("REQ-LBL-001")
def test_a_label_of_a_plan_that_another_station_has_replaced_is_not_kept(
    database: Database, first_plan: Plan
) -> None:
    keep_plan(plan(96, 72, 96, 96, 96, 96, 96, 24), {}, station_of(database, now=NOW))

    assert refused(database, label_of(first_plan, 1), 1) == ["label.plan-not-in-force"]
    assert refused(database, label_of(first_plan, 2), 2) == ["label.plan-not-in-force"]


@pytest.mark.req("REQ-LBL-001")
def test_a_label_of_a_plan_that_nobody_accepted_is_not_kept(database: Database, first_plan: Plan) -> None:
    assert first_plan.bags
    assert refused(database, label_of(plan(*[24] * 28), 1), 1) == ["label.plan-not-in-force"]
