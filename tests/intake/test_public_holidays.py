"""The holidays that the program brings with it."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from installer.make_calendars import as_text, holidays_of_canada
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.public_holidays import PublicHolidays


def test_the_file_is_what_the_holidays_package_says() -> None:
    shipped = resources.files("pharmacy_app.calendars").joinpath("canada.csv").read_text(encoding="ascii")

    assert shipped == as_text(holidays_of_canada())


@pytest.mark.req("REQ-PLN-006")
def test_christmas_week_2026_in_ontario_has_its_observed_day() -> None:
    # Boxing Day 2026 is a Saturday and a public holiday in Ontario; it is observed on Monday, 28 December.
    days = PublicHolidays().days("CA-ON", first=date(2026, 12, 20), last=date(2027, 1, 3))

    assert days == {date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 1)}


@pytest.mark.req("REQ-PLN-006")
def test_provinces_differ() -> None:
    august = {"first": date(2026, 8, 1), "last": date(2026, 8, 31)}

    assert PublicHolidays().days("CA-BC", **august) == {date(2026, 8, 3)}
    assert PublicHolidays().days("CA-ON", **august) == frozenset()


def test_years_beyond_the_file_are_refused_and_not_taken_for_years_without_holidays() -> None:
    with pytest.raises(InputRefused) as refusal:
        PublicHolidays().days("CA-ON", first=date(2060, 12, 20), last=date(2061, 1, 20))

    assert refusal.value.field == "bags.holidays"
