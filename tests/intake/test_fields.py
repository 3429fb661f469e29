"""One field at a time: what its parser takes, and what it refuses."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.fields import (
    Fields,
    calendar_date,
    clock_time,
    decimal,
    kilograms,
    list_of,
    one_of,
    order_or_record_number,
    text,
    whole,
    yes_no_or_unknown,
)
from pharmacy_app.intake.strict_json import OddNumber

NOT_TEXT: list[object] = [None, True, 0, 12, [], ["2"], {}, OddNumber("28.125")]
NOT_DECIMAL: list[object] = [
    *NOT_TEXT, "", " ", "28,125", "28,5", "1 000", "1_000", "+5", "-5", " 5", "5 ", "5\n", ".5", "5.",
    "05", "00", "1.23456", "1234567", "1e3", "1E3", "NaN", "Infinity", "0x10", "5kg", "\uff15",
    "\u0665", "5\u00a0", "5·5", "½", "²", "1" * 10_000, "28\u200b", "\u202e5", "\ud800", "5.5.5", "5'000",
]  # fmt: skip


@pytest.mark.parametrize("given", NOT_DECIMAL, ids=ascii)
@pytest.mark.parametrize("parse", [decimal, kilograms])
def test_what_is_no_number_with_a_point_is_refused(parse: object, given: object) -> None:
    assert callable(parse)
    with pytest.raises(InputRefused) as caught:
        parse(given, "patient.weight_kg")
    assert caught.value.field == "patient.weight_kg"


@pytest.mark.parametrize("given", ["0", "0.5", "71.5", "999999.9999", "45.0", "2.50", "0.0000"])
def test_a_number_with_a_point_is_exact(given: str) -> None:
    assert str(decimal(given, "x")) == given
    assert decimal(given, "x") == Decimal(given)


@pytest.mark.parametrize(
    "given",
    [
        *NOT_TEXT, "", " ", "a ", " a", "\u00a0a", "a\u2003", "a\u0000", "a\nb", "a\tb", "\x7f", "\x85",
        "a\u200bb", "\u202eabc", "\ufeffa", "a\u2028b", "\ud800", "\ue000", "\U000e0041", "x" * 201,
        "\x1b[2J", "a\u00adb",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_plain_text_is_refused(given: object) -> None:
    with pytest.raises(InputRefused):
        text(given, "prescriber")


@pytest.mark.parametrize(
    "given",
    [
        "a",
        "x" * 200,
        "Ōsaka – Łukasz O’Brien",
        "Nguyễn Thị Ánh",
        "ᐊᓄᕌᖅ",
        "<b>&amp;",
        "李",
        "e\u0301",
        "é",
        "\U0001f600",
    ],
)
def test_letters_of_every_script_are_kept_as_they_are(given: str) -> None:
    assert text(given, "x") == given


@pytest.mark.parametrize(
    "given",
    [*NOT_TEXT, "", "x" * 21, "RX 1", "RX#1", "é", "\uff11", "a\n", "a\u200b", "RX\\1", "a:b", "*", "'"],
    ids=ascii,
)
def test_an_order_number_has_1_to_20_of_a_few_signs(given: object) -> None:
    with pytest.raises(InputRefused):
        order_or_record_number(given, "order_number")


@pytest.mark.parametrize("given", ["1", "x" * 20, "RX-1001", "a.b/c_d-e", "..", "/", "-"])
def test_those_signs_are_taken(given: str) -> None:
    assert order_or_record_number(given, "x") == given


@pytest.mark.parametrize(
    "given",
    [
        *NOT_TEXT, "", "2026-02-29", "2026-02-30", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-1",
        "20260101", "2026-W01-1", "2026-001", "26-01-01", "02026-01-01", "+2026-01-01", "2026/01/01",
        "01-02-2026", "2026-01-01 ", "2026-01-01T00:00", "2026-01-01\n",
        "\uff12\uff10\uff12\uff16-01-01", "1899-12-31", "2200-01-01", "0000-01-01", "9999-12-31",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_date_of_the_calendar_is_refused(given: object) -> None:
    with pytest.raises(InputRefused):
        calendar_date(given, "patient.date_of_birth")


def test_dates_run_from_1900_to_2199_and_know_leap_years() -> None:
    given = ["1900-01-01", "2199-12-31", "2028-02-29", "2000-02-29"]
    expected = [date(1900, 1, 1), date(2199, 12, 31), date(2028, 2, 29), date(2000, 2, 29)]
    assert [calendar_date(each, "x") for each in given] == expected


@pytest.mark.parametrize(
    "given",
    [
        *NOT_TEXT, "", "2026-11-23", "2026-11-23 14:00", "2026-11-23t14:00", "2026-11-23T14",
        "2026-11-23T1400", "2026-11-23T14:00:00", "2026-11-23T14:00Z", "2026-11-23T14:00-05:00",
        "2026-11-23T24:00", "2026-11-23T14:60", "2026-11-31T14:00", "2026-02-29T14:00",
        "2026-11-23T4:00", "2026-11-23T14:00 ", " 2026-11-23T14:00", "2026-11-23T\uff11\uff14:00",
        "1899-12-31T23:59", "2200-01-01T00:00",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_clock_time_is_refused(given: object) -> None:
    with pytest.raises(InputRefused):
        clock_time(given, "start_at")


def test_a_clock_time_has_no_offset() -> None:
    assert clock_time("2028-02-29T23:59", "x") == datetime(2028, 2, 29, 23, 59)  # noqa: DTZ001


@pytest.mark.parametrize(
    "given", [None, True, False, "1", 0, 10, -1, [1], {}, OddNumber("1.0"), OddNumber("1e0")]
)
def test_a_whole_number_lies_within_its_bounds_and_is_none_else(given: object) -> None:
    with pytest.raises(InputRefused):
        whole(1, 9)(given, "cycle")


@pytest.mark.parametrize("given", [None, True, "24", 25, OddNumber("24.0"), [24]])
def test_one_of_a_few_numbers_is_exactly_one_of_them(given: object) -> None:
    with pytest.raises(InputRefused):
        one_of((1, 24, 48))(given, "bags.durations_h")


@pytest.mark.parametrize("given", [0, 1, "true", "yes", "", [], OddNumber("1.0")])
def test_yes_and_no_are_true_and_false_alone(given: object) -> None:
    with pytest.raises(InputRefused):
        yes_no_or_unknown(given, "patient.pregnant")


def test_a_list_names_the_place_that_is_wrong() -> None:
    with pytest.raises(InputRefused) as caught:
        list_of(one_of((24, 48)))([24, 48, 72], "bags.sequence_h")
    assert caught.value.field == "bags.sequence_h[2]"


@pytest.mark.parametrize("given", [None, "monday", {"0": 24}, 24, True])
def test_only_a_list_is_a_list(given: object) -> None:
    with pytest.raises(InputRefused):
        list_of(one_of((24, 48)))(given, "x")


def test_all_refusals_of_an_object_are_collected_with_their_paths() -> None:
    refusals: list[InputRefused] = []
    fields = Fields({"a": "5", "b": "x", "more": {}, "\u202e": 1}, "patient", refusals)
    fields.required("a", decimal)
    fields.required("b", decimal)
    fields.required("c", decimal)
    fields.finish()
    assert [(each.field, each.given, each.code) for each in refusals] == [
        ("patient.b", "x", "expected.decimal"),
        ("patient.c", "nothing", "expected.field"),
        ("patient.more", "an object", "expected.no-such-field"),
        ("patient.\\u202e", "1", "expected.no-such-field"),
    ]


@pytest.mark.parametrize("given", [None, [], "x", 1, True])
def test_what_is_no_object_is_refused_once(given: object) -> None:
    refusals: list[InputRefused] = []
    fields = Fields(given, "patient", refusals)
    fields.required("a", decimal)
    fields.finish()
    assert [(each.field, each.code) for each in refusals] == [("patient", "expected.object")]
