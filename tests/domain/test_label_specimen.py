"""A specimen's codes and marks, and how texts and names are kept as they are."""

from __future__ import annotations

import re

import pytest

from pharmacy_app.domain.label_content import specimen
from pharmacy_app.domain.label_phrases import keep_together, short_digest
from tests.support.composed_labels import WORDS, by_hand, label_of
from tests.support.orders import order, order_document
from tests.support.rulebooks import plan_of

NBSP = "\u00a0"
WINTER = (96, 72, 96, 96, 96, 96, 96, 24)


@pytest.mark.req("REQ-LBL-004", "REQ-LBL-011")
def test_the_codes_have_no_patient_data_no_gtin_and_no_expiry() -> None:
    found = label_of(by_hand(*WINTER), 3)
    assert re.findall(r"\([0-9]+\)", found.datamatrix) == ["(90)", "(91)", "(92)"]
    for secret in ("4471023", "Tremblay", "TREMBLAY", "1979", "RX-1001"):
        assert secret not in found.datamatrix + found.code128
    assert found.code128.isdigit()
    assert found.code128 in found.datamatrix


@pytest.mark.req("REQ-LBL-011")
def test_a_specimens_serial_is_of_a_day_that_never_was_and_has_no_print_number() -> None:
    plan = by_hand(*WINTER)
    serials = [label_of(plan, number).serial for number in range(1, 9)]
    assert serials == [f"000000 000{number}" for number in range(1, 9)]
    assert all(label_of(plan, number).code128.endswith("00") for number in range(1, 9))


@pytest.mark.req("REQ-LBL-011", "REQ-PRO-004")
def test_a_specimen_of_a_commissioned_protocol_has_no_training_mark_but_is_a_specimen() -> None:
    occasion = specimen(by_hand(*WINTER).bags[0], WORDS, training=False)
    assert (occasion.marks, occasion.print_text) == ((), "SPECIMEN – NOT RELEASED")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2–8 °C", f"2–8{NBSP}°C"),
        ("28 mcg per day", f"28{NBSP}mcg per day"),
        ("0.22 micron", f"0.22{NBSP}micron"),
        ("4 days", f"4{NBSP}days"),
        ("1 day", f"1{NBSP}day"),
        ("96 hours", "96 hours"),
        ("bed 12 here", "bed 12 here"),
        ("9 mL/h", f"9{NBSP}mL/h"),
    ],
)
def test_only_a_number_and_its_unit_are_kept_together(given: str, shown: str) -> None:
    assert keep_together(given) == shown


@pytest.mark.req("REQ-LBL-002")
@pytest.mark.parametrize(
    ("family_name", "shown"),
    [("Tremblay", "TREMBLAY"), ("Groß", "Groß"), ("Nguyễn", "NGUYỄN"), ("d'Arcy", "D'ARCY"), ("ᐊᓂ", "ᐊᓂ")],
)
def test_a_name_is_never_spelled_otherwise(family_name: str, shown: str) -> None:
    found = label_of(plan_of(order_document(**{"patient.family_name": family_name})), 1)
    assert found.patient_name == f"{shown}, Anne-Marie"
    assert order(**{"patient.family_name": family_name}).patient.display_name == f"{shown}, Anne-Marie"


def test_a_short_digest_is_the_first_eight_digits() -> None:
    assert short_digest("sha256:0123456789abcdef") == "01234567"
