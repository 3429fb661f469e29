"""The order in which sequences are compared, shown where each comparison decides.

Each answer is reasoned in the test's words. The clock is that of an ordinary winter month in Toronto.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.bag_schedule import DoseTime, cycle_stretch
from pharmacy_app.domain.optimum import ClosedDays, Goal, Weighing, best_sequence, goal_of
from pharmacy_app.domain.order import BagWishes, Hours, PhaseWishes, Preference
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate
from tests.support.protocols import parsed, text_with
from tests.support.rulebooks import protocol

TORONTO = ZoneInfo("America/Toronto")
START = datetime.fromisoformat("2027-01-04T14:00")  # a Monday
DAY = 1440
LOW, FULL = DoseRate(Decimal(9)), DoseRate(Decimal(28))
ONE_DOSE = (DoseTime(FULL, 28 * DAY),)
STEPPED = (DoseTime(LOW, 7 * DAY), DoseTime(FULL, 21 * DAY))
SATURDAY, SUNDAY = 5, 6


def closed_on(*weekdays: int, hospital_days: int = 0, hours: Hours | None = None) -> ClosedDays:
    return ClosedDays(lambda day: day.weekday() in weekdays, hospital_days, hours)


def best(
    *permitted_h: int,
    doses: tuple[DoseTime, ...] = ONE_DOSE,
    closed: ClosedDays | None = None,
    goal: Goal = Goal.FEWEST_CHANGES,
    figures: Protocol | None = None,
    wishes: BagWishes | None = None,
    prepared: Callable[[datetime, int, int], bool] | None = None,
    before: tuple[int, DoseRate] | None = None,
) -> tuple[int, ...] | None:
    weighing = Weighing(
        protocol=figures or protocol(),
        wishes=wishes or BagWishes(),
        permitted_h=permitted_h,
        closed=closed or closed_on(),
        goal=goal,
        prepared=prepared,
    )
    return best_sequence(cycle_stretch(START, TORONTO, doses), weighing, before=before)


@pytest.mark.req("REQ-PLN-006")
def test_fewest_bags_win_where_nothing_is_closed() -> None:
    assert best(24, 48, 72, 96, 168) == (168,) * 4
    assert best(24, 48, 72, 96) == (96,) * 7


@pytest.mark.req("REQ-PLN-006")
def test_a_closed_day_change_weighs_more_than_any_number_of_bags() -> None:
    """With Mondays closed three 7-day bags would be changed on one. Moving them all costs one bag more."""
    monday = 0
    found = best(24, 48, 72, 96, 168, closed=closed_on(monday))
    assert found == (96, 168, 168, 168, 72)


@pytest.mark.req("REQ-PLN-006")
def test_where_each_change_is_on_a_closed_day_the_fewest_are_made() -> None:
    """Every day is closed: all that can be saved is changes."""
    every_day = closed_on(0, 1, 2, 3, 4, 5, 6)
    assert best(24, 96, 168, closed=every_day) == (168,) * 4


@pytest.mark.req("REQ-PLN-006")
def test_what_is_preferred_decides_between_bags_and_vials() -> None:
    """If a 7-day bag took 9 vials, four would take 36, and seven 96 h bags 28.

    (With the shipped figures fewer bags never take more vials.)
    """
    dear = parsed(text_with("bag.168h.28mcg.vials", "9"))
    assert best(96, 168, figures=dear) == (168,) * 4
    assert best(96, 168, figures=dear, goal=Goal.FEWEST_VIALS) == (96,) * 7


@pytest.mark.req("REQ-PLN-006")
def test_what_is_not_preferred_decides_among_equals() -> None:
    """A week at 9 mcg/day in three bags is 72 + 72 + 24 or 72 + 48 + 48; later days take a vial each."""
    found = best(24, 48, 72, doses=STEPPED)
    assert found is not None
    assert found[:3] == (72, 72, 24)
    dear = parsed(text_with("bag.24h.9mcg.vials", "5"))
    found = best(24, 48, 72, doses=STEPPED, figures=dear)
    assert found is not None
    assert found[:3] == (72, 48, 48)
    assert best(24, 96, goal=Goal.FEWEST_VIALS) == (96,) * 7


@pytest.mark.req("REQ-PLN-011")
def test_the_fewest_line_changes_decide_before_the_longer_duration() -> None:
    """28 days of 72 and 48 h bags with the change after day 3 closed.

    The fewest bags are ten: 8 × 72 + 2 × 48. Day 3 (Thursday) is closed, so a 48 h bag comes first; the other
    48 h bag beside it makes one line change, anywhere else two or three.
    """
    thursday_only = ClosedDays(lambda day: day == date(2027, 1, 7), 0)
    assert best(48, 72, closed=thursday_only) == (48, 48, 72, 72, 72, 72, 72, 72, 72, 72)


@pytest.mark.req("REQ-PLN-006")
def test_the_longer_duration_comes_first_among_equals() -> None:
    assert best(48, 72) == (72, 72, 72, 72, 72, 72, 72, 72, 48, 48)
    assert best(72, 48) == (72, 72, 72, 72, 72, 72, 72, 72, 48, 48)


@pytest.mark.req("REQ-PLN-003")
def test_no_bag_runs_across_a_wall() -> None:
    found = best(48, 72, 96, doses=STEPPED)
    assert found is not None
    assert sum(found[:2]) == 7 * 24
    assert best(96, doses=STEPPED) is None


@pytest.mark.req("REQ-PLN-006")
def test_without_a_way_to_fill_the_cycle_there_is_none() -> None:
    assert best() is None
    assert best(72) is None
    assert best(48, 96, doses=STEPPED) is None


@pytest.mark.req("REQ-PLN-006")
def test_a_change_counts_by_its_date_its_day_number_and_where_it_stands() -> None:
    closed = closed_on(SATURDAY, SUNDAY, hospital_days=5)
    saturday = datetime(2027, 1, 9, 14, tzinfo=TORONTO)
    friday = datetime(2027, 1, 8, 14, tzinfo=TORONTO)
    assert closed.counts(completed_days=5, at_wall=False, change_at=saturday)
    assert not closed.counts(completed_days=4, at_wall=False, change_at=saturday)
    assert not closed.counts(completed_days=7, at_wall=True, change_at=saturday)
    assert not closed.counts(completed_days=5, at_wall=False, change_at=friday)


@pytest.mark.req("REQ-PLN-006")
def test_a_change_outside_the_hours_counts_as_one_on_a_closed_day_does() -> None:
    closed = closed_on(SATURDAY, hospital_days=5, hours=Hours(time(8), time(16, 30)))
    for hour, minute, counts in [(7, 59, True), (8, 0, False), (16, 30, False), (16, 31, True)]:
        friday = datetime(2027, 1, 8, hour, minute, tzinfo=TORONTO)
        assert closed.counts(completed_days=5, at_wall=False, change_at=friday) is counts
    friday_night = datetime(2027, 1, 8, 23, tzinfo=TORONTO)
    assert not closed.counts(completed_days=4, at_wall=False, change_at=friday_night)
    assert not closed.counts(completed_days=5, at_wall=True, change_at=friday_night)


@pytest.mark.req("REQ-PLN-006")
def test_in_the_hospital_days_changes_are_free() -> None:
    """Fridays are closed. Day 4 is a Friday: free with five days in hospital, not with four."""
    days = (DoseTime(FULL, 8 * DAY),)
    assert best(72, 96, 24, doses=days, closed=closed_on(4, hospital_days=5)) == (96, 96)
    assert best(72, 96, 24, doses=days, closed=closed_on(4, hospital_days=4)) == (72, 96, 24)


@pytest.mark.req("REQ-PLN-006")
def test_the_durations_are_those_of_the_day_on_which_a_bag_is_hung() -> None:
    """Six days in hospital take single days; a bag hung on day 7 is one of those permitted at home."""
    wishes = BagWishes(
        hospital_days=6,
        hospital=PhaseWishes(durations_h=(24,)),
        home=PhaseWishes(durations_h=(48, 96)),
    )
    assert best(24, 48, 96, wishes=wishes) == (*(24,) * 6, *(96,) * 5, 48)
    assert best(24, 96, wishes=wishes) is None


@pytest.mark.req("REQ-PLN-006")
def test_what_cannot_be_prepared_counts_before_all() -> None:
    """Only bags hung on a Thursday can be prepared, and every day but Monday is closed.

    The first bag hangs on a Monday, whatever is done. 72 h, then 7-day bags, hang on Thursdays; the last of
    them ends on day 24, and the rest is hung on a Thursday as well.
    """

    def on_thursdays(start: datetime, duration_h: int, day: int) -> bool:
        assert day == (start - datetime(2027, 1, 4, 19, tzinfo=UTC)).days + 1
        return start.weekday() == 3 and duration_h > 0

    found = best(72, 96, 168, closed=closed_on(1, 2, 3, 4, 5, 6), prepared=on_thursdays)
    assert found == (72, 168, 168, 168, 96)
    assert best(72, 96, 168, closed=closed_on(1, 2, 3, 4, 5, 6)) == (168,) * 4


@pytest.mark.req("REQ-PLN-011")
def test_the_bag_before_a_restart_is_the_first_to_compare_with() -> None:
    """Two days are left of five bags' worth: 48 h after 24 h is a line change, 24 h after 24 h is none."""
    days = (DoseTime(FULL, 2 * DAY),)
    goal = Goal.LEAST_LINE_CHANGES
    assert best(24, 48, doses=days, goal=goal) == (48,)
    assert best(24, 48, doses=days, goal=goal, before=(24, FULL)) == (24, 24)
    assert best(24, 48, doses=days, goal=goal, before=(24, LOW)) == (48,)
    assert best(24, 48, doses=days, goal=goal, before=(48, FULL)) == (48,)


TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = 1, 2, 3, 4


@pytest.mark.req("REQ-PLN-006")
@pytest.mark.parametrize(
    ("goal", "closed", "expected"),
    [
        # Nothing closed. 72 + 24 h: 2 bags, 4 vials, 1 line change. 48 + 48 h: 2 bags, 10 vials, none.
        # Four of 24 h: 4 bags, 4 vials, none.
        (Goal.FEWEST_CHANGES, (), (72, 24)),
        (Goal.FEWEST_VIALS, (), (72, 24)),
        (Goal.LEAST_CHANGES, (), (72, 24)),
        (Goal.LEAST_VIALS, (), (72, 24)),
        (Goal.LEAST_LINE_CHANGES, (), (48, 48)),
        # Tuesday and Thursday, days 1 and 3, are closed: of two bags 48 + 48 h alone are not changed there.
        (Goal.FEWEST_CHANGES, (TUESDAY, THURSDAY), (48, 48)),
        (Goal.FEWEST_VIALS, (TUESDAY, THURSDAY), (48, 48)),
        (Goal.LEAST_CHANGES, (TUESDAY, THURSDAY), (48, 48)),
        (Goal.LEAST_VIALS, (TUESDAY, THURSDAY), (72, 24)),
        # Wednesday, day 2, is closed: four of 24 h and 48 + 48 h alike are changed on it.
        (Goal.LEAST_LINE_CHANGES, (WEDNESDAY,), (48, 48)),
        (Goal.FEWEST_CHANGES, (WEDNESDAY,), (72, 24)),
    ],
)
def test_each_goal_compares_in_its_own_order(
    goal: Goal, closed: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    """Four days from Monday in bags of 24, 48 and 72 h, where a 48 h bag takes five vials instead of two."""
    dear = parsed(text_with("bag.48h.28mcg.vials", "5"))
    days = (DoseTime(FULL, 4 * DAY),)
    assert best(24, 48, 72, doses=days, closed=closed_on(*closed), goal=goal, figures=dear) == expected


@pytest.mark.req("REQ-PLN-006")
@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        # Thursday and Friday, days 3 and 4, are closed. Seven days take seven vials in any bags up to 96 h.
        # Two bags, 96 + 72 h or 72 + 96 h, are changed on one of them; three need not be.
        (Goal.FEWEST_CHANGES, (48, 96, 24)),
        (Goal.FEWEST_VIALS, (48, 96, 24)),
        (Goal.LEAST_VIALS, (48, 96, 24)),
        (Goal.LEAST_CHANGES, (96, 72)),
        # Single days alone need no line change.
        (Goal.LEAST_LINE_CHANGES, (24,) * 7),
    ],
)
def test_a_plan_beside_puts_its_own_cost_before_closed_days(goal: Goal, expected: tuple[int, ...]) -> None:
    days = (DoseTime(FULL, 7 * DAY),)
    assert best(24, 48, 72, 96, doses=days, closed=closed_on(THURSDAY, FRIDAY), goal=goal) == expected


@pytest.mark.req("REQ-PLN-005")
def test_a_room_limit_that_is_reached_moves_the_next_changes_to_another_day() -> None:
    """From Sunday 2026-10-25 just after midnight. 96 h bags are changed on Thursday, and on Sunday at 23:30,
    since the clock goes back that day: not on Monday, which is closed.
    """
    days = (DoseTime(FULL, 12 * DAY),)
    stretch = cycle_stretch(datetime.fromisoformat("2026-10-25T00:30"), TORONTO, days)
    monday = 0
    weighing = Weighing(protocol(), BagWishes(), (72, 96), closed_on(monday), Goal.FEWEST_CHANGES)
    assert best_sequence(stretch, weighing) == (96, 96, 96)
    sunday = Weighing(protocol(), BagWishes(), (72, 96), closed_on(SUNDAY), Goal.FEWEST_CHANGES)
    assert best_sequence(stretch, sunday) == (72, 72, 72, 72)


def test_each_preference_is_a_goal() -> None:
    assert goal_of(Preference.FEWEST_CHANGES) is Goal.FEWEST_CHANGES
    assert goal_of(Preference.FEWEST_VIALS) is Goal.FEWEST_VIALS
