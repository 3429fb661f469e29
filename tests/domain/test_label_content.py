"""What the label of one planned bag says: every item as a literal text."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from pharmacy_app.domain.site import PrimedBy
from tests.support.composed_labels import by_hand, label_of, texts
from tests.support.orders import document_starting, order_document
from tests.support.rulebooks import plan_of, protocol

NBSP = "\u00a0"
UP_TO_96_H = {"bags.durations_h": [24, 48, 72, 96]}


WINTER = (96, 72, 96, 96, 96, 96, 96, 24)
SHARED: dict[str, object] = {
    "marks": ("TRAINING – NOT FOR PATIENT USE",),
    "print_text": "SPECIMEN – NOT RELEASED",
    "patient_name": "TREMBLAY, Anne-Marie",
    "record_number": ("MRN", "4471023"),
    "date_of_birth": ("Born", "1979-MAR-14"),
    "destination": "6 East, bed 12",
    "drug": "blinatumomab",
    "brand": "BLINCYTO",
    "rate_caption": "RATE",
    "discard_caption": "DISCARD OVERFILL",
    "bag_caption": "BAG",
    "prohibitions": ("DO NOT FLUSH", "DO NOT INFUSE OVERFILL"),
    "route": "intravenous – continuous – dedicated lumen – pump only",
    "materials": "DEHP-free bag and set only",
    "priming": "at the bedside: prime the set with this bag, not with saline",
    "storage": (f"2–8{NBSP}°C if not used at once, do not freeze", "hang straight from the refrigerator"),
    "time_offset": "Times are UTC-05:00",
    "prepared": ("Prepared", "not prepared"),
    "start_by": ("Start by", "not prepared"),
    "expires": ("Expires", "not prepared"),
    "prepared_by": ("Prepared by", "not prepared"),
    "verified_by": ("Verified by", "not verified"),
    "order_number": ("Order", "RX-1001"),
    "prescriber": ("Prescriber", "Dr. L. Okafor"),
    "compounded": "compounded",
    "pharmacy": "Training Pharmacy 000 000 0000",
}
ON_96_H: dict[str, object] = {
    "dose": f"28{NBSP}mcg per day",
    "ordered_amount": f"112{NBSP}mcg over 96{NBSP}h",
    "bag_of": "Bag 3 of 8 (plan 1)",
    "cycle_days": "Cycle 1, days 8 to 11",
    "diluent": f"in preservative-free 0.9{NBSP}% sodium chloride with IV Solution Stabilizer",
    "benzyl_alcohol_warning": "",
    "rate": f"2.5{NBSP}mL/h",
    "infuse_caption": f"INFUSE over 96{NBSP}h (4{NBSP}days)",
    "infuse": f"240{NBSP}mL",
    "discard": f"46.2{NBSP}mL",
    "bag_volume": f"286.2{NBSP}mL",
    "filter": f"0.2 or 0.22{NBSP}micron low protein-binding in-line filter",
    "hang_at": "HANG AT 2026-NOV-30 14:00 not before",
    "change_at": "Change bag at 2026-DEC-04 14:00 whatever remains",
    "alerts": (f"dose changes to 28{NBSP}mcg/day with this bag", "NEW SET AT THIS CHANGE"),
    "serial": "000000 0003",
    "code128": "000000000300",
}
ON_7_DAYS: dict[str, object] = {
    "dose": f"9{NBSP}mcg per day",
    "ordered_amount": f"63{NBSP}mcg over 168{NBSP}h",
    "bag_of": "Bag 1 of 4 (plan 1)",
    "cycle_days": "Cycle 1, days 1 to 7",
    "diluent": (
        f"then filled to 110{NBSP}mL with preservative-free 0.9{NBSP}% sodium chloride; "
        "with IV Solution Stabilizer"
    ),
    "benzyl_alcohol_warning": (
        f"prepared with BACTERIOSTATIC 0.9{NBSP}% sodium chloride – benzyl alcohol 7.4{NBSP}mg/mL, "
        f"106{NBSP}mg/day – not under 22{NBSP}kg"
    ),
    "rate": f"0.6{NBSP}mL/h",
    "infuse_caption": f"INFUSE over 168{NBSP}h (7{NBSP}days)",
    "infuse": f"100.8{NBSP}mL",
    "discard": f"9.2{NBSP}mL",
    "bag_volume": f"110{NBSP}mL",
    "filter": "NO IN-LINE FILTER",
    "hang_at": "HANG AT 2026-NOV-23 14:00 not before",
    "change_at": "Change bag at 2026-NOV-30 14:00 whatever remains",
    "alerts": (),
    "serial": "000000 0001",
    "code128": "000000000100",
}


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-011")
@pytest.mark.parametrize(
    ("sequence", "number", "own"),
    [(WINTER, 3, ON_96_H), ((168, 168, 168, 168), 1, ON_7_DAYS)],
    ids=["96 h", "7 days"],
)
def test_the_label_says_every_item(sequence: tuple[int, ...], number: int, own: dict[str, object]) -> None:
    found = asdict(label_of(by_hand(*sequence), number))
    digits = protocol().digest.removeprefix("sha256:")[:8]
    assert found.pop("protocol") == f"Canada · monograph 2026-FEB-27 · revision 1 · {digits}"
    assert found.pop("datamatrix") == f"(90)SPECIMEN(91){own['code128']}(92){digits}"
    assert found == {**SHARED, **own}


@pytest.mark.req("REQ-LBL-001")
def test_a_24_h_bag_is_one_day_and_need_not_come_straight_from_the_refrigerator() -> None:
    found = label_of(by_hand(*[24] * 28), 5)
    assert (found.dose, found.ordered_amount) == (f"9{NBSP}mcg per day", f"9{NBSP}mcg over 24{NBSP}h")
    assert (found.cycle_days, found.infuse_caption) == (
        "Cycle 1, day 5",
        f"INFUSE over 24{NBSP}h (1{NBSP}day)",
    )
    assert (found.bag_volume, found.discard) == (f"276.33{NBSP}mL", f"36.33{NBSP}mL")
    assert found.storage == (f"2–8{NBSP}°C if not used at once, do not freeze",)
    assert found.alerts == ()


@pytest.mark.req("REQ-LBL-001", "REQ-MIX-006")
def test_a_72_h_bag_infuses_237_6_ml() -> None:
    found = label_of(by_hand(*WINTER), 2)
    assert (found.infuse, found.rate) == (f"237.6{NBSP}mL", f"3.3{NBSP}mL/h")
    assert found.storage == (f"2–8{NBSP}°C if not used at once, do not freeze",)


@pytest.mark.req("REQ-LBL-001", "REQ-PLN-011")
def test_dose_change_new_set_and_last_bag_stand_where_they_apply() -> None:
    plan = by_hand(*WINTER)
    change = f"dose changes to 28{NBSP}mcg/day with this bag"
    last = "LAST BAG – stop, do not flush, aspirate first"
    new_set = "NEW SET AT THIS CHANGE"
    assert [label_of(plan, number).alerts for number in range(1, 9)] == [
        (),
        (new_set,),  # 96 to 72 h
        (change, new_set),
        (),
        (),
        (),
        (),
        (new_set, last),  # 96 to 24 h
    ]


@pytest.mark.req("REQ-LBL-001", "REQ-PLN-011")
def test_a_dose_change_between_bags_of_one_duration_is_a_new_set_too() -> None:
    plan = by_hand(168, 168, 168, 168)
    assert label_of(plan, 2).alerts == (
        f"dose changes to 28{NBSP}mcg/day with this bag",
        "NEW SET AT THIS CHANGE",
    )
    assert label_of(plan, 3).alerts == ()


@pytest.mark.req("REQ-LBL-001", "REQ-PLN-010")
def test_where_both_times_share_the_offset_it_stands_once() -> None:
    summer = label_of(plan_of(document_starting("2026-09-07T09:30", **UP_TO_96_H)), 1)
    assert summer.time_offset == "Times are UTC-04:00"
    assert "UTC" not in summer.hang_at + summer.change_at
    vancouver = label_of(plan_of(order_document(time_zone="America/Vancouver")), 1)
    assert vancouver.time_offset == "Times are UTC-07:00"


@pytest.mark.req("REQ-LBL-001", "REQ-PLN-005")
def test_a_change_time_that_comes_twice_has_its_offset_beside_it() -> None:
    # 2026-11-01 01:30 comes at UTC-04:00 and again at UTC-05:00; the first is meant
    plan = plan_of(document_starting("2026-10-26T01:30", **{"bags.sequence_h": [24] * 28}))
    found = label_of(plan, 6)
    assert found.change_at == f"Change bag at 2026-NOV-01{NBSP}01:30{NBSP}UTC-04:00 whatever remains"
    assert found.time_offset == ""


@pytest.mark.req("REQ-LBL-001", "REQ-PLN-005", "REQ-PLN-010")
def test_where_the_offset_differs_it_stands_beside_each_time_and_the_hours_are_the_real_ones() -> None:
    # 24 h bag over the night in which Toronto's clock goes back
    plan = plan_of(document_starting("2026-10-26T14:00", **{"bags.sequence_h": [24] * 28}))
    found = label_of(plan, 6)
    assert found.hang_at == f"HANG AT 2026-OCT-31{NBSP}14:00{NBSP}UTC-04:00 not before"
    assert found.change_at == f"Change bag at 2026-NOV-01{NBSP}14:00{NBSP}UTC-05:00 whatever remains"
    assert found.time_offset == ""
    assert (found.infuse_caption, found.infuse) == (f"INFUSE over 25{NBSP}h (1{NBSP}day)", f"250{NBSP}mL")
    assert found.ordered_amount == f"9{NBSP}mcg over 25{NBSP}h"


@pytest.mark.req("REQ-LBL-001", "REQ-PLN-005")
def test_a_7_day_bag_in_spring_infuses_100_2_ml() -> None:
    plan = plan_of(document_starting("2027-03-08T14:00", **{"bags.sequence_h": [168] * 4}))
    found = label_of(plan, 1)
    assert (found.infuse, found.discard) == (f"100.2{NBSP}mL", f"9.8{NBSP}mL")
    assert found.infuse_caption == f"INFUSE over 167{NBSP}h (7{NBSP}days)"


@pytest.mark.req("REQ-LBL-001")
def test_the_label_says_who_primes_the_set_and_which_plan_it_belongs_to() -> None:
    found = label_of(by_hand(*WINTER), 8, primed_by=PrimedBy.PHARMACY, revision=2)
    assert found.priming == "set primed by the pharmacy with this solution"
    assert found.bag_of == "Bag 8 of 8 (plan 2)"


EVERY_ROW = [WINTER, (168, 168, 168, 168), (24, 48, 96, 24, 48, 72, 96, 168, 96)]


@pytest.mark.req("REQ-LBL-002", "REQ-LBL-003")
@pytest.mark.parametrize("sequence", EVERY_ROW)
def test_every_number_is_joined_to_its_unit(sequence: tuple[int, ...]) -> None:
    plan = by_hand(*sequence)
    unit = r"(?:mL/h|mL|mcg/day|mcg|mg/mL|mg/day|mg|kg|°C|%|h|days|day|micron)\b"
    for number in range(1, len(plan.bags) + 1):
        for text in texts(label_of(plan, number)):
            assert not re.search(rf"[0-9] ?{unit}", text), text


@pytest.mark.req("REQ-LBL-002")
@pytest.mark.parametrize("sequence", EVERY_ROW)
def test_the_label_keeps_the_plain_rules_of_text(sequence: tuple[int, ...]) -> None:
    plan = by_hand(*sequence)
    for number in range(1, len(plan.bags) + 1):
        found = label_of(plan, number)
        everything = " | ".join(texts(found))
        assert not re.search("[µμ®™]", everything)
        assert not re.search(r"[0-9],[0-9]", everything)  # no comma within a number
        assert not re.search(r"(?<![0-9])\.[0-9]", everything)  # a zero before the point
        assert not re.search(r"[0-9]\.[0-9]*0(?![0-9])", everything)  # none at its end
        rates = re.findall(r"[0-9.]+\u00a0mL/h", everything)
        assert len(rates) == 1, "one rate"
        assert "mcg" not in found.rate + found.rate_caption + found.infuse + found.infuse_caption
        assert not re.search(r"24\u00a0h", everything) or found.infuse_caption.startswith(
            f"INFUSE over 24{NBSP}h"
        )
