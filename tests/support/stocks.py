"""A stock on a test's database: a drug vial in the catalogue, ten units of one lot received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.product import Lot
from pharmacy_app.domain.stock_rules import Receipt
from pharmacy_app.intake.catalogue_csv import CatalogueCsv
from pharmacy_app.workflow.stock_desk import Stock
from tests.support.products import DRUG_CODE, drug_vial
from tests.support.stations import NOW, PHARMACIST, station_of

EXPIRES = date(2027, 11, 30)


def stock(database: Database, *, actor: Actor | None = PHARMACIST, now: datetime = NOW) -> Stock:
    """The stock as one person reaches it."""
    return Stock(station_of(database, actor=actor, now=now), CatalogueCsv())


def receipt(**changes: object) -> Receipt:
    """Ten vials of lot 7K114."""
    return replace(Receipt(DRUG_CODE, "7K114", EXPIRES, 10), **changes)  # type: ignore[arg-type]


def stocked(database: Database) -> Stock:
    """Ten vials of one lot, received."""
    here = stock(database)
    here.keep_product(drug_vial())
    here.receive(receipt())
    return here


def codes(refusal: pytest.ExceptionInfo[RulesRefused]) -> list[str]:
    """What was refused."""
    return [each.code for each in refusal.value.findings]


def the_lot(here: Stock) -> Lot:
    """The only lot."""
    (lot,) = here.lots()
    return lot
