"""Writes pharmacy_app/calendars/canada.csv from the `holidays` package: `python -m installer.make_calendars`.

The package knows the provinces' laws, but takes longer to load than the whole plan. So the dates stand in a
file, and a test compares the file with the package.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from holidays.countries.canada import Canada

FIRST_YEAR, LAST_YEAR = 2020, 2060
PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
TARGET = Path(__file__).parent.parent / "pharmacy_app" / "calendars" / "canada.csv"


def holidays_of_canada() -> dict[date, list[str]]:
    """The provinces that have a public holiday, or its observed day, on each date."""
    found: defaultdict[date, list[str]] = defaultdict(list)
    for province in PROVINCES:
        years = range(FIRST_YEAR, LAST_YEAR + 1)
        days = Canada(subdiv=province, years=years, observed=True, categories=("public",))  # type: ignore[no-untyped-call]
        for day in days:
            found[day].append(province)
    return dict(sorted(found.items()))


def as_text(days: dict[date, list[str]]) -> str:
    """One line for each date: date, then its provinces."""
    lines = [f"{day.isoformat()},{' '.join(provinces)}\n" for day, provinces in days.items()]
    return "date,provinces\n" + "".join(lines)


if __name__ == "__main__":
    TARGET.write_text(as_text(holidays_of_canada()), encoding="ascii")
