"""Files of products and lots taken in: all of it or nothing; on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from db.engine import Database
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.product import LotState
from pharmacy_app.intake.catalogue_csv import CatalogueCsv
from pharmacy_app.workflow.stock_desk import Stock
from pharmacy_app.workflow.stock_files import FileRefused, Imported
from tests.support.products import DRUG_CODE, bag, drug_vial, lot, saline
from tests.support.stations import PHARMACIST, TECHNICIAN, station_of

FILES = CatalogueCsv()


def stock(database: Database, actor: Actor = PHARMACIST) -> Stock:
    return Stock(station_of(database, actor=actor), FILES)


def acts(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT act, thing FROM audit_entry ORDER BY number"))
        return [(act, thing) for act, thing in rows]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "from-the-maker.csv"


@pytest.mark.req("REQ-SUP-008")
def test_one_refused_line_keeps_the_whole_file_out(database: Database, path: Path, engine: Engine) -> None:
    path.write_bytes(
        FILES.products_text([drug_vial(), saline(), bag(dehp=None)]).replace(b"EVA,,", b"EVA,ja,")
    )
    with pytest.raises(FileRefused) as refusal:
        stock(database).import_products(path)

    assert [(each.line, each.field) for each in refusal.value.lines] == [(4, "dehp")]
    assert stock(database).products() == ()
    assert acts(engine) == [("import-refused", "file from-the-maker.csv")]


@pytest.mark.req("REQ-SUP-008")
def test_lines_that_the_rules_refuse_are_named_too_and_keep_the_whole_file_out(
    database: Database, path: Path
) -> None:
    products = [
        drug_vial(),
        saline(code="02000000000023"),
        bag(code="4006381333931"),
        drug_vial(code="X", volume=None),
    ]
    path.write_bytes(FILES.products_text(products))
    with pytest.raises(FileRefused) as refusal:
        stock(database).import_products(path)

    found = [(each.line, each.field, each.no.code) for each in refusal.value.lines]
    assert found == [
        (3, "code", "product.code-check-digit"),
        (4, "code", "product.code-short"),
        (5, "volume", "product.not-known"),
    ]
    assert all(isinstance(each.no, Finding) for each in refusal.value.lines)
    assert stock(database).products() == ()


@pytest.mark.req("REQ-SUP-008")
def test_a_file_is_taken_in_whole_and_a_second_time_changes_nothing(database: Database, path: Path) -> None:
    products = [drug_vial(), saline(), bag(dehp=None)]
    path.write_bytes(FILES.products_text(products))
    here = stock(database)
    assert here.import_products(path) == Imported(kept=3, unchanged=0)
    assert here.import_products(path) == Imported(kept=0, unchanged=3)
    assert here.products_text() == path.read_bytes()


@pytest.mark.req("REQ-SUP-008")
def test_lots_go_out_and_come_in_again_exactly(database: Database, path: Path, tmp_path: Path) -> None:
    here = stock(database)
    here.keep_product(drug_vial())
    lots = [
        lot(),
        lot(lot="=1+1", state=LotState.QUARANTINED, reason="- wet"),
        lot(lot="OLD", quantity=9_999),
    ]
    path.write_bytes(FILES.lots_text(lots))
    assert here.import_lots(path) == Imported(kept=3, unchanged=0)
    assert set(here.lots()) == set(lots)
    path.write_bytes(here.lots_text())
    assert here.import_lots(path) == Imported(kept=0, unchanged=3)


@pytest.mark.req("REQ-SUP-008")
def test_a_file_never_makes_a_recalled_lot_available_again(database: Database, path: Path) -> None:
    here = stock(database)
    here.keep_product(drug_vial())
    path.write_bytes(FILES.lots_text([lot()]))
    here.import_lots(path)
    here.recall(DRUG_CODE, "7K114", "maker's letter")

    with pytest.raises(FileRefused) as refusal:
        here.import_lots(path)

    assert [each.no.code for each in refusal.value.lines] == ["stock.lot-on-file"]
    assert [each.state for each in here.lots()] == [LotState.RECALLED]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "02000000000022"}, "lot.product-unknown"),
        ({"lot": ""}, "stock.lot-number"),
        ({"quantity": 0}, "stock.quantity"),
        ({"quantity": 10_000}, "stock.quantity"),
        ({"state": LotState.RECALLED}, "stock.reason"),
        ({"reason": "a\nb"}, "stock.reason"),
    ],
)
def test_a_lot_of_a_file_obeys_the_same_rules(
    database: Database, path: Path, changes: dict[str, Any], code: str
) -> None:
    here = stock(database)
    here.keep_product(drug_vial())
    path.write_bytes(FILES.lots_text([lot(**changes)]))
    with pytest.raises(FileRefused) as refusal:
        here.import_lots(path)
    assert [each.no.code for each in refusal.value.lines] == [code]
    assert here.lots() == ()


def test_a_lot_that_is_said_to_have_been_received_later_than_now_is_refused(
    database: Database, path: Path
) -> None:
    here = stock(database)
    here.keep_product(drug_vial())
    path.write_bytes(FILES.lots_text([lot()]).replace(b"2026-11-02T14", b"2026-11-20T16"))
    with pytest.raises(FileRefused) as refusal:
        here.import_lots(path)
    assert [each.no.code for each in refusal.value.lines] == ["stock.received-later"]


@pytest.mark.req("REQ-SUP-008")
def test_only_a_pharmacist_takes_in_a_catalogue(database: Database, path: Path) -> None:
    path.write_bytes(FILES.products_text([drug_vial()]))
    with pytest.raises(RulesRefused):
        stock(database, TECHNICIAN).import_products(path)
    assert stock(database).products() == ()


def test_a_file_that_is_not_there_is_refused_and_recorded(
    database: Database, path: Path, engine: Engine
) -> None:
    with pytest.raises(InputRefused) as refusal:
        stock(database).import_products(path)
    assert refusal.value.code == "expected.file-there"
    assert acts(engine) == [("import-refused", "file from-the-maker.csv")]
