"""Public holidays of Canada's provinces and territories, from the pinned `holidays` package."""

from __future__ import annotations

from datetime import date


class PublicHolidays:
    """The category *public*, with observed days. The package is loaded at the first question."""

    def days(self, region: str, *, first: date, last: date) -> frozenset[date]:
        """All public holidays of a region such as `CA-ON`, from first to last."""
        from holidays.countries.canada import Canada

        province = region.removeprefix("CA-")
        years = range(first.year, last.year + 1)
        found = Canada(subdiv=province, years=years, observed=True, categories=("public",))  # type: ignore[no-untyped-call]
        return frozenset(day for day in found if first <= day <= last)
