"""Two cycles of one course that meet both changes of the clock, by the pinned rules; a published plan."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.plan import Plan
from tests.support.orders import document_starting
from tests.support.rulebooks import plan_of

MOVES = {
    # offsets before and after 2026-11-01, after 2027-03-14
    "America/Toronto": ("-04:00", "-05:00", "-04:00"),
    "America/Halifax": ("-03:00", "-04:00", "-03:00"),
    "America/St_Johns": ("-02:30", "-03:30", "-02:30"),
}
STAYS = {"America/Vancouver": "-07:00", "America/Edmonton": "-06:00", "America/Regina": "-06:00"}
# Cycle 1 from Monday 2026-10-19; cycle 4 three times 42 days later, from Monday 2027-02-22.
AUTUMN, SPRING = (1, "2026-10-19T14:00"), (4, "2027-02-22T14:00")


def cycle(which: tuple[int, str], zone: str, durations_h: list[int]) -> Plan:
    number, start_at = which
    bags = {"durations_h": durations_h, "hospital_days": 0}
    document = document_starting(
        start_at, cycle=number, indication="consolidation", time_zone=zone, bags=bags
    )
    return plan_of(document)


def changes(plan: Plan) -> list[str]:
    return [bag.change_at.isoformat(timespec="minutes") for bag in plan.bags]


def runs(plan: Plan) -> list[str]:
    return [bag.elapsed.number for bag in plan.bags]


@pytest.mark.req("REQ-PLN-005", "REQ-PLN-010")
@pytest.mark.parametrize("zone", MOVES)
def test_7_day_bags_of_a_course_in_autumn_and_in_spring(zone: str) -> None:
    """The bag of the last week of October reaches 168 h an hour early, and so do those after it."""
    summer, winter, summer_again = MOVES[zone]
    autumn, spring = cycle(AUTUMN, zone, [168]), cycle(SPRING, zone, [168])
    assert changes(autumn) == [
        f"2026-10-26T14:00{summer}",
        f"2026-11-02T13:00{winter}",
        f"2026-11-09T13:00{winter}",
        f"2026-11-16T13:00{winter}",
    ]
    assert runs(autumn) == ["168", "168", "168", "168"]
    assert changes(spring) == [
        f"2027-03-01T14:00{winter}",
        f"2027-03-08T14:00{winter}",
        f"2027-03-15T14:00{summer_again}",
        f"2027-03-22T14:00{summer_again}",
    ]
    assert runs(spring) == ["168", "168", "167", "168"]
    assert spring.bags[2].volume_to_infuse.text == "100.2 mL"


@pytest.mark.req("REQ-PLN-005", "REQ-PLN-010")
@pytest.mark.parametrize("zone", MOVES)
def test_24_h_bags_of_a_course_in_autumn_and_in_spring(zone: str) -> None:
    """Day 13 runs over the night of 2026-11-01, day 20 over that of 2027-03-14."""
    autumn, spring = cycle(AUTUMN, zone, [24]), cycle(SPRING, zone, [24])
    assert runs(autumn) == ["24"] * 12 + ["25"] + ["24"] * 15
    assert autumn.bags[12].volume_to_infuse.text == "250 mL"
    assert runs(spring) == ["24"] * 19 + ["23"] + ["24"] * 8
    assert spring.bags[19].volume_to_infuse.text == "230 mL"
    assert {each[11:16] for each in (*changes(autumn), *changes(spring))} == {"14:00"}


@pytest.mark.req("REQ-PLN-005", "REQ-PLN-010")
@pytest.mark.parametrize("zone", MOVES)
def test_96_h_bags_of_a_course_in_autumn_and_in_spring(zone: str) -> None:
    summer, winter, summer_again = MOVES[zone]
    autumn, spring = cycle(AUTUMN, zone, [96]), cycle(SPRING, zone, [96])
    assert changes(autumn)[2:5] == [
        f"2026-10-31T14:00{summer}",
        f"2026-11-04T13:00{winter}",
        f"2026-11-08T13:00{winter}",
    ]
    assert changes(autumn)[-1] == f"2026-11-16T13:00{winter}"
    assert changes(spring)[3:5] == [f"2027-03-10T14:00{winter}", f"2027-03-14T14:00{summer_again}"]
    assert runs(spring) == ["96", "96", "96", "96", "95", "96", "96"]


@pytest.mark.req("REQ-PLN-010")
@pytest.mark.parametrize("zone", STAYS)
@pytest.mark.parametrize("durations_h", [[24], [96], [168]])
@pytest.mark.parametrize("which", [AUTUMN, SPRING])
def test_where_the_clock_does_not_move_no_bag_does(
    which: tuple[int, str], durations_h: list[int], zone: str
) -> None:
    plan = cycle(which, zone, durations_h)
    assert {each[10:] for each in changes(plan)} == {f"T14:00{STAYS[zone]}"}
    assert set(runs(plan)) == {str(durations_h[0])}
    of_the_clock = ("plan.changed-early", "plan.elapsed-differs", "plan.time-skipped", "plan.time-twice")
    assert not {each.code for each in plan.findings} & set(of_the_clock)


def published(start_at: str, closed_days: list[str]) -> Plan:
    wishes = {"durations_h": [24, 48, 72, 96], "closed_days": closed_days, "hospital_days": 0}
    return plan_of(document_starting(start_at, bags=wishes))


@pytest.mark.req("REQ-PLN-007", "REQ-PLN-008")
@pytest.mark.parametrize("day", range(4, 11))
def test_a_published_plan_needs_at_least_eight_bags_and_651_mcg(day: int) -> None:
    """Relapsed or refractory disease, cycle 1: 96 + 72 h at 9 mcg/day, five of 96 h and one of 24 h at 28."""
    totals = published(f"2027-01-{day:02}T14:00", []).totals
    assert totals is not None
    assert (totals.bags, totals.drug_ordered.number) == (8, "651")


@pytest.mark.req("REQ-PLN-007")
def test_the_published_plan_from_a_saturday_has_no_change_on_a_weekend() -> None:
    """Saturday 2027-01-09; the wall falls on a Saturday, and is not a choice."""
    plan = published("2027-01-09T14:00", ["saturday", "sunday"])
    assert plan.totals is not None
    assert (plan.totals.bags, plan.totals.closed_day_changes) == (8, 0)
    days = [(bag.last_day, bag.change_at.strftime("%a")) for bag in plan.bags]
    assert [last_day for last_day, name in days if name in {"Sat", "Sun"}] == [7, 28]
