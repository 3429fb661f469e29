"""Fields of GS1 codes: what each may hold, where it ends, and what would have to be guessed."""

from __future__ import annotations

from datetime import date

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.scan import ProductScan
from pharmacy_app.intake.gs1 import check_digit_holds, day_of, read_bracketed, read_elements
from pharmacy_app.intake.scan import read_scan

TODAY = date(2026, 11, 23)
GTIN = "0100614141123452"
GS = "\x1d"


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(InputRefused) as caught:
        read_elements(text, today=TODAY)
    return caught.value.code, caught.value.given


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    "number",
    ["4006381333931", "036000291452", "73513537", "15400141288763", "09506000134352", "09521234543213"],
)
def test_published_numbers_have_their_check_digit_and_no_other(number: str) -> None:
    assert check_digit_holds(number)
    others = [digit for digit in "0123456789" if digit != number[-1]]
    assert not any(check_digit_holds(number[:-1] + digit) for digit in others)


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("280229", date(2028, 2, 29)),
        ("280200", date(2028, 2, 29)),
        ("270200", date(2027, 2, 28)),
        ("271200", date(2027, 12, 31)),
        ("270430", date(2027, 4, 30)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
        ("000101", date(2000, 1, 1)),
    ],
)
def test_day_00_is_the_last_of_the_month_and_the_century_is_the_nearest(value: str, day: date) -> None:
    assert day_of(value, field="17", today=TODAY) == day


@pytest.mark.req("REQ-SUP-009")
def test_from_2051_on_small_years_are_of_the_next_century() -> None:
    assert day_of("010101", field="17", today=date(2051, 1, 1)) == date(2101, 1, 1)
    assert day_of("020101", field="17", today=date(2051, 1, 1)) == date(2002, 1, 1)


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize("value", ["281301", "280001", "280230", "270229", "280432", "999999", "000000"])
@pytest.mark.parametrize("field", ["11", "13", "15", "17"])
def test_a_date_that_does_not_exist_is_refused(field: str, value: str) -> None:
    assert refusal(f"{GTIN}{field}{value}") == ("expected.scan-date", f"({field}){value}")


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize("value", ["2611002400", "2611001400", "2611052400", "2611051360"])
def test_a_moment_of_expiry_that_does_not_exist_is_refused(value: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read_scan(f"{GTIN}7003{value}", own_gtins=frozenset(), today=TODAY)
    assert caught.value.code == "expected.scan-moment"


@pytest.mark.req("REQ-SUP-009")
def test_two_expiries_must_be_of_one_day() -> None:
    agree = f"{GTIN}172611057003261105" + "1400"
    assert read_scan(agree, own_gtins=frozenset(), today=TODAY) == ProductScan(
        "00614141123452", "", date(2026, 11, 5), ""
    )
    with pytest.raises(InputRefused) as caught:
        read_scan(f"{GTIN}172611067003261105" + "1400", own_gtins=frozenset(), today=TODAY)
    assert caught.value.code == "expected.scan-one-expiry"


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("text", "code", "given"),
    [
        (f"{GTIN}10ABC12321XYZ9", "expected.scan-separator-before", "(10)ABC12321XYZ9"),
        (f"{GTIN}10ABC17280229", "expected.scan-separator-before", "(10)ABC17280229"),
        (f"{GTIN}10A17280229", "expected.scan-separator-before", "(10)A17280229"),
        (f"{GTIN}10ABC1728022921XYZ9", "expected.scan-separator-before", "(10)ABC1728022921XYZ9"),
        (f"{GTIN}21998877610LOT4", "expected.scan-separator-before", "(21)998877610LOT4"),
        (f"10ABC{GTIN}", "expected.scan-separator-before", f"(10)ABC{GTIN}"),
        (f"{GTIN}10ABCDEFGHIJ21KLMNOPQRST", "expected.scan-separator", "(10)ABCDEFGHIJ21KLMNOPQRST"),
        (f"{GTIN}7003261105140010S4", "expected.scan-separator", "(7003)261105140010S4"),
        (f"{GTIN}30123456789", "expected.scan-separator", "(30)123456789"),
    ],
)
def test_a_separator_that_is_missing_where_it_is_needed_is_refused(text: str, code: str, given: str) -> None:
    assert refusal(text) == (code, given)


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    "lot",
    [
        "1182145",
        "2121212",
        "A21",
        "21A",
        "ABC21XY",
        "AB21XYZ",
        "A17281329",
        "A1728022",
        "211",
        "X10Y",
        "17280229",
    ],
)
def test_a_lot_number_in_which_no_whole_field_can_be_seen_is_read(lot: str) -> None:
    assert read_elements(f"{GTIN}17280229{'10'}{lot}", today=TODAY)["10"] == lot


@pytest.mark.req("REQ-SUP-009")
def test_with_a_separator_anywhere_in_the_code_the_scanner_sends_them() -> None:
    found = read_elements(f"{GTIN}21998877{GS}10ABC12317280229", today=TODAY)
    assert found == {"01": "00614141123452", "21": "998877", "10": "ABC12317280229"}


@pytest.mark.req("REQ-SUP-009")
def test_brackets_end_a_field_as_a_separator_does() -> None:
    found = read_bracketed("(01)00614141123452(10)ABC12321XYZ9", today=TODAY)
    assert found == {"01": "00614141123452", "10": "ABC12321XYZ9"}


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{GTIN}10", "expected.scan-field-empty"),
        (f"{GTIN}10{GS}21X", "expected.scan-field-empty"),
        (f"{GTIN}10A{GS}{GS}21X", "expected.scan-identifier"),
        (f"{GTIN}10A{GS}10A", "expected.scan-field-once"),
        (f"{GTIN}{GTIN}", "expected.scan-field-once"),
        (f"{GTIN}9", "expected.scan-identifier"),
        (f"{GTIN}88X", "expected.scan-identifier"),
        ("00106141411234567897", "expected.scan-identifier"),
        ("02006141411234523705", "expected.scan-identifier"),
        ("01006141411234", "expected.scan-field-short"),
        (f"{GTIN}17280{GS}10A", "expected.scan-field-short"),
        (f"{GTIN}70032611051", "expected.scan-field-short"),
        ("01006141411234X2", "expected.scan-digits"),
        (f"{GTIN}1728022A", "expected.scan-digits"),
        (f"{GTIN}17\uff1280229", "expected.scan-digits"),
        (f"{GTIN}30X", "expected.scan-digits"),
        ("0100614141123453", "expected.scan-check-digit"),
        (f"{GTIN}10A B", "expected.scan-characters"),
        (f"{GTIN}10A#B", "expected.scan-characters"),
        (f"{GTIN}10É", "expected.scan-characters"),
        (f"{GTIN}10A\n", "expected.scan-characters"),
        (f"{GTIN}10A<GS>B\u200b", "expected.scan-characters"),
        (f"{GTIN}10A|21X~240Y", "expected.scan-separators"),
        (f"{GTIN}10A{GS}21X|", "expected.scan-separators"),
    ],
)
def test_what_would_have_to_be_guessed_is_refused(text: str, code: str) -> None:
    assert refusal(text)[0] == code


@pytest.mark.req("REQ-SUP-009")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(01)00614141123452(10)", "expected.scan-field-empty"),
        ("(01)00614141123452(10)A(B)", "expected.scan-brackets"),
        ("(01)00614141123452 (10)A", "expected.scan-separator"),
        ("(01)00614141123452(10)A B", "expected.scan-characters"),
        ("(01)00614141123452(10)A(", "expected.scan-brackets"),
        ("(01)00614141123452(88)A", "expected.scan-identifier"),
        ("(01)00614141123453(10)A", "expected.scan-check-digit"),
        ("(01)00614141123452(10)A(10)B", "expected.scan-field-once"),
        ("(01)614141123452(10)A", "expected.scan-field-short"),
        ("(17)281301(01)00614141123452", "expected.scan-date"),
        ("(10)A|21X", "expected.scan-characters"),
        ("01)00614141123452", "expected.scan-brackets"),
    ],
)
def test_a_code_typed_with_brackets_obeys_the_same_rules(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read_bracketed(text, today=TODAY)
    assert caught.value.code == code
