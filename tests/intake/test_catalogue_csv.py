"""The catalogue and the lots as CSV: whole or not at all, and read exactly as written."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.quantity import Concentration, Volume
from pharmacy_app.domain.supply import BagMaterial
from pharmacy_app.intake.catalogue_csv import lots_text, parse_lots, parse_products, products_text
from pharmacy_app.workflow.stock_files import FileRefused
from tests.support.products import RECEIVED, bag, drug_vial, filter_, lot, saline, tubing

HEADER = (
    "code,kind,name,manufacturer,material,dehp,pore_micron,low_protein_binding,sterile,non_pyrogenic,"
    "built_in_filter,volume_ml,concentration_mcg_per_ml,fill_ml,has_serial"
)
VIAL = "02000000000015,drug-vial,Blinatumomab 38.5 mcg,Sample Maker,,,,,,,,3.08,12.5,,yes"
BAG = "02000000000046,bag,Empty EVA bag 500 mL,Sample Maker,EVA,no,,,,,,500,,,no"
LOT_HEADER = "code,lot,expires_on,quantity,received_at,state,reason"
LOT = "02000000000015,7K114,2027-11-30,10,2026-11-02T14:00:00Z,available,"


def file(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def refused(*lines: str) -> list[tuple[int, str, str, str]]:
    """Line, field, given, and what is expected, of everything that is refused."""
    with pytest.raises(FileRefused) as refusal:
        parse_products(file(HEADER, *lines))
    return [
        (each.line, each.field, each.no.given, each.no.code)
        for each in refusal.value.lines
        if isinstance(each.no, InputRefused)
    ]


@pytest.mark.req("REQ-SUP-008")
def test_every_refused_line_is_named_with_its_number_field_and_what_was_given() -> None:
    wrong = (
        VIAL,
        BAG.replace(",EVA,", ",EVE,").replace(",500,", ',"500,0",'),
        BAG.replace("0046", "0053").replace(",no,,", ",unknown,,").replace("bag,", "saline,"),
        VIAL.replace("0015", "0022").replace(",yes", ",perhaps"),
    )
    assert refused(*wrong) == [
        (3, "material", "EVE", "expected.one-of-or-empty"),
        (3, "volume_ml", "500,0", "expected.decimal-or-empty"),
        (4, "kind", "saline", "expected.one-of"),
        (4, "dehp", "unknown", "expected.yes-no-empty"),
        (5, "has_serial", "perhaps", "expected.yes-no"),
    ]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        (BAG + ",", "", "expected.csv-columns"),
        (BAG.replace(",no,", ";no;"), "", "expected.csv-columns"),
        ("", "", "expected.csv-columns"),
        (BAG.replace("Empty EVA bag 500 mL", ""), "name", "expected.text"),
        (BAG.replace("Empty EVA bag 500 mL", " Empty"), "name", "expected.text-trimmed"),
        (BAG.replace("Empty EVA bag 500 mL", "A\x07"), "name", "expected.text-printable"),
        (BAG.replace("Empty EVA bag 500 mL", '"two\nlines"'), "name", "expected.text-printable"),
        (BAG.replace(",500,", ",5e2,"), "volume_ml", "expected.decimal-or-empty"),
        (BAG.replace(",500,", ",-500,"), "volume_ml", "expected.csv-sign"),
        (BAG.replace(",500,", ", 500,"), "volume_ml", "expected.decimal-or-empty"),
        (BAG.replace(",no,", ",No,"), "dehp", "expected.yes-no-empty"),
        (BAG.replace(",no,", ",false,"), "dehp", "expected.yes-no-empty"),
        (BAG.replace("bag,", "BAG,"), "kind", "expected.one-of"),
    ],
)
def test_nothing_is_guessed(line: str, field: str, code: str) -> None:
    assert (2, field, code) in [(at, where, why) for at, where, _, why in refused(line)]


@pytest.mark.req("REQ-SUP-008")
def test_a_product_stands_once_in_a_file() -> None:
    assert refused(VIAL, BAG, VIAL) == [(4, "code", "02000000000015", "expected.csv-once")]


@pytest.mark.parametrize("quoted", ['"two"b', '"open'])
def test_a_line_with_quotation_marks_in_the_wrong_place_is_refused(quoted: str) -> None:
    found = refused(BAG.replace("Sample Maker", quoted))
    assert [(line, code) for line, _, _, code in found] == [(2, "expected.csv-line")]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("dehp", "DEHP"),
        HEADER.replace(",", ";"),
        HEADER.removesuffix(",has_serial"),
        f"{HEADER},remark",
        HEADER.replace("code,kind", "kind,code"),
        "",
    ],
)
def test_the_header_is_exact(header: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        parse_products(file(header, VIAL))
    assert (refusal.value.field, refusal.value.code) == ("line 1", "expected.csv-header")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_header(content: bytes) -> None:
    with pytest.raises(InputRefused) as refusal:
        parse_products(content)
    assert refusal.value.given == "nothing"


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputRefused) as refusal:
        parse_products(file(HEADER) + BAG.replace("Sample", "Échantillon").encode("latin-1"))
    assert refusal.value.code == "expected.utf-8"


def test_a_file_larger_than_1_mb_is_refused() -> None:
    with pytest.raises(InputRefused) as refusal:
        parse_products(b"x" * 1_000_001)
    assert refusal.value.code == "expected.csv-size"


def test_the_mark_that_spreadsheets_put_before_utf_8_and_plain_line_ends_are_read() -> None:
    content = b"\xef\xbb\xbf" + file(HEADER, BAG).replace(b"\r\n", b"\n")
    assert [(each.line, each.value) for each in parse_products(content)] == [(2, bag())]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "''", "\uff1dA1", "=HYPERLINK()"]
)
def test_no_column_reaches_a_spreadsheet_as_a_formula_and_it_is_read_as_it_was(name: str) -> None:
    written = products_text([bag(name=name, manufacturer=name)])
    (row,) = list(csv.reader(io.StringIO(written.decode(), newline="")))[1:]
    assert row[2] == row[3] == f"'{name}"
    assert [each.value for each in parse_products(written)] == [bag(name=name, manufacturer=name)]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@A1", "'Empty bag", "'"])
def test_a_column_that_a_spreadsheet_would_take_for_a_formula_is_not_read(name: str) -> None:
    line = BAG.replace("Empty EVA bag 500 mL", name)
    assert (2, "name", name, "expected.csv-sign") in refused(line)


def test_a_file_is_written_as_spreadsheets_read_it() -> None:
    assert products_text([drug_vial(), bag()]) == file(HEADER, VIAL, BAG)
    assert lots_text([lot()]) == file(LOT_HEADER, LOT)


PRODUCTS = [
    drug_vial(),
    saline(name='Sodium chloride 0.9 %, "preservative-free"', volume=Volume(Decimal("500.00"))),
    bag(dehp=None, fill=Volume(Decimal(270))),
    tubing(dehp=True, built_in_filter=None),
    filter_(pore_micron=Decimal("0.2"), non_pyrogenic=None, sterile=False),
    bag(code="EVA 7/150", name="Poche vide é 150 mL"),
]


@pytest.mark.req("REQ-SUP-008")
def test_products_are_read_exactly_as_they_were_written() -> None:
    assert [each.value for each in parse_products(products_text(PRODUCTS))] == PRODUCTS


def nullable(what: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | what


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")),
    min_size=1, max_size=200,
).filter(lambda each: each == each.strip())  # fmt: skip
NUMBERS = st.decimals("0.0001", "999999", places=4)
SHORT = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40)


@given(
    product=st.builds(
        Product,
        code=SHORT,
        kind=st.sampled_from(ProductKind),
        name=TEXTS,
        manufacturer=TEXTS,
        material=nullable(st.sampled_from(BagMaterial)),
        dehp=nullable(st.booleans()),
        pore_micron=nullable(NUMBERS),
        low_protein_binding=nullable(st.booleans()),
        sterile=nullable(st.booleans()),
        non_pyrogenic=nullable(st.booleans()),
        built_in_filter=nullable(st.booleans()),
        volume=nullable(NUMBERS.map(Volume)),
        concentration=nullable(NUMBERS.map(Concentration)),
        fill=nullable(NUMBERS.map(Volume)),
        has_serial=st.booleans(),
    )
)
@pytest.mark.req("REQ-SUP-008")
def test_any_product_is_read_exactly_as_it_was_written(product: Product) -> None:
    written = products_text([product])
    (read,) = parse_products(written)
    assert read.value == product
    assert products_text([read.value]) == written


@given(
    kept=st.builds(
        Lot,
        code=SHORT,
        lot=SHORT,
        expires_on=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        quantity=st.integers(0, 9_999),
        received_at=st.datetimes(timezones=st.just(UTC)),
        state=st.sampled_from(LotState),
        reason=SHORT,
    )
)
@pytest.mark.req("REQ-SUP-008")
def test_any_lot_is_read_exactly_as_it_was_written(kept: Lot) -> None:
    written = lots_text([kept])
    (read,) = parse_lots(written)
    assert read.value == kept
    assert lots_text([read.value]) == written


def test_a_lot_on_file_is_read_with_the_moment_at_which_it_was_received() -> None:
    (read,) = parse_lots(file(LOT_HEADER, LOT))
    assert read.value.received_at == RECEIVED


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("given_", "instead", "field", "code"),
    [
        ("2027-11-30", "30/11/2027", "expires_on", "expected.date"),
        ("2027-11-30", "2027-11-31", "expires_on", "expected.date"),
        ("2027-11-30", "2027-11-00", "expires_on", "expected.date"),
        (",10,", ",10.0,", "quantity", "expected.quantity"),
        (",10,", ",010,", "quantity", "expected.quantity"),
        (",10,", ",ten,", "quantity", "expected.quantity"),
        ("14:00:00Z", "14:00", "received_at", "expected.moment"),
        ("14:00:00Z", "14:00:00-05:00", "received_at", "expected.moment"),
        ("14:00:00Z", "25:00:00Z", "received_at", "expected.moment"),
        ("available", "ok", "state", "expected.one-of"),
    ],
)
def test_a_lot_is_read_strictly(given_: str, instead: str, field: str, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        parse_lots(file(LOT_HEADER, LOT.replace(given_, instead)))
    (line,) = refusal.value.lines
    assert isinstance(line.no, InputRefused)
    assert (line.line, line.field, line.no.code) == (2, field, code)


def test_one_lot_number_of_two_products_stands_for_two_lots() -> None:
    both = file(LOT_HEADER, LOT, LOT.replace("0015", "0022"))
    assert len(parse_lots(both)) == 2
    with pytest.raises(FileRefused):
        parse_lots(file(LOT_HEADER, LOT, LOT))
