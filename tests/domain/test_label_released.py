"""The label of a released bag, and the tag that goes before it: words, times and codes as literals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.domain.label import LabelContent
from pharmacy_app.domain.label_content import BagTimes, compose, compose_tag, gtin_of, released
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.domain.site import BagGtin
from tests.support.composed_labels import WORDS, by_hand, label_of
from tests.support.orders import document_starting
from tests.support.rulebooks import plan_of, rulebook

NBSP = "\u00a0"
WINTER = (96, 72, 96, 96, 96, 96, 96, 24)
SERIAL = "2611230317"
GTIN = "00614141123452"
TIMES = BagTimes(
    prepared=datetime(2026, 11, 23, 15, 42, 59, tzinfo=UTC),
    start_by=datetime(2026, 11, 27, 19, 0, tzinfo=UTC),
    expires=datetime(2026, 11, 27, 19, 0, tzinfo=UTC),
)
ALERT = finding("order.name-alert", Severity.NOTE, "REQ-ORD-007", Mark.DERIVED, name="X", record="1")


def released_label(
    plan: Plan,
    number: int = 1,
    *,
    print_number: int = 1,
    times: BagTimes = TIMES,
    gtins: tuple[BagGtin, ...] = (),
    training: bool = True,
) -> LabelContent:
    site = replace(rulebook().site, bag_gtins=gtins)
    bag = plan.bags[number - 1]
    occasion = released(
        WORDS,
        serial=SERIAL,
        print_number=print_number,
        times=times,
        prepared_by=("M. Roy", "J. Diaz"),
        verified_by="S. Park",
        gtin=gtin_of(bag, site),
        training=training,
    )
    return compose(plan, bag, site=site, words=WORDS, occasion=occasion, plan_revision=2)


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-009")
def test_it_says_who_made_it_when_and_which_print_it_is() -> None:
    label = released_label(by_hand(*WINTER))
    assert label.print_text == "LABEL 1"
    assert label.marks == ("TRAINING – NOT FOR PATIENT USE",)
    assert label.prepared == ("Prepared", f"2026-NOV-23{NBSP}10:42")
    assert label.start_by == ("Start by", f"2026-NOV-27{NBSP}14:00")
    assert label.expires == ("Expires", f"2026-NOV-27{NBSP}14:00")
    assert label.prepared_by == ("Prepared by", "M. Roy, J. Diaz")
    assert label.verified_by == ("Verified by", "S. Park")
    assert label.serial == "261123 0317"
    assert label.bag_of == "Bag 1 of 8 (plan 2)"
    assert label.code128 == "261123031701"
    assert label.time_offset == "Times are UTC-05:00"


@pytest.mark.req("REQ-LBL-009")
def test_every_later_print_says_that_the_one_before_is_void() -> None:
    label = released_label(by_hand(*WINTER), print_number=2)
    assert (label.print_text, label.code128) == ("REPRINT 2 – previous label void", "261123031702")


@pytest.mark.req("REQ-PRO-004")
def test_only_a_commissioned_protocol_has_no_training_mark() -> None:
    assert released_label(by_hand(*WINTER), training=False).marks == ()


@pytest.mark.req("REQ-LBL-004")
def test_without_a_gtin_the_datamatrix_has_internal_identifiers() -> None:
    plan = by_hand(*WINTER)
    digest = plan.protocol.digest.removeprefix("sha256:")[:8]
    assert released_label(plan).datamatrix == f"(90)BAG(91)261123031701(92){digest}"


@pytest.mark.req("REQ-LBL-004")
def test_with_the_sites_gtin_it_has_expiry_lot_and_serial() -> None:
    own = BagGtin(96, DoseRate(Decimal(9)), GTIN)
    found = released_label(by_hand(*WINTER), gtins=(own,), print_number=2).datamatrix
    assert found == f"(01){GTIN}(7003)2611271400(10)2611230317(21)261123031702"


@pytest.mark.req("REQ-LBL-004")
@pytest.mark.parametrize(("duration_h", "dose"), [(72, "9"), (96, "28")])
def test_the_gtin_of_another_bag_is_not_taken(duration_h: int, dose: str) -> None:
    other = BagGtin(duration_h, DoseRate(Decimal(dose)), GTIN)
    assert "(01)" not in released_label(by_hand(*WINTER), gtins=(other,)).datamatrix


@pytest.mark.req("REQ-ORD-013", "REQ-PLN-010")
def test_times_are_those_of_the_place_of_infusion() -> None:
    plan = plan_of(document_starting("2026-11-23T14:00", time_zone="America/Vancouver"))
    label = released_label(plan)
    assert label.prepared[1] == f"2026-NOV-23{NBSP}08:42"
    assert label.time_offset == "Times are UTC-07:00"


@pytest.mark.req("REQ-PLN-010")
def test_a_bag_made_before_the_clock_changes_has_the_offset_beside_each_time() -> None:
    plan = plan_of(document_starting("2026-11-02T14:00"))
    times = BagTimes(
        prepared=datetime(2026, 10, 31, 15, 0, tzinfo=UTC),
        start_by=datetime(2026, 11, 6, 19, 0, tzinfo=UTC),
        expires=datetime(2026, 11, 6, 19, 0, tzinfo=UTC),
    )
    label = released_label(plan, times=times)
    assert label.time_offset == ""
    assert label.prepared[1] == f"2026-OCT-31{NBSP}11:00 UTC-04:00"
    assert label.expires[1] == f"2026-NOV-06{NBSP}14:00 UTC-05:00"
    assert label.hang_at == f"HANG AT 2026-NOV-02{NBSP}14:00{NBSP}UTC-05:00 not before"


@pytest.mark.req("REQ-ORD-007")
def test_a_look_alike_on_file_is_printed_as_a_name_alert() -> None:
    plan = by_hand(*WINTER)
    alerted = replace(plan, findings=(*plan.findings, ALERT))
    assert released_label(alerted).alerts == ("NAME ALERT",)
    assert label_of(alerted, 1).alerts == ("NAME ALERT",)
    assert label_of(plan, 1).alerts == ()


@pytest.mark.req("REQ-VER-005")
def test_a_tag_is_no_label_and_says_so() -> None:
    plan = by_hand(*WINTER)
    alerted = replace(plan, findings=(*plan.findings, ALERT))
    tag = compose_tag(alerted, plan.bags[0], serial=SERIAL, words=WORDS, plan_revision=2, training=True)
    digest = plan.protocol.digest.removeprefix("sha256:")[:8]
    assert tag.not_released == "NOT RELEASED"
    assert tag.marks == ("TRAINING – NOT FOR PATIENT USE",)
    assert (tag.patient_name, tag.date_of_birth) == ("TREMBLAY, Anne-Marie", ("Born", "1979-MAR-14"))
    assert tag.record_number == ("MRN", "4471023")
    assert (tag.drug, tag.dose) == ("blinatumomab", f"9{NBSP}mcg per day")
    assert (tag.bag_of, tag.alerts) == ("Bag 1 of 8 (plan 2)", ("NAME ALERT",))
    assert (tag.serial, tag.code128) == ("261123 0317", "261123031700")
    assert tag.datamatrix == f"(90)TAG(91)261123031700(92){digest}"


@pytest.mark.req("REQ-LBL-004")
def test_neither_code_of_a_tag_or_a_label_has_patient_data() -> None:
    plan = by_hand(*WINTER)
    tag = compose_tag(plan, plan.bags[0], serial=SERIAL, words=WORDS, plan_revision=1, training=True)
    label = released_label(plan)
    codes = tag.code128 + tag.datamatrix + label.code128 + label.datamatrix
    for secret in ("4471023", "Tremblay", "TREMBLAY", "1979", "RX-1001"):
        assert secret not in codes
