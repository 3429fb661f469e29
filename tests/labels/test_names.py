"""A name fits, or is refused in words; it is never cut, shrunk too far or drawn letter by letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.label import LabelContent
from pharmacy_app.wording import load
from tests.support.label_content import BAG_96_H, EVERYTHING_AT_ONCE
from tests.support.pdf_text import TextRun, read_page

NARROW_60 = "Littli-Iltis, Lili Till Jilli Filli Titi Fifi Lilit Illi Jil"
WIDE_60 = "MacIntyre-Fitzgerald, Elizabeth Alexandra Philippa Charlotte"
TOO_WIDE_60 = "WOLFESCHLEGELSTEINHAUSENBERGERDORFFWELCHEVORALTERNWARENGEWISS"[:60]


def named(name: str, content: LabelContent = BAG_96_H) -> LabelContent:
    return replace(content, patient_name=name)


def runs(content: LabelContent, stock: str = "4x3") -> tuple[TextRun, ...]:
    document = PdfLabelRenderer().draw(content, stock=stock, dpi=203)
    assert document.findings == ()
    return read_page(document.pdf).runs


def refusals(content: LabelContent, stock: str = "4x3") -> list[str]:
    document = PdfLabelRenderer().draw(content, stock=stock, dpi=203)
    assert document.pdf == b""
    assert {each.severity for each in document.findings} == {Severity.STOP}
    return [load().finding(each) for each in document.findings]


@pytest.mark.req("REQ-LBL-003")
def test_a_name_of_60_narrow_characters_fits_at_12_points_on_one_line() -> None:
    assert len(NARROW_60) == 60
    (name,) = [run for run in runs(named(NARROW_60)) if run.text == NARROW_60]
    assert name.size == 12
    assert name.box.right <= 281.05


@pytest.mark.req("REQ-LBL-003")
def test_a_name_of_60_wide_characters_is_refused_with_the_stock_that_holds_it() -> None:
    assert len(WIDE_60) == 60
    assert refusals(named(WIDE_60)) == [
        "The name is 72.1 pt too wide for 4 × 3 in at 12 pt. Use 4 × 6 in.",
    ]


@pytest.mark.req("REQ-LBL-003")
def test_the_larger_stock_breaks_a_long_name_between_words_on_lines_that_follow_each_other() -> None:
    found = runs(named(WIDE_60), "4x6")
    first = next(number for number, run in enumerate(found) if run.text.startswith("MacIntyre"))
    upper, lower = found[first], found[first + 1]
    assert f"{upper.text} {lower.text}" == WIDE_60
    assert upper.size == lower.size >= 12
    assert 0 <= upper.box.bottom - lower.box.top < upper.size


@pytest.mark.req("REQ-LBL-003")
def test_a_name_that_no_stock_holds_is_refused_without_advice() -> None:
    sentence = "No stock is wide enough, and nothing is cut."
    for stock in ("4x3", "4x6"):
        (refusal,) = refusals(named(TOO_WIDE_60), stock)
        assert refusal.endswith(sentence)


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-003")
def test_where_the_name_must_be_12_points_nothing_but_the_rate_is_larger() -> None:
    found = runs(named(NARROW_60, EVERYTHING_AT_ONCE))
    assert {run.text for run in found if run.size > 12} == {"0.6 mL/h"}


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize(
    "name", ["NGUYỄN, Thị Minh Khai", "Παπαδοπούλου, Ελένη", "ИВАНОВА, Ольга", "ᐊᒪᕈᖅ, ᓵᓚ"]
)
def test_a_name_that_the_label_font_lacks_is_drawn_whole_in_the_second_font(name: str) -> None:
    (run,) = [each for each in runs(named(name)) if each.text == name]
    assert run.font == "DejaVuSans-Bold"


@pytest.mark.req("REQ-LBL-003")
def test_other_words_stay_in_the_label_font_beside_such_a_name() -> None:
    others = {run.font for run in runs(named("ИВАНОВА, Ольга")) if run.text != "ИВАНОВА, Ольга"}
    assert others == {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"}


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("حسن, Ali", "“ح” (U+062D), “س” (U+0633), “ن” (U+0646)"),
        ("COHEN, דנה", "“ד” (U+05D3), “נ” (U+05E0), “ה” (U+05D4)"),
        ("DOE, Jane 😀", "“😀” (U+1F600)"),
        ("DOE, 𐐀𐐀", "“𐐀” (U+10400)"),
        ("LÉVY, Rene\u0301", "“\u0301” (U+0301)"),
        ("DOE, Ja\u200dne", "“\u200d” (U+200D)"),
        ("DOE, Ja\u00adne", "“\u00ad” (U+00AD)"),
        ("王, 小明", "“王” (U+738B), “小” (U+5C0F), “明” (U+660E)"),
    ],
)
def test_a_name_that_no_font_can_draw_right_is_refused_with_its_characters(
    name: str, characters: str
) -> None:
    assert refusals(named(name)) == [f"No label font can draw {characters} in the name."]


@pytest.mark.req("REQ-LBL-003")
def test_only_what_people_are_called_may_use_the_second_font() -> None:
    assert refusals(replace(BAG_96_H, route="in die Vene ↯")) == [
        "No label font can draw “↯” (U+21AF) in “in die Vene ↯”."
    ]


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize("name", ["O'BRIEN & <SON>, ^XZ", "DOE, &amp; Jane", "DOE, (Jane) \\n", "DOE, “J” ½"])
def test_a_name_that_looks_like_markup_is_drawn_as_it_is(name: str) -> None:
    assert [run.text for run in runs(named(name)) if run.text == name] == [name]


@pytest.mark.req("REQ-LBL-003")
def test_all_that_does_not_fit_is_said_at_once() -> None:
    content = replace(
        named(WIDE_60), destination="Über-" + "W" * 60, drug="blinatumomab" * 5, serial="2610 → 0317"
    )
    found = refusals(content)
    assert len(found) == 4
    assert any(each.startswith("The name is") for each in found)
    assert any("Über-WWW" in each for each in found)
    assert any("blinatumomabblinatumomab" in each and "pt too wide" in each for each in found)
    assert any("“→” (U+2192)" in each for each in found)


@pytest.mark.req("REQ-LBL-003")
def test_a_destination_too_long_for_its_lines_is_refused() -> None:
    (refusal,) = refusals(replace(BAG_96_H, destination="Ward twelve, west wing, " * 8 + "bed 12"))
    assert refusal.startswith("“Ward twelve")
    assert "needs more than 2 lines on 4 × 3 in at 7.5 pt" in refusal


@pytest.mark.req("REQ-LBL-003")
def test_what_finds_no_height_is_named() -> None:
    content = replace(EVERYTHING_AT_ONCE, alerts=EVERYTHING_AT_ONCE.alerts * 4)
    refusal, *_ = refusals(content)
    assert "no room left for" in refusal
    assert "NEW SET AT THIS CHANGE" in refusal


@pytest.mark.req("REQ-LBL-003")
def test_a_number_and_its_unit_are_never_parted() -> None:
    destination = "Room of the day hospital at the end of the corridor near lift\u00a012\u00a0B"
    found = runs(replace(BAG_96_H, destination=destination))
    assert any(run.text.endswith("lift 12 B") for run in found)
