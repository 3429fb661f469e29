"""The zones of the pinned rules."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

import pytest

from pharmacy_app.intake.zones import is_zone, zone_data_version
from tests.support.sources import ROOT


@pytest.mark.req("REQ-PLN-010")
def test_every_zone_of_the_pinned_package_can_be_used() -> None:
    zones = sorted(available_timezones() - {"Factory"})  # no place: nobody has set a zone
    assert len(zones) > 400
    assert [zone for zone in zones if not is_zone(zone) or ZoneInfo(zone).key != zone] == []


@pytest.mark.req("REQ-PLN-010")
def test_the_version_is_that_of_the_lock() -> None:
    assert f"tzdata=={zone_data_version()} " in (ROOT / "requirements.lock").read_text(encoding="ascii")
