"""Plans on file: what was planned, after which protocol, in revisions that are never edited."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from db.engine import Database
from pharmacy_app.domain.plan_record import BagRecord, PlanRecord, plan_record
from pharmacy_app.domain.protocol import Diluent, FilterRule
from pharmacy_app.domain.quantity import DoseRate, Duration, Mass, Rate, Volume
from pharmacy_app.workflow.unit_of_work import StoredPlan
from tests.support.facts import NOON
from tests.support.orders import order_document
from tests.support.records import keep, keep_plan, plan, stored
from tests.support.rulebooks import plan_of

FIRST_BAG = BagRecord(
    number=1,
    first_day=1,
    last_day=7,
    dose=DoseRate(Decimal(9)),
    duration_h=168,
    elapsed=Duration(Decimal(168)),
    diluent=Diluent.BACTERIOSTATIC,
    filter=FilterRule.NONE,
    rate=Rate(Decimal("0.6")),
    volume_to_infuse=Volume(Decimal("100.8")),
    bag_volume=Volume(Decimal(110)),
    overfill=Volume(Decimal("9.2")),
    drug=Volume(Decimal("5.5")),
    vials=2,
    ordered=Mass(Decimal(63)),
    start_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
    change_at=datetime(2026, 11, 30, 19, 0, tzinfo=UTC),
    line_change=False,
    dose_change=False,
    closed_day_change=False,
    early=Duration(Decimal(0)),
    clock_time_skipped=False,
    clock_time_twice=False,
)


def latest(database: Database) -> PlanRecord:
    """The newest plan of the example order."""
    with database(reading=True) as work:
        found = work.plans.latest("RX-1001")
    assert found is not None
    return found.content


def test_the_bags_of_a_plan_come_back_as_they_were_planned(database: Database) -> None:
    keep(database, stored())
    keep_plan(database)
    assert latest(database).bags[0] == FIRST_BAG


@pytest.mark.req("REQ-PRO-002")
def test_a_plan_on_file_names_its_protocol(database: Database) -> None:
    keep(database, stored())
    keep_plan(database)
    found = latest(database)
    assert (found.protocol_drug, found.protocol_country, found.protocol_revision) == ("blinatumomab", "CA", 1)
    assert found.protocol_monograph.isoformat() == "2026-02-27"
    assert found.protocol_digest == plan().protocol.digest
    assert found.protocol_commissioned is False


def test_a_plan_comes_back_whole_with_its_totals(database: Database) -> None:
    keep(database, stored())
    keep_plan(database)
    found = latest(database)
    assert found == plan_record(plan())
    assert (found.totals.bags, found.totals.vials, found.totals.drug_ordered) == (4, 20, Mass(Decimal(651)))


def test_a_new_plan_is_the_next_revision_and_the_former_one_stays(database: Database) -> None:
    keep(database, stored())
    assert keep_plan(database) == 1
    assert keep_plan(database) == 2
    with database(reading=True) as work:
        assert work.plans.latest("RX-1001") == StoredPlan(2, NOON, plan_record(plan()))
        assert work.plans.with_revision("RX-1001", 1) == StoredPlan(1, NOON, plan_record(plan()))
        assert work.plans.with_revision("RX-1001", 3) is None
        assert work.plans.latest_sequence("RX-1001") == (2, (168, 168, 168, 168))


def test_revisions_are_counted_for_each_order(database: Database) -> None:
    other = plan_of(order_document(order_number="RX-2"))
    keep(database, stored(), stored(other.order))
    keep_plan(database)
    with database() as work:
        assert work.plans.add(other, made_at=NOON) == 1


def test_an_order_without_a_plan_has_none(database: Database) -> None:
    keep(database, stored())
    with database(reading=True) as work:
        assert work.plans.latest("RX-1001") is None
        assert work.plans.latest_sequence("RX-1001") is None


def test_a_refused_plan_is_not_kept(database: Database) -> None:
    keep(database, stored())
    refused = plan_of(order_document(**{"patient.weight_kg": "44.9"}))
    with database() as work, pytest.raises(ValueError, match="refused"):
        work.plans.add(refused, made_at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"protocol_digest": "sha256:other"},
        {"zone_data": "2027.1"},
        {"chosen": False},
        {"bags": (replace(FIRST_BAG, rate=Rate(Decimal("1.8"))),)},
        {"bags": (replace(FIRST_BAG, change_at=datetime(2026, 11, 30, 18, 0, tzinfo=UTC)),)},
    ],
)
def test_the_digest_of_a_plan_covers_each_field(change: dict[str, object]) -> None:
    from pharmacy_app.domain.plan_record import plan_record_digest

    record = plan_record(plan())
    changed = replace(record, **change)  # type: ignore[arg-type]  # by name
    assert plan_record_digest(changed) != plan_record_digest(record)
