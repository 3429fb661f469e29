"""What a code says, as scanners send it: one reading, or refused."""

from __future__ import annotations

from datetime import date

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.scan import BagScan, ProductScan, Scan, TextScan
from pharmacy_app.intake.scan import read_scan
from pharmacy_app.wording import load

TODAY = date(2026, 11, 23)
OWN = "09506000134352"  # GS1's own example numbers throughout
GS = "\x1d"


def read(text: str, *, today: date = TODAY, own: frozenset[str] = frozenset({OWN})) -> Scan:
    return read_scan(text, own_gtins=own, today=today)


def refusal(text: str, *, today: date = TODAY) -> str:
    with pytest.raises(InputRefused) as caught:
        read(text, today=today)
    assert caught.value.field == "scan"
    assert caught.value.given
    return caught.value.code


VIAL = ProductScan("00614141123452", "7K114B", date(2028, 2, 29), "")
VIAL_12 = ProductScan("00614141123452", "7K114B", date(2028, 2, 29), "1002345")
NUMBER = ProductScan("00614141123452", "", None, "")


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("]d2010061414112345217280229107K114B", VIAL),
        ("]C1010061414112345217280229107K114B", VIAL),
        ("]e0010061414112345217280229107K114B", VIAL),
        ("]Q3010061414112345217280229107K114B", VIAL),
        ("]J1010061414112345217280229107K114B", VIAL),
        ("010061414112345217280229107K114B", VIAL),
        (f"{GS}010061414112345217280229107K114B", VIAL),
        (f"]d2{GS}010061414112345217280229107K114B", VIAL),
        ("(01)00614141123452(17)280229(10)7K114B", VIAL),
        (f"]d2010061414112345217280229107K114B{GS}211002345", VIAL_12),
        (f"0100614141123452211002345{GS}17280229107K114B", VIAL_12),
        ("0100614141123452211002345|17280229107K114B", VIAL_12),
        ("0100614141123452211002345~17280229107K114B", VIAL_12),
        ("0100614141123452211002345^17280229107K114B", VIAL_12),
        ("0100614141123452211002345{GS}17280229107K114B", VIAL_12),
        (f"172802290100614141123452107K114B{GS}211002345", VIAL_12),
        (f"107K114B{GS}172802290100614141123452211002345", VIAL_12),
        ("(10)7K114B(21)1002345(01)00614141123452(17)280229", VIAL_12),
        (f"010061414112345270032802292359{GS}107K114B", VIAL),
        (f"0100614141123452{GS}17280229{GS}107K114B{GS}", VIAL),
        ("0100614141123452", NUMBER),
    ],
)
def test_a_products_fields_are_read_with_separator_substitute_or_none(text: str, scan: Scan) -> None:
    assert read(text) == scan


@pytest.mark.req("REQ-SUP-009")
def test_fields_of_no_concern_here_are_read_over() -> None:
    text = f"010061414112345211250301152803312001240A-9{GS}301{GS}71500028200{GS}91abc{GS}107K114B"
    assert read(text) == ProductScan("00614141123452", "7K114B", None, "")


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("]E04006381333931", "04006381333931"),
        ("4006381333931", "04006381333931"),
        ("]E0614141123452", "00614141123452"),
        ("614141123452", "00614141123452"),
        ("036000291452", "00036000291452"),
        ("]E473513537", "00000073513537"),
        ("73513537", "00000073513537"),
        ("]E401234565", "00000001234565"),
        ("]I115400141288763", "15400141288763"),
        ("15400141288763", "15400141288763"),
    ],
)
def test_the_number_of_a_linear_code_is_a_product_without_lot(text: str, code: str) -> None:
    assert read(text) == ProductScan(code, "", None, "")


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    "text", ["4006381333930", "614141123453", "73513538", "15400141288764", "]E0614141123453"]
)
def test_a_wrong_check_digit_is_refused(text: str) -> None:
    assert refusal(text) == "expected.scan-check-digit"


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize("text", ["]E0123456", "]E0A", "]E4735135370"])
def test_what_a_scanner_calls_a_number_must_be_one(text: str) -> None:
    assert refusal(text) == "expected.scan-number"


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize("text", ["04252614", "01234565", "17280229"])
def test_eight_digits_that_may_be_a_short_upc_are_refused(text: str) -> None:
    assert refusal(text) == "expected.scan-full-number"


@pytest.mark.req("REQ-LBL-004")
@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("261026031700", BagScan("2610260317", 0, "")),
        ("]C0261026031712", BagScan("2610260317", 12, "")),
        (f"]d290BAG{GS}91261026031701{GS}92a1b2c3d4", BagScan("2610260317", 1, "a1b2c3d4")),
        (f"90BAG{GS}91261026031701{GS}92a1b2c3d4", BagScan("2610260317", 1, "a1b2c3d4")),
        ("90BAG~91261026031701~92a1b2c3d4", BagScan("2610260317", 1, "a1b2c3d4")),
        ("(90)BAG(91)261026031701(92)a1b2c3d4", BagScan("2610260317", 1, "a1b2c3d4")),
        (f"01{OWN}70032611051400{GS}10S4{GS}21261026031701", BagScan("2610260317", 1, "")),
        (f"(01){OWN}(7003)2611051400(10)S4(21)261026031701", BagScan("2610260317", 1, "")),
    ],
)
def test_this_programs_own_codes_are_a_bag_and_a_print_number(text: str, scan: Scan) -> None:
    assert read(text) == scan


@pytest.mark.req("REQ-LBL-004", "REQ-LBL-011")
@pytest.mark.parametrize(
    "text",
    [
        "000000000100",
        "]C0000000000100",
        f"90SPECIMEN{GS}91000000000100{GS}92a1b2c3d4",
        f"(01){OWN}(10)S4(21)000000000100",
    ],
)
def test_a_specimens_codes_are_read_as_a_bag_so_that_the_bag_can_be_refused(text: str) -> None:
    scan = read(text)
    assert isinstance(scan, BagScan)
    assert scan.serial == "0000000001"


@pytest.mark.req("REQ-LBL-004")
def test_a_makers_product_with_twelve_digits_of_serial_is_no_bag() -> None:
    text = f"010061414112345270032611051400{GS}10S4{GS}21261026031701"
    assert read(text) == ProductScan("00614141123452", "S4", date(2026, 11, 5), "261026031701")


@pytest.mark.req("REQ-LBL-004")
@pytest.mark.parametrize(
    "text",
    [
        f"(01){OWN}(17)261105(10)S4(21)261026031701",
        f"(01){OWN}(7003)2611051400(10)S4(21)26102603170",
        f"(01){OWN}(10)S4(21)261026031701",
        f"(01){OWN}(7003)2611051400(10)S4",
        f"(01){OWN}(7003)2611051400(10)S4(21)261026031701(91)X",
        f"(01){OWN}",
    ],
)
def test_the_sites_own_gtin_with_other_fields_than_its_label_has_is_refused(text: str) -> None:
    assert refusal(text) == "expected.scan-own-label"


@pytest.mark.req("REQ-LBL-004")
def test_own_fields_of_another_shape_are_no_bag() -> None:
    assert refusal(f"90BAG{GS}9126102603170{GS}92a1b2c3d4") == "expected.scan-product-number"
    assert refusal(f"90BAG{GS}91261026031701{GS}92A1B2C3D4") == "expected.scan-product-number"
    assert refusal(f"90BAG{GS}91261026031701") == "expected.scan-product-number"


@pytest.mark.req("REQ-LBL-004", "REQ-SUP-009")
def test_own_fields_without_separators_are_refused() -> None:
    assert refusal("90SPECIMEN91000000000100922a1b2c3d") == "expected.scan-separator"
    assert refusal("90BAG9126102603170192a1b2c3d4") == "expected.scan-separator-before"


@pytest.mark.req("REQ-SUP-009")
def test_twelve_digits_that_can_be_a_bag_and_a_drugs_upc_are_refused_unless_the_scanner_says_which() -> None:
    both = "301102000104"
    in_2030 = date(2030, 11, 3)
    assert refusal(both, today=in_2030) == "expected.scan-one-reading"
    assert read(f"]C0{both}", today=in_2030) == BagScan("3011020001", 4, "")
    assert read(f"]E0{both}", today=in_2030) == ProductScan("00301102000104", "", None, "")
    assert read("301102000107", today=in_2030) == BagScan("3011020001", 7, "")


@pytest.mark.req("REQ-SUP-009")
def test_a_day_that_has_not_come_or_was_before_this_program_begins_no_bags_number() -> None:
    assert read("301102000104") == ProductScan("00301102000104", "", None, "")
    assert read("261124000101") == BagScan("2611240001", 1, "")  # it may be tomorrow elsewhere
    assert refusal("261125000101") == "expected.scan-check-digit"
    assert refusal("251231000101") == "expected.scan-check-digit"
    assert read("010203000103") == ProductScan("00010203000103", "", None, "")


def test_numbers_for_use_inside_one_company_do_not_stand_in_the_way_of_a_bag() -> None:
    assert read("261026031700") == BagScan("2610260317", 0, "")  # its last digit is a check digit too


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("B-1047", "B-1047"),
        ("]C0B-1047", "B-1047"),
        ("]A0B-1047", "B-1047"),
        ("]d1261026031701", "261026031701"),
        ("]C00100614141123452", "0100614141123452"),
        ("+H123ABC01234567D", "+H123ABC01234567D"),
        ("12345", "12345"),
        ("01ABC", "01ABC"),
        ("Émilie Roy", "Émilie Roy"),
        ("a|b", "a|b"),
    ],
)
def test_any_other_code_is_a_text(text: str, found: str) -> None:
    assert read(text) == TextScan(found)


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "expected.scan-length"),
        ("A" * 401, "expected.scan-length"),
        ("A" * 201, "expected.text"),
        ("]C0", "expected.scan-length"),
        ("]E4", "expected.scan-length"),
        ("]d2", "expected.scan-length"),
        (" B-1047", "expected.text-trimmed"),
        ("B-1047 ", "expected.text-trimmed"),
        ("B\t1047", "expected.text-printable"),
        ("B\u200b1047", "expected.text-printable"),
    ],
)
def test_a_text_is_short_visible_and_without_a_space_at_its_ends(text: str, code: str) -> None:
    assert refusal(text) == code


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize("text", ["]D2010061414112345210A1", "]c1010061414112345210A1", "]q301"])
def test_an_identifier_in_the_other_letter_case_is_refused(text: str) -> None:
    assert refusal(text) == "expected.scan-letter-case"


@pytest.mark.req("REQ-SUP-009")
def test_every_refusal_can_be_said() -> None:
    with pytest.raises(InputRefused) as caught:
        read("]d2010061414112345217281331")
    assert caught.value.given == "(17)281331"
    assert load("en").error(caught.value) == (
        "a date that exists, written year, month, day with two digits each"
    )
