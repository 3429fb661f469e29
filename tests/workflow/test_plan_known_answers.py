"""Plans whose figures are known beforehand, for each weekday on which a cycle may start."""

from typing import Any

import pytest

from pharmacy_app.domain.plan import Plan
from tests.support.orders import document_starting, order_document
from tests.support.rulebooks import plan_of

# A week whose cycles meet no change of the clock.
STARTS = {
    "Monday": "2027-01-04T14:00",
    "Tuesday": "2027-01-05T14:00",
    "Wednesday": "2027-01-06T14:00",
    "Thursday": "2027-01-07T14:00",
    "Friday": "2027-01-08T14:00",
    "Saturday": "2027-01-09T14:00",
    "Sunday": "2027-01-10T14:00",
}
ONE_DOSE, WITH_WALL = "consolidation", "relapsed-refractory"
UP_TO_96_H, ALL = [24, 48, 72, 96], [24, 48, 72, 96, 168]
WEEKEND: list[str] = ["saturday", "sunday"]


def plan(weekday: str, indication: str, durations_h: list[int], closed_days: list[str], **more: Any) -> Plan:
    """The plan of cycle 1 that starts on a weekday."""
    bags = {"durations_h": durations_h, "closed_days": closed_days, **more}
    made = plan_of(document_starting(STARTS[weekday], indication=indication, bags=bags))
    assert made.bags[0].start_at.strftime("%A") == weekday
    return made


def bags_and_closed_day_changes(made: Plan) -> tuple[int, int]:
    assert made.totals is not None
    return made.totals.bags, made.totals.closed_day_changes


@pytest.mark.req("REQ-PLN-007")
@pytest.mark.parametrize(
    ("weekday", "one_dose", "with_wall"),
    [
        ("Monday", 8, 8),
        ("Tuesday", 8, 8),
        ("Wednesday", 9, 10),
        ("Thursday", 8, 8),
        ("Friday", 8, 8),
        ("Saturday", 8, 8),
        ("Sunday", 8, 8),
    ],
)
def test_bags_up_to_96_h_without_changes_on_weekends(weekday: str, one_dose: int, with_wall: int) -> None:
    assert bags_and_closed_day_changes(plan(weekday, ONE_DOSE, UP_TO_96_H, WEEKEND)) == (one_dose, 0)
    assert bags_and_closed_day_changes(plan(weekday, WITH_WALL, UP_TO_96_H, WEEKEND)) == (with_wall, 0)


@pytest.mark.req("REQ-PLN-007")
@pytest.mark.parametrize(
    ("weekday", "one_dose", "with_wall"),
    [
        ("Monday", 4, 4),
        ("Tuesday", 4, 4),
        ("Wednesday", 4, 4),
        ("Thursday", 4, 4),
        ("Friday", 4, 4),
        ("Saturday", 5, 5),
        ("Sunday", 5, 5),
    ],
)
def test_7_day_bags_too_without_changes_on_weekends(weekday: str, one_dose: int, with_wall: int) -> None:
    assert bags_and_closed_day_changes(plan(weekday, ONE_DOSE, ALL, WEEKEND)) == (one_dose, 0)
    assert bags_and_closed_day_changes(plan(weekday, WITH_WALL, ALL, WEEKEND)) == (with_wall, 0)


@pytest.mark.req("REQ-PLN-007")
@pytest.mark.parametrize("weekday", STARTS)
def test_without_closed_days_every_weekday_is_the_same(weekday: str) -> None:
    assert bags_and_closed_day_changes(plan(weekday, ONE_DOSE, UP_TO_96_H, [])) == (7, 0)
    assert bags_and_closed_day_changes(plan(weekday, WITH_WALL, UP_TO_96_H, [])) == (8, 0)
    assert bags_and_closed_day_changes(plan(weekday, ONE_DOSE, ALL, [])) == (4, 0)
    assert bags_and_closed_day_changes(plan(weekday, WITH_WALL, ALL, [])) == (4, 0)


@pytest.mark.req("REQ-PLN-008")
@pytest.mark.parametrize("weekday", STARTS)
@pytest.mark.parametrize(
    ("indication", "durations_h", "expected"),
    [
        # 28 days at 28 mcg/day are 784 mcg; 28 vials hold 28 × 35 = 980, 24 hold 840.
        (ONE_DOSE, [24], (28, "784", "196")),
        (ONE_DOSE, [48], (28, "784", "196")),
        (ONE_DOSE, [96], (28, "784", "196")),
        (ONE_DOSE, [24, 72], (28, "784", "196")),
        (ONE_DOSE, UP_TO_96_H, (28, "784", "196")),
        (ONE_DOSE, [168], (24, "784", "56")),
        # 7 × 9 + 21 × 28 = 651 mcg; 28 vials hold 980, 24 hold 840, 20 hold 700.
        (WITH_WALL, [24], (28, "651", "329")),
        (WITH_WALL, UP_TO_96_H, (24, "651", "189")),
        (WITH_WALL, ALL, (20, "651", "49")),
        (WITH_WALL, [168], (20, "651", "49")),
    ],
)
def test_the_vials_of_a_cycle_are_known(
    weekday: str, indication: str, durations_h: list[int], expected: tuple[int, str, str]
) -> None:
    totals = plan(weekday, indication, durations_h, [], prefer="fewest-vials").totals
    assert totals is not None
    figures = (totals.vials, totals.drug_ordered.number, totals.drug_discarded.number)
    assert figures == expected


@pytest.mark.req("REQ-PLN-008", "REQ-PLN-011")
def test_the_example_order_has_exactly_the_promised_totals() -> None:
    totals = plan_of(order_document()).totals
    assert totals is not None
    assert (totals.bags, totals.changes, totals.closed_day_changes, totals.line_changes) == (4, 3, 0, 1)
    assert (totals.vials, totals.benzyl_alcohol_days) == (20, 28)
    assert (totals.drug_ordered.number, totals.drug_discarded.number) == ("651", "49")


@pytest.mark.req("REQ-PLN-001", "REQ-PLN-003", "REQ-PLN-011")
def test_the_example_orders_first_bag_is_exactly_the_promised_one() -> None:
    bag = plan_of(order_document()).bags[0]
    assert (bag.number, bag.first_day, bag.last_day, bag.duration_h, bag.line_change) == (1, 1, 7, 168, False)
    assert (bag.dose.number, bag.elapsed.number, bag.rate.number) == ("9", "168", "0.6")
    volumes = (
        bag.volume_to_infuse.number,
        bag.bag_volume.number,
        bag.overfill.number,
        bag.recipe.drug.number,
    )
    assert volumes == ("100.8", "110", "9.2", "5.5")
    assert (bag.recipe.vials, bag.ordered.number) == (2, "63")
    assert (f"{bag.delivered.value:.2f}", f"{bag.deviation_percent:.2f}") == ("9.00", "0.00")
    assert (bag.recipe.diluent.value, bag.recipe.filter.value) == ("bacteriostatic", "none")
    times = (bag.start_at.isoformat(timespec="minutes"), bag.change_at.isoformat(timespec="minutes"))
    assert times == ("2026-11-23T14:00-05:00", "2026-11-30T14:00-05:00")


@pytest.mark.req("REQ-PLN-001")
@pytest.mark.parametrize("indication", [ONE_DOSE, WITH_WALL])
@pytest.mark.parametrize(
    ("duration_h", "rate"), [(24, "10"), (48, "5"), (72, "3.3"), (96, "2.5"), (168, "0.6")]
)
def test_each_duration_has_its_rate_at_either_dose(indication: str, duration_h: int, rate: str) -> None:
    made = plan("Monday", indication, [24, duration_h] if duration_h != 24 else [24], [])
    rates = {bag.rate.number for bag in made.bags if bag.duration_h == duration_h}
    assert rates == {rate}


@pytest.mark.req("REQ-PLN-006")
def test_a_public_holiday_is_as_closed_as_a_weekday() -> None:
    """From Monday 2026-12-07, 7-day bags would change on 12-28, Boxing Day observed: the plan avoids it."""
    wishes = {"durations_h": ALL, "closed_days": WEEKEND, "holidays": "CA-ON"}
    document = document_starting("2026-12-07T14:00", indication=ONE_DOSE, bags=wishes)
    made = plan_of(document)
    # 21 days of 7-day bags end on 12-28 too, so one week is broken into 3 + 4 days before it.
    assert bags_and_closed_day_changes(made) == (5, 0)
    assert "2026-12-28" not in {bag.change_at.date().isoformat() for bag in made.bags}


@pytest.mark.req("REQ-PLN-006")
def test_in_hospital_changes_on_closed_days_are_free() -> None:
    """From Saturday with 28 days in hospital nothing is closed: four 7-day bags."""
    made = plan("Saturday", ONE_DOSE, ALL, WEEKEND, hospital_days=28)
    assert bags_and_closed_day_changes(made) == (4, 0)


@pytest.mark.req("REQ-PLN-006")
def test_fewer_closed_day_changes_come_before_fewer_bags() -> None:
    made = plan("Wednesday", ONE_DOSE, [24, 96], ["saturday", "sunday"])
    # 96 h bags alone are 7, but then changes fall on Sunday, Saturday (days 4, 16, 24 and so on). With single
    # days each weekend can be bridged by a 96 h bag hung on Wednesday, Thursday or Friday.
    assert made.totals is not None
    assert made.totals.closed_day_changes == 0
    assert made.totals.bags > 7


@pytest.mark.req("REQ-PLN-006", "REQ-PLN-011")
def test_among_equals_the_longer_duration_comes_first() -> None:
    made = plan("Monday", WITH_WALL, [24, 96], [])
    assert made.sequence_h == (96, 24, 24, 24, 96, 96, 96, 96, 96, 24)


@pytest.mark.req("REQ-PLN-011")
def test_a_line_change_is_a_change_of_dose_or_of_duration() -> None:
    made = plan("Monday", WITH_WALL, [24, 96], [])
    assert [bag.number for bag in made.bags if bag.line_change] == [2, 5, 10]
    assert made.totals is not None
    assert made.totals.line_changes == 3
    said = [each for each in made.findings if each.requirement == "REQ-PLN-011"]
    assert [dict(each.values)["bags"] for each in said] == ["2, 5, 10"]


@pytest.mark.req("REQ-PLN-011")
def test_at_the_wall_the_same_duration_is_a_line_change_too() -> None:
    made = plan("Monday", WITH_WALL, [24], [])
    assert [bag.number for bag in made.bags if bag.line_change] == [8]


@pytest.mark.req("REQ-PLN-003", "REQ-MOD-004")
def test_a_restart_at_the_low_dose_puts_a_wall_after_seven_days() -> None:
    restart = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "resolved to grade 1"}
    made = plan_of(
        document_starting(
            STARTS["Monday"],
            indication=ONE_DOSE,
            dose_modification=restart,
            bags={"durations_h": UP_TO_96_H},
        )
    )
    assert [(bag.dose.number, bag.last_day) for bag in made.bags if bag.last_day <= 11][-2:] == [
        ("9", 7),
        ("28", 11),
    ]
    assert made.totals is not None
    assert (made.totals.bags, made.totals.drug_ordered.number) == (8, "651")
