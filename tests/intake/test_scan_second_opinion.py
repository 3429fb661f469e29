"""Reading codes beside an independent reader of GS1 (biip): what both read must agree."""

from __future__ import annotations

import string
from datetime import date

import pytest
from biip import ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_messages import GS1Message
from biip.gtin import Gtin
from hypothesis import example, given
from hypothesis import strategies as st

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.scan import ProductScan, Scan
from pharmacy_app.intake.gs1 import FORMS
from pharmacy_app.intake.scan import read_scan

GS = "\x1d"
SIGNS = string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_"
TODAY = date(2026, 11, 23)  # biip goes by its own clock, which gives the same century until 2050


def read(text: str) -> Scan | None:
    try:
        return read_scan(text, own_gtins=frozenset(), today=TODAY)
    except InputRefused:
        return None


def text_of(longest: int) -> st.SearchStrategy[str]:
    return st.text(SIGNS, min_size=1, max_size=longest)


def digits(shortest: int, longest: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=shortest, max_size=longest)


numbers = digits(13, 13).map(lambda payload: payload + str(gs1_standard_check_digit(payload)))
days = st.dates(date(2000, 1, 1), date(2050, 12, 31)).map(lambda day: day.strftime("%y%m%d"))
months = days.map(lambda day: day[:4] + "00")
FIELDS = {
    "01": numbers,
    "10": text_of(20),
    "11": days | months,
    "15": days | months,
    "17": days | months,
    "20": digits(2, 2),
    "21": text_of(20),
    "30": digits(1, 8),
    "240": text_of(30),
    "712": text_of(20),
    "91": text_of(90),
}
FIXED = ("01", "11", "15", "17", "20")


@st.composite
def codes(draw: st.DrawFn) -> dict[str, str]:
    """The fields of a product's code, in any order."""
    names = draw(st.lists(st.sampled_from(sorted(set(FIELDS) - {"01"})), unique=True, max_size=6))
    order = draw(st.permutations(["01", *names]))
    return {name: draw(FIELDS[name]) for name in order}


def sent(fields: dict[str, str]) -> str:
    """As a scanner sends it: a separator after each field that has no fixed length, but not at the end."""
    parts = [name + value + ("" if name in FIXED else GS) for name, value in fields.items()]
    return "".join(parts).removesuffix(GS)


def by_biip(text: str) -> ProductScan:
    """What biip finds in an element string."""
    found = {each.ai.ai: each for each in GS1Message.parse(text).element_strings}
    return ProductScan(
        code=found["01"].gtin.value if found["01"].gtin else "",
        lot=found["10"].value if "10" in found else "",
        expires_on=found["17"].date if "17" in found else None,
        unit_serial=found["21"].value if "21" in found else "",
    )


@pytest.mark.req("REQ-SUP-009")
@given(codes())
def test_every_proper_code_is_read_as_the_second_reader_reads_it(fields: dict[str, str]) -> None:
    text = f"]d2{sent(fields)}"
    scan = read(text)
    if GS in text:
        assert scan is not None
    if scan is not None:
        assert scan == by_biip(text[3:])


@pytest.mark.req("REQ-SUP-009")
@given(codes(), st.sampled_from("|~^"))
def test_a_substitute_changes_nothing(fields: dict[str, str], substitute: str) -> None:
    text = sent(fields)
    assert read(f"]d2{text.replace(GS, substitute)}") == read(f"]d2{text}")


@pytest.mark.req("REQ-SUP-009")
@given(codes(), st.data())
def test_what_is_read_of_a_damaged_code_is_what_the_second_reader_reads(
    fields: dict[str, str], data: st.DataObject
) -> None:
    text = sent(fields)
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.sampled_from(["", "0", "7", "A", " ", GS, "|"])) + text[at + 1 :]
    scan = read(f"]d2{damaged}")
    if scan is not None:
        assert scan == by_biip(damaged.replace("|", GS))


@pytest.mark.req("REQ-SUP-009")
@given(codes())
def test_without_its_separators_a_code_is_refused_or_loses_nothing(fields: dict[str, str]) -> None:
    """A lot and a serial of at least three characters are never taken for one."""
    names = [name for name in fields if name in {"01", "10", "17", "21"}]
    kept = {name: fields[name] for name in names}
    scan = read(f"]d2{sent(kept).replace(GS, '')}")
    if scan is None or min(len(kept.get("10", "")), len(kept.get("21", ""))) < 3:
        return
    assert scan == by_biip(sent(kept))


@pytest.mark.req("REQ-SUP-009")
@given(st.one_of(digits(8, 8), digits(12, 14)))
@example("4006381333931")
@example("73513537")
def test_numbers_alone_are_judged_as_the_second_reader_judges_them(number: str) -> None:
    scan = read(f"]E0{number}")
    try:
        expected = Gtin.parse(number).as_gtin_14()
    except ParseError:
        assert scan is None
    else:
        assert scan == ProductScan(expected, "", None, "")


def test_the_second_reader_knows_every_field_of_the_table_and_its_lengths() -> None:
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

    for name, form in FORMS.items():
        known = GS1ApplicationIdentifier.extract(name)
        assert known.separator_required is not form.fixed, name
        longest = known.format.split("+")[1].removeprefix("X").removeprefix("N").removeprefix("..")
        assert int(longest) == form.longest, name
        assert known.format.split("+")[1].startswith("N") is form.digits, name
