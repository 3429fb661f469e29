"""At a desk a code is read with the site's own numbers, and on the site's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.domain.scan import BagScan, ProductScan
from pharmacy_app.domain.site import BagGtin, Site
from pharmacy_app.workflow.desk import Desk
from tests.support.rulebooks import rulebook
from tests.support.stations import station_of

CODE = "(01)09506000134352(7003)2611051400(10)S4(21)261026031701"
LATE_EVENING = datetime(2026, 11, 20, 5, 30, tzinfo=UTC)  # 2026-11-19 21:30 in Vancouver


def at(desk: Desk, site: Site) -> Desk:
    book = replace(rulebook(), site=site)
    return replace(desk, station=station_of(desk.open_unit_of_work, now=LATE_EVENING, book=book))


@pytest.mark.req("REQ-LBL-004")
def test_a_code_with_a_gtin_of_the_sites_own_is_a_bag_there_and_nowhere_else(desk: Desk) -> None:
    site = replace(rulebook().site, bag_gtins=())
    own = BagGtin(96, DoseRate(Decimal(28)), "09506000134352")
    assert at(desk, replace(site, bag_gtins=(own,))).read_scan(CODE) == BagScan("2610260317", 1, "")
    elsewhere = at(desk, site).read_scan(CODE)
    assert isinstance(elsewhere, ProductScan)
    assert elsewhere.code == "09506000134352"


@pytest.mark.req("REQ-SUP-009")
def test_the_day_is_the_sites(desk: Desk) -> None:
    """A bag's number may begin with tomorrow's day, no later."""
    vancouver = at(desk, replace(rulebook().site, time_zone="America/Vancouver"))
    assert vancouver.read_scan("261120000101") == BagScan("2611200001", 1, "")
    with pytest.raises(InputRefused):
        vancouver.read_scan("261121000101")
    toronto = at(desk, replace(rulebook().site, time_zone="America/Toronto"))
    assert toronto.read_scan("261121000101") == BagScan("2611210001", 1, "")
