"""Public holidays of Canada's provinces and territories: the category *public*, with observed days."""

from __future__ import annotations

from datetime import date
from importlib import resources

from pharmacy_app.domain.errors import InputRefused

FIRST_YEAR, LAST_YEAR = 2020, 2060


class PublicHolidays:
    """The dates that the program brings with it, made from the `holidays` package."""

    def days(self, region: str, *, first: date, last: date) -> frozenset[date]:
        """All public holidays of a region such as `CA-ON`, from first to last.

        Raises:
            InputRefused: the program does not know the holidays of these years.
        """
        if first.year < FIRST_YEAR or last.year > LAST_YEAR:
            values = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            raise InputRefused("bags.holidays", region, "expected.holiday-years", values)
        province = region.removeprefix("CA-")
        begin, end = first.isoformat(), last.isoformat()
        return frozenset(
            date.fromisoformat(line[:10])
            for line in _lines()
            if begin <= line[:10] <= end and province in line[11:].split()
        )


def _lines() -> list[str]:
    text = resources.files("pharmacy_app.calendars").joinpath("canada.csv").read_text(encoding="ascii")
    return text.splitlines()[1:]
