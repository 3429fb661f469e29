"""A plan's bags and totals, from times and recipes."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.bag_schedule import DoseTime, cycle_stretch, schedule
from pharmacy_app.domain.cycle_bags import HungBag
from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.plan import PlannedBag, Totals, planned_bags, totals_of
from pharmacy_app.domain.quantity import DoseRate, Duration, Mass
from tests.support.orders import order_document
from tests.support.rulebooks import plan_of, protocol

OPEN = ClosedDays(lambda _: False, 0)
LIMITS = {each: Duration(Decimal(168 if each == 168 else 96)) for each in (24, 48, 72, 96, 168)}


def bags_of(
    *hung: tuple[int, str], start: str = "2027-01-04T14:00", closed: ClosedDays = OPEN
) -> tuple[PlannedBag, ...]:
    """Bags of these durations in hours and doses in mcg/day, hung one after the other in Toronto."""
    doses = [DoseTime(DoseRate(Decimal(dose)), duration_h * 60) for duration_h, dose in hung]
    rest = DoseTime(DoseRate(Decimal(28)), 28 * 1440 - sum(each.minutes for each in doses))
    stretch = cycle_stretch(
        datetime.fromisoformat(start), ZoneInfo("America/Toronto"), [*_joined(doses), rest]
    )
    times = schedule(stretch, [duration_h for duration_h, _ in hung], LIMITS)
    bags = [
        HungBag(bag, protocol().recipe(duration_h, each.dose), restart=False, held=False, not_before=None)
        for bag, each, (duration_h, _) in zip(times, doses, hung, strict=True)
    ]
    return planned_bags(bags, [None] * len(bags), protocol=protocol(), closed=closed)


def _joined(doses: list[DoseTime]) -> list[DoseTime]:
    """Neighbours of one dose are one run: no wall stands between them."""
    runs: list[DoseTime] = []
    for each in doses:
        minutes = runs.pop().minutes if runs and runs[-1].dose == each.dose else 0
        runs.append(DoseTime(each.dose, minutes + each.minutes))
    return runs


@pytest.mark.req("REQ-PLN-005", "REQ-MIX-006")
@pytest.mark.parametrize(
    ("start", "duration_h", "runs", "infused", "overfill"),
    [
        ("2027-01-04T14:00", 24, "24", "240", "38.1"),
        ("2027-01-04T14:00", 48, "48", "240", "40.7"),
        ("2027-01-04T14:00", 72, "72", "237.6", "45.9"),
        ("2027-01-04T14:00", 96, "96", "240", "46.2"),
        ("2027-01-04T14:00", 168, "168", "100.8", "9.2"),
        ("2026-10-31T14:00", 24, "25", "250", "28.1"),
        ("2026-10-31T14:00", 48, "49", "245", "35.7"),
        ("2026-10-31T14:00", 72, "73", "240.9", "42.6"),
        ("2026-10-31T14:00", 96, "96", "240", "46.2"),
        ("2026-10-31T14:00", 168, "168", "100.8", "9.2"),
        ("2027-03-13T14:00", 24, "23", "230", "48.1"),
        ("2027-03-13T14:00", 48, "47", "235", "45.7"),
        ("2027-03-13T14:00", 72, "71", "234.3", "49.2"),
        ("2027-03-13T14:00", 96, "95", "237.5", "48.7"),
        ("2027-03-13T14:00", 168, "167", "100.2", "9.8"),
    ],
)
def test_the_volume_to_infuse_follows_the_hours_that_pass(
    start: str, duration_h: int, runs: str, infused: str, overfill: str
) -> None:
    (bag,) = bags_of((duration_h, "28"), start=start)
    assert (bag.elapsed.number, bag.volume_to_infuse.number, bag.overfill.number) == (runs, infused, overfill)


@pytest.mark.req("REQ-PLN-002")
def test_the_dose_is_counted_by_clock_days_also_where_the_clock_moves() -> None:
    for start in ("2027-01-04T14:00", "2026-10-31T14:00", "2027-03-13T14:00"):
        ordered = [bag.ordered.number for bag in bags_of((24, "9"), (96, "28"), (168, "28"), start=start)]
        assert ordered == ["9", "112", "196"]


@pytest.mark.req("REQ-PLN-011")
def test_line_and_dose_changes_belong_to_the_bag_that_is_hung() -> None:
    bags = bags_of((24, "9"), (24, "9"), (48, "9"), (48, "28"), (48, "28"), (24, "28"))
    assert [bag.line_change for bag in bags] == [False, False, True, True, False, True]
    assert [bag.dose_change for bag in bags] == [False, False, False, True, False, False]


@pytest.mark.req("REQ-PLN-008")
def test_the_totals_are_the_sums_of_the_bags() -> None:
    """1 + 2 + 2 + 4 + 6 vials of 35 mcg; 9 + 63 + 36 + 112 + 196 mcg; 7 + 7 days with benzyl alcohol."""
    after_day_8_and_at_the_wall = ClosedDays(lambda day: day.isoformat() in {"2027-01-12", "2027-01-16"}, 0)
    bags = bags_of(
        (24, "9"), (168, "9"), (96, "9"), (96, "28"), (168, "28"), closed=after_day_8_and_at_the_wall
    )
    assert totals_of(bags, protocol()) == Totals(
        bags=5,
        changes=4,
        closed_day_changes=1,
        line_changes=4,
        vials=15,
        drug_ordered=Mass(Decimal(416)),
        drug_discarded=Mass(Decimal(109)),
        benzyl_alcohol_days=14,
    )


@pytest.mark.req("REQ-PLN-002")
def test_a_plan_with_a_stop_is_refused_and_one_with_reasons_is_not() -> None:
    plan = plan_of(order_document())
    assert {each.severity for each in plan.findings} == {Severity.REASON, Severity.NOTE}
    assert not plan.refused
    stop = finding("plan.none", Severity.STOP, "REQ-PLN-006", Mark.DERIVED)
    assert replace(plan, findings=(*plan.findings, stop)).refused
