"""The order in which sequences are compared, shown where each comparison decides.

Each answer is reasoned in the test's words. The clock is that of an ordinary winter month in Toronto.
"""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.bag_schedule import cycle_clock
from pharmacy_app.domain.optimum import ClosedDays, best_sequence
from pharmacy_app.domain.order import Preference
from pharmacy_app.domain.protocol import DoseDays, Protocol
from pharmacy_app.domain.quantity import DoseRate
from tests.support.protocols import parsed, text_with
from tests.support.rulebooks import protocol

TORONTO = ZoneInfo("America/Toronto")
CLOCK = cycle_clock(datetime.fromisoformat("2027-01-04T14:00"), TORONTO, days=28)  # a Monday
ONE_DOSE = (DoseDays(1, 28, DoseRate(Decimal(28))),)
STEPPED = (DoseDays(1, 7, DoseRate(Decimal(9))), DoseDays(8, 28, DoseRate(Decimal(28))))
SATURDAY, SUNDAY = 5, 6


def closed_on(*weekdays: int, hospital_days: int = 0, uncounted: tuple[int, ...] = (28,)) -> ClosedDays:
    return ClosedDays(lambda day: day.weekday() in weekdays, hospital_days, frozenset(uncounted))


def best(
    *permitted_h: int,
    doses: tuple[DoseDays, ...] = ONE_DOSE,
    closed: ClosedDays | None = None,
    prefer: Preference = Preference.FEWEST_CHANGES,
    figures: Protocol | None = None,
) -> tuple[int, ...] | None:
    return best_sequence(
        clock=CLOCK,
        doses=doses,
        permitted_h=permitted_h,
        protocol=figures or protocol(),
        closed=closed or closed_on(),
        prefer=prefer,
    )


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
    assert best(96, 168, figures=dear, prefer=Preference.FEWEST_VIALS) == (96,) * 7


@pytest.mark.req("REQ-PLN-006")
def test_what_is_not_preferred_decides_among_equals() -> None:
    """A week at 9 mcg/day in three bags is 72 + 72 + 24 or 72 + 48 + 48; later days take a vial each."""
    walls = closed_on(uncounted=(7, 28))
    found = best(24, 48, 72, doses=STEPPED, closed=walls)
    assert found is not None
    assert found[:3] == (72, 72, 24)
    dear = parsed(text_with("bag.24h.9mcg.vials", "5"))
    found = best(24, 48, 72, doses=STEPPED, closed=walls, figures=dear)
    assert found is not None
    assert found[:3] == (72, 48, 48)
    assert best(24, 96, prefer=Preference.FEWEST_VIALS) == (96,) * 7


@pytest.mark.req("REQ-PLN-011")
def test_the_fewest_line_changes_decide_before_the_longer_duration() -> None:
    """28 days of 72 and 48 h bags with the change after day 3 closed.

    The fewest bags are ten: 8 × 72 + 2 × 48. Day 3 (Thursday) is closed, so a 48 h bag comes first; the other
    48 h bag beside it makes one line change, anywhere else two or three.
    """
    thursday_only = ClosedDays(lambda day: day == date(2027, 1, 7), 0, frozenset({28}))
    assert best(48, 72, closed=thursday_only) == (48, 48, 72, 72, 72, 72, 72, 72, 72, 72)


@pytest.mark.req("REQ-PLN-006")
def test_the_longer_duration_comes_first_among_equals() -> None:
    assert best(48, 72) == (72, 72, 72, 72, 72, 72, 72, 72, 48, 48)
    assert best(72, 48) == (72, 72, 72, 72, 72, 72, 72, 72, 48, 48)


@pytest.mark.req("REQ-PLN-003")
def test_no_bag_runs_across_a_wall() -> None:
    found = best(48, 72, 96, doses=STEPPED, closed=closed_on(uncounted=(7, 28)))
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
    closed = closed_on(SATURDAY, SUNDAY, hospital_days=5, uncounted=(7, 28))
    saturday = datetime(2027, 1, 9, 14, tzinfo=TORONTO)
    friday = datetime(2027, 1, 8, 14, tzinfo=TORONTO)
    assert closed.counts(after_day=5, change_at=saturday)
    assert not closed.counts(after_day=4, change_at=saturday)
    assert not closed.counts(after_day=7, change_at=saturday)
    assert not closed.counts(after_day=28, change_at=saturday)
    assert not closed.counts(after_day=5, change_at=friday)
