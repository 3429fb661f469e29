"""The four times of a made bag as its ledger stands, in clock times of the day on which it is to be hung."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pharmacy_app.domain.bag_times import TimesNow
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.domain.site import Site
from tests.support.ledgers import MONDAY, Made, ask, label, planned_bags, shown, training_site

TIGHT = planned_bags([96] * 7, MONDAY)
DAILY = planned_bags([24] * 28, MONDAY)


def hours(count: int) -> Duration:
    """So many hours."""
    return Duration(Decimal(count))


def times(
    made: Made, when: str, *, site: Site | None = None, prepared: bool = False, **changes: object
) -> TimesNow:
    """The times at a clock time, under the rules of today's site."""
    ledger = made.ledger(made.prepared() if prepared else None, **changes)
    found = ask(ledger, made.at(when), label(), site=site).times
    assert found is not None
    return found


def start_by_and_expires(found: TimesNow) -> tuple[str, str]:
    return shown(found.start_by), shown(found.expires)


@pytest.mark.req("REQ-BUD-004")
def test_a_bag_that_is_not_released_has_the_times_that_its_label_would_say() -> None:
    day = Made(DAILY, 1, put_in="-", taken_out="-")
    # never refrigerated: 96 h from mixing at 09:00; started by the change at the latest, and 24 h from there
    assert start_by_and_expires(times(day, "10:00", prepared=True)) == ("11-24 14:00", "11-25 14:00")


@pytest.mark.req("REQ-BUD-004", "REQ-BUD-006")
@pytest.mark.parametrize(
    ("made", "when", "start_by", "expires"),
    [
        (Made(DAILY, 1), "14:00", "11-24 14:00", "11-25 14:00"),  # start by + 24 h
        (Made(DAILY, 1, "-4/09:00", "-4/09:40", "-3/14:00"), "13:00", "11-24 13:20", "11-24 13:20"),
        (Made(TIGHT, 1), "14:00", "11-27 13:00", "11-27 14:00"),
        (Made(TIGHT, 1), "14:01", "11-27 13:00", "11-27 13:00"),  # 61 minutes count
        (Made(TIGHT, 1, taken_out="15:50"), "16:00", "11-27 14:00", "11-27 14:00"),  # late, but as printed
    ],
)
def test_what_counts_so_far_comes_off(made: Made, when: str, start_by: str, expires: str) -> None:
    assert start_by_and_expires(times(made, when)) == (start_by, expires)


@pytest.mark.req("REQ-BUD-004", "REQ-BUD-005")
def test_what_is_printed_is_never_exceeded() -> None:
    strict = training_site(sterility_refrigerated=hours(6))
    made = Made(DAILY, 1, site=strict)  # its label says: start by 15:00
    assert shown(times(made, "14:00", site=training_site()).start_by) == "11-23 15:00"


@pytest.mark.req("REQ-BUD-005")
def test_a_limit_that_became_shorter_counts_at_once() -> None:
    strict = training_site(sterility_refrigerated=hours(6))
    assert shown(times(Made(DAILY, 1), "14:00", site=strict).start_by) == "11-23 15:00"


@pytest.mark.req("REQ-PRO-002")
def test_where_its_protocol_is_not_in_force_a_bag_keeps_the_times_of_its_label() -> None:
    found = times(Made(TIGHT, 1, taken_out="10:00"), "14:00", rules_hold=False)
    assert (found.room_end, found.counted) == (None, None)
    assert start_by_and_expires(found) == ("11-27 14:00", "11-27 14:00")


@pytest.mark.req("REQ-BUD-006")
def test_a_bag_that_may_still_go_into_the_refrigerator_is_not_given_up_before_it_is_due() -> None:
    made = Made(DAILY, 5, "-4/13:30", "-", "-")  # 96 h at room temperature end at 13:30 today
    assert ask(made.ledger(), made.at("13:29"), label()).answer.value == "not-yet"
    assert ask(made.ledger(), made.at("13:30"), label()).answer.value == "expired"
