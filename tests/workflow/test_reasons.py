"""A reason that a pharmacist must give is asked for, kept, and never lost: on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.order import keep_order
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_on_file import keep_plan, reasons_still_open
from tests.support.orders import order
from tests.support.rulebooks import rulebook
from tests.support.stations import station_of

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FULL_DOSES = [
    {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
    {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
]
BOARD = "Tumour board of 2026-11-19, obstetrics informed"


def pregnant(**changes: object) -> Order:
    return order(**{"patient.pregnant": True, "prescribed": FULL_DOSES, **changes})


def plan_of(asked: Order) -> Plan:
    return make_plan(asked, rulebook(), now=NOW)


def refused_codes(refusal: RulesRefused) -> list[str]:
    return [each.code for each in refusal.findings if each.severity is Severity.STOP]


@pytest.mark.req("REQ-SUP-007")
def test_a_course_in_pregnancy_is_not_kept_without_its_reason(database: Database) -> None:
    with pytest.raises(RulesRefused) as refusal:
        keep_order(pregnant(), {}, station_of(database, now=NOW))

    assert refused_codes(refusal.value) == ["order.reason-missing"]


@pytest.mark.req("REQ-SUP-007", "REQ-AUD-001")
def test_the_reason_for_a_course_in_pregnancy_is_kept_with_the_order(database: Database) -> None:
    keep_order(pregnant(), {"course.pregnant": BOARD}, station_of(database, now=NOW))

    with database(reading=True) as work:
        assert dict(work.orders.all()[0].reasons) == {"course.pregnant": BOARD}


@pytest.mark.req("REQ-SUP-007")
def test_7_day_bags_by_hand_in_pregnancy_rest_on_the_reason_for_the_course(database: Database) -> None:
    asked = pregnant(**{"bags.sequence_h": [168, 168, 168, 168]})
    keep_order(asked, {"course.pregnant": BOARD}, station_of(database, now=NOW), accept=True)

    assert keep_plan(plan_of(asked), {}, station_of(database, now=NOW)) == 1


@pytest.mark.req("REQ-ORD-010")
def test_a_plan_is_not_accepted_while_a_reason_of_its_order_is_open(database: Database) -> None:
    asked = order(cycle=2, prescribed=[{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}])
    keep_order(asked, None, station_of(database, now=NOW), accept=True)

    with pytest.raises(RulesRefused) as refusal:
        keep_plan(plan_of(asked), {}, station_of(database, now=NOW))

    assert refused_codes(refusal.value) == ["order.reason-missing"]
    assert [each.code for each in reasons_still_open(plan_of(asked), database)] == ["order.earlier-cycle"]


@pytest.mark.req("REQ-ORD-010", "REQ-AUD-001")
def test_a_reason_given_at_acceptance_stands_in_the_record(database: Database, engine: Engine) -> None:
    asked = order(cycle=2, prescribed=[{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}])
    keep_order(asked, None, station_of(database, now=NOW), accept=True)

    reasons = {"order.earlier-cycle": "Cycle 1 given at another hospital in September"}
    assert keep_plan(plan_of(asked), reasons, station_of(database, now=NOW)) == 1
    with engine.connect() as connection:
        facts = connection.execute(
            text("SELECT facts FROM audit_entry WHERE act = 'plan-accepted'")
        ).scalar_one()
    assert "Cycle 1 given at another hospital in September" in facts


@pytest.mark.req("REQ-SUP-007")
def test_blanks_are_no_reason(database: Database) -> None:
    with pytest.raises(RulesRefused):
        keep_order(pregnant(), {"course.pregnant": "   "}, station_of(database, now=NOW))
