"""A label is judged by what was read back from it; every rule can say no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.label import DrawnText, LabelContent, ReadBack
from pharmacy_app.domain.label_lint import judge, parse_elements
from pharmacy_app.wording import load
from tests.support.label_content import BAG_7_DAYS, BAG_24_H, BAG_96_H
from tests.support.read_backs import right, with_texts

SPECIMEN_ELEMENTS = "90SPECIMEN\x1d91261026031701\x1d923f9a12bc"
RIGHT = right(BAG_96_H, datamatrix=SPECIMEN_ELEMENTS)


def said(read_back: ReadBack, content: LabelContent = BAG_96_H) -> list[tuple[str, str]]:
    """Requirement and sentence of each finding; all of them stops."""
    found = judge(content, read_back)
    assert all(each.severity is Severity.STOP for each in found)
    return [(each.requirement, load().finding(each)) for each in found]


def sentences(content: LabelContent) -> list[tuple[str, str]]:
    """What is said about a content that was drawn exactly as it is."""
    return said(right(content, datamatrix=SPECIMEN_ELEMENTS), content)


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-002", "REQ-LBL-005")
@pytest.mark.parametrize("content", [BAG_24_H, BAG_96_H])
def test_a_right_label_passes(content: LabelContent) -> None:
    assert sentences(content) == []


@pytest.mark.req("REQ-LBL-005")
def test_elements_are_compared_one_by_one() -> None:
    raw = "010061414112345270032611021300\x1d10L26102603\x1d21261026031701"
    assert said(right(BAG_7_DAYS, datamatrix=raw), BAG_7_DAYS) == []
    without_separator = raw.replace("\x1d21", "21")
    reads = f"The DataMatrix on the drawn label reads {without_separator.replace(chr(29), ' ')}. "
    assert said(right(BAG_7_DAYS, datamatrix=without_separator), BAG_7_DAYS) == [
        ("REQ-LBL-005", reads + "Expected (01)00614141123452(7003)2611021300(10)L26102603(21)261026031701.")
    ]


@pytest.mark.req("REQ-LBL-005")
@pytest.mark.parametrize("code", ["261026031702", "", None])
def test_a_wrong_or_unreadable_code_128_stops(code: str | None) -> None:
    assert said(replace(RIGHT, code128=code)) == [
        ("REQ-LBL-005", f"The Code 128 on the drawn label reads {code or '–'}. Expected 261026031701.")
    ]


@pytest.mark.req("REQ-LBL-005")
@pytest.mark.parametrize("raw", [None, "", "90SPECIMEN", f"{SPECIMEN_ELEMENTS}\x1d", "(90)SPECIMEN"])
def test_a_wrong_or_unreadable_datamatrix_stops(raw: str | None) -> None:
    (finding,) = said(replace(RIGHT, datamatrix=raw))
    assert finding[1].startswith("The DataMatrix on the drawn label reads")


@pytest.mark.req("REQ-LBL-004", "REQ-LBL-005")
@pytest.mark.parametrize("symbologies", [("]C1", "]d2"), ("]C0", "]d1"), ("]d2",), (), ("]C0", "]C0", "]d2")])
def test_codes_of_another_kind_stop(symbologies: tuple[str, ...]) -> None:
    codes = ", ".join(symbologies) or "–"
    assert said(replace(RIGHT, symbologies=symbologies)) == [
        (
            "REQ-LBL-005",
            f"The drawn label has the codes {codes}. Expected one Code 128 and one GS1 DataMatrix.",
        )
    ]


@pytest.mark.parametrize(
    ("raw", "elements"),
    [
        ("0100614141123452", (("01", "00614141123452"),)),
        ("010061414112345210L7\x1d21X", (("01", "00614141123452"), ("10", "L7"), ("21", "X"))),
        ("9101\x1d92ab", (("91", "01"), ("92", "ab"))),
        ("01006141411234", None),
        ("9101\x1d", None),
        ("9101\x1d\x1d92ab", None),
        ("1726103110L7", None),
        ("(91)01", None),
    ],
)
def test_element_strings_are_parsed_or_refused(
    raw: str, elements: tuple[tuple[str, str], ...] | None
) -> None:
    assert parse_elements(raw) == elements


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-003")
@pytest.mark.parametrize(
    "text", ["DO NOT FLUSH", "28 mcg per day", "TREMBLAY, Anne-Marie", "261026 0317", "MRN"]
)
def test_what_is_missing_on_the_drawn_label_stops(text: str) -> None:
    assert ("REQ-LBL-001", f"The drawn label lacks “{text}”, or parts it.") in said(with_texts(RIGHT, text))


@pytest.mark.req("REQ-LBL-001")
@pytest.mark.parametrize("gone", [("Order", "RX-1001"), ("compounded",)])
def test_what_needs_room_may_be_missing(gone: tuple[str, ...]) -> None:
    read = RIGHT
    for text in gone:
        read = with_texts(read, text)
    assert said(read) == []


@pytest.mark.req("REQ-LBL-001")
@pytest.mark.parametrize(
    ("change", "item"),
    [
        ({"destination": ""}, "destination"),
        ({"hang_at": ""}, "hang at"),
        ({"prohibitions": ()}, "prohibitions"),
        ({"expires": ("Expires", "")}, "expires"),
        ({"storage": ()}, "storage"),
    ],
)
def test_a_content_with_nothing_for_an_item_stops(change: dict[str, object], item: str) -> None:
    content = replace(BAG_96_H, **change)  # type: ignore[arg-type]
    assert sentences(content) == [("REQ-LBL-001", f"The label has nothing for: {item}.")]


@pytest.mark.req("REQ-LBL-001")
@pytest.mark.parametrize(
    "change",
    [{"marks": ()}, {"alerts": ()}, {"benzyl_alcohol_warning": ""}, {"priming": ""}, {"time_offset": ""}],
)
def test_what_does_not_apply_to_every_bag_may_be_empty(change: dict[str, object]) -> None:
    assert sentences(replace(BAG_96_H, **change)) == []  # type: ignore[arg-type]


@pytest.mark.req("REQ-LBL-003")
def test_words_that_are_not_in_the_content_stop() -> None:
    read = with_texts(RIGHT, "DO NOT FLUSH", ("DO NOT FLUSH", "8"), ("before noon", "8"))
    assert said(read) == [("REQ-LBL-003", "The drawn label says “before noon”, which is not in its content.")]


@pytest.mark.req("REQ-LBL-003")
def test_a_phrase_may_stand_on_lines_that_follow_each_other_but_not_apart() -> None:
    phrase = "dose changes to 28 mcg/day with this bag"
    upper, lower = ("dose changes to 28 mcg/day", "8"), ("with this bag", "8")
    assert said(with_texts(RIGHT, phrase, upper, lower)) == []
    apart = with_texts(
        with_texts(RIGHT, phrase, upper), "NEW SET AT THIS CHANGE", ("NEW SET AT THIS CHANGE", "8"), lower
    )
    assert ("REQ-LBL-001", f"The drawn label lacks “{phrase}”, or parts it.") in said(apart)


@pytest.mark.req("REQ-LBL-003")
def test_a_number_parted_from_its_unit_at_the_end_of_a_line_stops() -> None:
    phrase = "dose changes to 28 mcg/day with this bag"
    read = with_texts(RIGHT, phrase, ("dose changes to 28", "8"), ("mcg/day with this bag", "8"))
    assert said(read) == [("REQ-LBL-003", f"“{phrase}” parts a number from its unit at the end of a line.")]


@pytest.mark.req("REQ-LBL-002")
def test_type_below_6_points_stops_and_6_points_pass() -> None:
    assert said(with_texts(RIGHT, "DO NOT FLUSH", ("DO NOT FLUSH", "5.99"))) == [
        ("REQ-LBL-002", "The smallest type on the label is 5.99 pt. Expected 6 pt or more.")
    ]
    assert said(with_texts(RIGHT, "DO NOT FLUSH", ("DO NOT FLUSH", "6"))) == []


@pytest.mark.req("REQ-LBL-001")
def test_a_dose_below_12_points_stops_and_12_points_pass() -> None:
    assert said(with_texts(RIGHT, "28 mcg per day", ("28 mcg per day", "11.9"))) == [
        ("REQ-LBL-001", "Name or dose is 11.9 pt. Expected 12 pt or more.")
    ]
    assert said(with_texts(RIGHT, "28 mcg per day", ("28 mcg per day", "12"))) == []


@pytest.mark.req("REQ-LBL-001")
def test_only_the_rate_may_be_larger_than_the_name() -> None:
    assert said(with_texts(RIGHT, "240 mL", ("240 mL", "17"))) == [
        ("REQ-LBL-001", "The name is 16 pt, but other words are 17 pt. The name has the largest words.")
    ]
    assert said(with_texts(RIGHT, "2.5 mL/h", ("2.5 mL/h", "40"))) == []


@pytest.mark.req("REQ-LBL-001")
def test_a_name_below_12_points_stops() -> None:
    small = tuple(DrawnText(each.text, "11") for each in RIGHT.texts)
    assert said(replace(RIGHT, texts=small)).count(
        ("REQ-LBL-001", "Name or dose is 11 pt. Expected 12 pt or more.")
    ) == 2  # fmt: skip


@pytest.mark.req("REQ-LBL-002")
@pytest.mark.parametrize(
    ("materials", "sentence"),
    [
        ("28 µg of drug", "has a micro sign or ug. Expected mcg."),
        ("28 μg of drug", "has a micro sign or ug. Expected mcg."),
        ("28 ug of drug", "has a micro sign or ug. Expected mcg."),
        ("1.0 mL of drug", "has a zero at the end of a decimal."),
        ("10.70 mL of drug", "has a zero at the end of a decimal."),
        (".5 mL of drug", "has a decimal without a zero before its point."),
        ("10mL of drug", "has no space between number and unit."),
        ("0.9% sodium chloride", "has no space between number and unit."),
        ("hang over 96h", "has no space between number and unit."),
        ("28 mcg/24 h", "gives an amount per 24 h. Expected one rate, in mL/h."),
        ("240 mL per 24 h", "gives an amount per 24 h. Expected one rate, in mL/h."),
        ("BLINCYTO® bag", "has a trademark sign."),
        ("BLINCYTO™ bag", "has a trademark sign."),
        ("on 2026-03-05", "has a date in another form than 2026-MAR-05 14:00."),
        ("on 05/03/2026", "has a date in another form than 2026-MAR-05 14:00."),
        ("on 2026-Mar-05", "has a date in another form than 2026-MAR-05 14:00."),
        ("at 2:00 pm", "has a date in another form than 2026-MAR-05 14:00."),
    ],
)
def test_words_that_the_text_rules_forbid_stop(materials: str, sentence: str) -> None:
    assert sentences(replace(BAG_96_H, materials=materials)) == [("REQ-LBL-002", f"“{materials}” {sentence}")]


@pytest.mark.req("REQ-LBL-002")
@pytest.mark.parametrize(
    "materials",
    [
        "10 mL and 0.05 mL",
        "100 mL",
        "from 2026-MAR-05 14:00",
        "9 mcg over 24 h",
        "0.2 or 0.22 micron",
        "2–8 °C",
    ],
)
def test_words_that_keep_the_text_rules_pass(materials: str) -> None:
    assert sentences(replace(BAG_96_H, materials=materials)) == []


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize(
    "change",
    [
        {"patient_name": "O'NEIL™, 1.0 µg"},
        {"destination": "Ward 5mL, 2.50, .5"},
        {"prescriber": ("Prescriber", "Dr. 10mg/24 h")},
        {"pharmacy": "Pharmacy® 416.555.0140"},
        {"record_number": ("MRN", "2026-01-02")},
        {"order_number": ("Order", "1.0")},
        {"verified_by": ("Verified by", "S. Park, 3 pm")},
    ],
)
def test_what_people_typed_is_not_held_to_the_text_rules(change: dict[str, object]) -> None:
    assert sentences(replace(BAG_96_H, **change)) == []  # type: ignore[arg-type]


@pytest.mark.req("REQ-LBL-002")
def test_captions_are_the_programs_words_also_beside_what_people_typed() -> None:
    assert sentences(replace(BAG_96_H, record_number=("MRN®", "4471023"))) == [
        ("REQ-LBL-002", "“MRN®” has a trademark sign.")
    ]


@pytest.mark.req("REQ-LBL-001")
def test_there_is_exactly_one_rate() -> None:
    assert ("REQ-LBL-001", "The label has 2 rates in mL/h. Expected one.") in sentences(
        replace(BAG_96_H, materials="runs at 2.5 mL/h")
    )
    assert ("REQ-LBL-001", "The label has 0 rates in mL/h. Expected one.") in sentences(
        replace(BAG_96_H, rate="2.5 mL")
    )


@pytest.mark.req("REQ-LBL-002")
@pytest.mark.parametrize(
    "change", [{"rate_caption": "RATE for 112 mcg"}, {"infuse_caption": "112 mcg in all"}]
)
def test_an_amount_of_drug_beside_the_rate_stops(change: dict[str, str]) -> None:
    (finding,) = sentences(replace(BAG_96_H, **change))  # type: ignore[arg-type]
    assert finding[1].endswith("an amount of drug stands beside the rate.")


@pytest.mark.req("REQ-LBL-005")
def test_everything_that_is_wrong_is_said_at_once() -> None:
    spoilt = replace(with_texts(RIGHT, "DO NOT FLUSH"), code128=None, datamatrix=None, symbologies=())
    assert len(said(spoilt)) == 4
