"""Products kept in the dialog, and files in and out. What could hurt stands first."""

from __future__ import annotations

from pathlib import Path

import pytest

from pharmacy_app.domain.product import ProductKind
from pharmacy_app.workflow.desk import Desk
from tests.ui.supplies.conftest import Settle
from ui.supplies.page import SuppliesPage
from ui.supplies.product_dialog import ProductDialog
from ui.supplies.refused_dialog import RefusedDialog
from ui.supplies.view import Shelf
from ui.widgets.field import ChoiceField, SelectField, TextField

VIAL = "02002611000019"


def product_dialog(page: SuppliesPage, settle: Settle) -> ProductDialog:
    settle()
    dialog = page.acts.dialog
    assert isinstance(dialog, ProductDialog)
    return dialog


def text_field(dialog: ProductDialog, name: str) -> TextField:
    field = dialog.fields[name]
    assert isinstance(field, TextField)
    return field


def answer(dialog: ProductDialog, name: str, segment: int) -> None:
    field = dialog.fields[name]
    assert isinstance(field, ChoiceField)
    field.choice.segments()[segment].click()


def choose_kind(dialog: ProductDialog, kind: str) -> None:
    field = dialog.fields["kind"]
    assert isinstance(field, SelectField)
    field.set_value(kind)
    field.typed.emit()


def show_products(page: SuppliesPage, settle: Settle) -> None:
    page.shelves.segments()[1].click()
    settle()
    assert page.presenter.shelf is Shelf.PRODUCTS


@pytest.mark.req("REQ-SUP-008", "REQ-SUP-001")
def test_a_product_whose_dehp_nobody_answered_is_kept_as_not_known_and_not_for_use(
    page: SuppliesPage, desk: Desk, settle: Settle
) -> None:
    show_products(page, settle)
    page.new_product.click()
    dialog = product_dialog(page, settle)
    choose_kind(dialog, "bag")
    for name, text in (("name", "Bag X"), ("manufacturer", "Maker"), ("code", "BAG-X"), ("volume_ml", "500")):
        text_field(dialog, name).set_text(text)
    answer(dialog, "has_serial", 1)
    dialog.save.click()
    settle()

    product = desk.stock.product("BAG-X")
    assert product is not None
    assert (product.kind, product.dehp, product.material) == (ProductKind.BAG, None, None)
    row = next(row for row in page.table.rows if row.product.code == "BAG-X")
    assert row.state.word == "Not for use"


@pytest.mark.req("REQ-SUP-008")
def test_a_product_that_is_refused_stays_in_the_dialog_with_each_remark_at_its_field(
    page: SuppliesPage, desk: Desk, settle: Settle
) -> None:
    show_products(page, settle)
    page.table.selectRow(0)
    page.chosen.buttons["change"].click()
    dialog = product_dialog(page, settle)
    assert dialog.texts["code"] == VIAL
    text_field(dialog, "volume_ml").set_text("3,08")
    text_field(dialog, "concentration_mcg_per_ml").set_text("")
    dialog.save.click()
    settle()
    assert [each.field for each in dialog.fields["volume_ml"].remarks] == ["volume_ml"]
    text_field(dialog, "volume_ml").set_text("3.08")
    dialog.save.click()
    settle()
    assert [each.code for each in dialog.fields["concentration_mcg_per_ml"].remarks] == ["product.not-known"]
    before = desk.stock.product(VIAL)
    assert before is not None
    assert before.concentration is not None


def test_the_dialog_asks_what_belongs_to_the_kind(page: SuppliesPage, settle: Settle) -> None:
    page.new_product.click()
    dialog = product_dialog(page, settle)

    def shown() -> set[str]:
        return {name for name, field in dialog.fields.items() if field.isVisible()}

    always = {"kind", "name", "manufacturer", "code", "has_serial"}
    assert shown() == always
    for kind, asked in (
        ("drug-vial", {"volume_ml", "concentration_mcg_per_ml"}),
        ("saline-bacteriostatic", {"volume_ml"}),
        ("filter", {"pore_micron", "low_protein_binding", "sterile", "non_pyrogenic"}),
        ("tubing", {"material", "dehp", "built_in_filter", "sterile"}),
    ):
        choose_kind(dialog, kind)
        assert shown() == always | asked
    answer(dialog, "built_in_filter", 0)
    assert "pore_micron" in shown()
    dialog.reject()


@pytest.mark.req("REQ-SUP-008")
def test_a_file_with_a_refused_line_changes_nothing_and_every_line_is_named(
    page: SuppliesPage, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    show_products(page, settle)
    path = tmp_path / "products.csv"
    path.write_bytes(desk.stock.products_text().replace(b",EVA,", b",EVE,"))
    before = desk.stock.products()
    page.acts.ask_file = lambda _title: path
    page.take_in.click()
    settle()
    dialog = page.acts.dialog
    assert isinstance(dialog, RefusedDialog)
    assert [each.lead for each in dialog.remarks] == [f"Line {line}, material." for line in (7, 8, 9)]
    dialog.accept()
    assert desk.stock.products() == before


@pytest.mark.req("REQ-SUP-008")
def test_lots_go_out_into_a_file_and_come_in_again(
    page: SuppliesPage, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "lots.csv"
    page.acts.ask_place = lambda _title, _name: path
    page.give_out.click()
    settle()
    assert path.read_bytes() == desk.stock.lots_text()
    assert page.said == f"Written: {path}"
    page.acts.ask_file = lambda _title: path
    page.take_in.click()
    settle()
    assert page.said == "Kept: 0. On file already: 19."
