"""Label contents written by hand, with the literal words of the label's requirement."""

from __future__ import annotations

from dataclasses import replace

from pharmacy_app.domain.label import LabelContent, TagContent

NBSP = "\u00a0"

BAG_96_H = LabelContent(
    marks=("TRAINING – NOT FOR PATIENT USE",),
    print_text="SPECIMEN – NOT RELEASED",
    patient_name="TREMBLAY, Anne-Marie",
    record_number=("MRN", "4471023"),
    date_of_birth=("Born", "1979-MAR-14"),
    destination="6 East, bed 12",
    drug="blinatumomab",
    brand="BLINCYTO",
    dose=f"28{NBSP}mcg per day",
    ordered_amount=f"112{NBSP}mcg over 96{NBSP}h",
    bag_of="Bag 3 of 8 (plan 1)",
    cycle_days="Cycle 1, days 8 to 11",
    diluent=f"in preservative-free 0.9{NBSP}% sodium chloride with IV Solution Stabilizer",
    benzyl_alcohol_warning="",
    rate_caption="RATE",
    rate=f"2.5{NBSP}mL/h",
    infuse_caption=f"INFUSE over 96{NBSP}h (4{NBSP}days)",
    infuse=f"240{NBSP}mL",
    discard_caption="DISCARD OVERFILL",
    discard=f"46.2{NBSP}mL",
    bag_caption="BAG",
    bag_volume=f"286.2{NBSP}mL",
    prohibitions=("DO NOT FLUSH", "DO NOT INFUSE OVERFILL"),
    route="intravenous – continuous – dedicated lumen – pump only",
    filter=f"0.2 or 0.22{NBSP}micron low protein-binding in-line filter",
    materials="DEHP-free bag and set only",
    priming="at the bedside: prime the set with this bag, not with saline",
    storage=(
        f"2–8{NBSP}°C if not used at once, do not freeze",
        "hang straight from the refrigerator",
    ),
    hang_at="HANG AT 2026-OCT-26 14:00 not before",
    change_at="Change bag at 2026-OCT-30 14:00 whatever remains",
    alerts=(f"dose changes to 28{NBSP}mcg/day with this bag", "NEW SET AT THIS CHANGE"),
    time_offset="Times are UTC-04:00",
    prepared=("Prepared", "2026-OCT-26 10:42"),
    start_by=("Start by", "2026-OCT-30 14:00"),
    expires=("Expires", "2026-OCT-30 14:00"),
    prepared_by=("Prepared by", "M. Roy"),
    verified_by=("Verified by", "S. Park"),
    serial="261026 0317",
    order_number=("Order", "RX-1001"),
    prescriber=("Prescriber", "Dr. L. Okafor"),
    compounded="compounded",
    pharmacy="Lakeside Hospital Pharmacy 416 555 0142",
    protocol="Canada · monograph 2026-FEB-27 · revision 1 · 3f9a12bc",
    code128="261026031701",
    datamatrix="(90)SPECIMEN(91)261026031701(92)3f9a12bc",
)

BAG_24_H = replace(
    BAG_96_H,
    patient_name="LI, Bo",
    destination="Home",
    dose=f"9{NBSP}mcg per day",
    ordered_amount=f"9{NBSP}mcg over 24{NBSP}h",
    bag_of="Bag 1 of 28 (plan 1)",
    cycle_days="Cycle 1, day 1",
    rate=f"10{NBSP}mL/h",
    infuse_caption=f"INFUSE over 24{NBSP}h (1{NBSP}day)",
    discard=f"36.33{NBSP}mL",
    bag_volume=f"276.33{NBSP}mL",
    storage=(f"2–8{NBSP}°C if not used at once, do not freeze",),
    alerts=(),
)

BAG_7_DAYS = replace(
    BAG_96_H,
    ordered_amount=f"196{NBSP}mcg over 168{NBSP}h",
    bag_of="Bag 2 of 4 (plan 1)",
    cycle_days="Cycle 1, days 8 to 14",
    diluent=(
        f"then filled to 110{NBSP}mL with preservative-free 0.9{NBSP}% sodium chloride; "
        "with IV Solution Stabilizer"
    ),
    benzyl_alcohol_warning=(
        f"prepared with BACTERIOSTATIC 0.9{NBSP}% sodium chloride – "
        f"benzyl alcohol 7.4{NBSP}mg/mL, 106{NBSP}mg/day – not under 22{NBSP}kg"
    ),
    rate=f"0.6{NBSP}mL/h",
    infuse_caption=f"INFUSE over 168{NBSP}h (7{NBSP}days)",
    infuse=f"100.8{NBSP}mL",
    discard=f"9.2{NBSP}mL",
    bag_volume=f"110{NBSP}mL",
    filter="NO IN-LINE FILTER",
    hang_at=f"HANG AT 2026-OCT-26{NBSP}14:00{NBSP}UTC-04:00 not before",
    change_at=f"Change bag at 2026-NOV-02{NBSP}13:00{NBSP}UTC-05:00 whatever remains",
    time_offset="",
    expires=("Expires", "2026-NOV-02 13:00"),
    datamatrix="(01)00614141123452(7003)2611021300(10)L26102603(21)261026031701",
)

EVERYTHING_AT_ONCE = replace(
    BAG_7_DAYS,
    print_text="REPRINT 2 – previous label void",
    bag_of="Bag 12 of 12 (plan 10)",
    priming="set primed by the pharmacy with this solution",
    alerts=(
        "NAME ALERT",
        f"dose changes to 28{NBSP}mcg/day with this bag",
        "NEW SET AT THIS CHANGE",
        "LAST BAG – stop, do not flush, aspirate first",
    ),
    prepared=("Prepared", f"2026-OCT-26{NBSP}10:42 UTC-04:00"),
    start_by=("Start by", f"2026-NOV-02{NBSP}13:00 UTC-05:00"),
    expires=("Expires", f"2026-NOV-02{NBSP}13:00 UTC-05:00"),
    prepared_by=("Prepared by", "M. Roy, J. Diaz"),
    verified_by=("Verified by", "S. Park"),
)

TAG = TagContent(
    marks=("TRAINING – NOT FOR PATIENT USE",),
    not_released="NOT RELEASED",
    patient_name="TREMBLAY, Anne-Marie",
    record_number=("MRN", "4471023"),
    date_of_birth=("Born", "1979-MAR-14"),
    drug="blinatumomab",
    dose=f"28{NBSP}mcg per day",
    bag_of="Bag 3 of 8 (plan 1)",
    alerts=(),
    serial="261026 0317",
    code128="261026031700",
    datamatrix="(90)TAG(91)261026031700(92)3f9a12bc",
)

FULLEST_TAG = replace(
    TAG,
    patient_name="NGUYỄN-VANDERBERGHE, Maximilian",
    record_number=("MRN", "ABCDEFGHIJ1234567890"),
    bag_of="Bag 28 of 28 (plan 10)",
    alerts=("NAME ALERT",),
)
