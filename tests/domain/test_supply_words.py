"""A refusal of supplies says what is expected, with the protocol's names and figures."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pharmacy_app.domain.supply import check_supplies
from pharmacy_app.intake.supplies_json import read_supplies
from pharmacy_app.wording import load
from tests.support.every_finding import every_finding
from tests.support.protocols import altered
from tests.support.supplies import found_in, supplies_document, supplies_document_7_days

WORDS = load()


def said(document: Mapping[str, object]) -> list[str]:
    return [WORDS.finding(each) for each in found_in(document)]


@pytest.mark.req("REQ-SUP-001")
@pytest.mark.parametrize("part", ["bag", "tubing"])
@pytest.mark.parametrize("material", ["other", None])
def test_the_materials_are_those_of_the_protocol(part: str, material: str | None) -> None:
    document = supplies_document(**{f"{part}.material": material})
    (sentence,) = said(document)
    assert sentence.endswith(" Expected polyolefin, PVC or EVA, free of DEHP.")
    file = altered("supply.dehp_free_materials", "polyolefin, PVC")
    (found,) = check_supplies(read_supplies(document, file, []), file)
    assert WORDS.finding(found).endswith(" Expected polyolefin or PVC, free of DEHP.")


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-003", "REQ-SUP-004", "REQ-SUP-005")
@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            supplies_document(**{"pump.elastomeric": True}),
            "The pump is elastomeric. Expected one that is not.",
        ),
        (
            supplies_document(**{"filter.sterile": False}),
            "The filter is not sterile. Expected a sterile one.",
        ),
        (
            supplies_document(**{"access.dedicated_lumen": False}),
            "The lumen is not dedicated to blinatumomab. Expected one for it alone.",
        ),
        (
            supplies_document(**{"tubing.dehp": True}),
            "The tubing contains DEHP. Expected a set free of DEHP.",
        ),
        (
            supplies_document_7_days(filter={}),
            "There is an in-line filter. A 168 h bag runs without one.",
        ),
        (
            supplies_document(duration_h=None),
            "How long the bag runs is not known. Expected 24, 48, 72, 96 or 168 h.",
        ),
    ],
)
def test_a_refusal_says_what_is_expected(document: Mapping[str, object], sentence: str) -> None:
    assert said(document) == [sentence]


def test_every_stop_about_supplies_says_what_is_expected() -> None:
    stops = {
        WORDS.finding(each)
        for each in every_finding()
        if each.code.startswith("supply.") and each.severity.value == "stop"
    }
    expecting = ("Expected ", " runs at ", " runs without ", " is made with ", " must be off")
    assert {each for each in stops if not any(words in each for words in expecting)} == set()
