"""What an order means beside the orders already kept."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.order import Order
from pharmacy_app.domain.order_on_file import looks_alike
from pharmacy_app.domain.order_rules import check_order
from pharmacy_app.wording import load
from tests.support.orders import order
from tests.support.rulebooks import NOW, protocol, rulebook

FULL = [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}]


def found(asked: Order, *on_file: Order) -> list[tuple[str, str]]:
    """Code and severity of what concerns other orders, whatever else there is."""
    findings = check_order(asked, protocol(), rulebook().site, now=NOW, on_file=on_file)
    foreign = (
        "order.number",
        "order.record",
        "order.course",
        "order.name",
        "order.earlier",
        "order.treat",
        "order.bef",
    )
    return [(each.code, each.severity.value) for each in findings if each.code.startswith(foreign)]


def other(**changes: object) -> Order:
    """An order of somebody else, long over."""
    somebody = {
        "order_number": "RX-0900",
        "start_at": "2026-01-05T14:00",
        "patient.record_number": "1230001",
        "patient.family_name": "Okonkwo",
        "patient.given_names": "Chidi",
        "patient.date_of_birth": "1960-06-06",
    }
    return order(**{**somebody, **changes})


def of_the_same_patient(**changes: object) -> Order:
    return order(**{"order_number": "RX-0900", "start_at": "2026-01-05T14:00", **changes})


def consolidation(cycle: int, start_at: str, **changes: object) -> Order:
    number = f"RX-200{cycle}"
    return order(
        **{
            "order_number": number,
            "indication": "consolidation",
            "cycle": cycle,
            "start_at": start_at,
            **changes,
        }
    )


def maintenance(cycle: int, start_at: str) -> Order:
    return order(order_number=f"RX-300{cycle}", cycle=cycle, start_at=start_at)


@pytest.mark.req("REQ-ORD-007")
def test_the_same_number_with_the_same_content_is_the_same_order() -> None:
    assert found(order(), order()) == []


@pytest.mark.req("REQ-ORD-007")
@pytest.mark.parametrize(
    "change",
    [
        {"patient.weight_kg": "71.6"},
        {"cycle": 2},
        {"start_at": "2026-11-23T14:01"},
        {"destination": "6 East, bed 13"},
        {"patient.record_number": "4471024"},
        {"bags.prefer": "fewest-vials"},
    ],
)
def test_the_same_number_with_other_content_stops(change: dict[str, object]) -> None:
    assert ("order.number-taken", "stop") in found(order(), order(**change))


OVERLAPS = ("order.course-overlaps", "stop")


@pytest.mark.req("REQ-ORD-007")
@pytest.mark.parametrize(
    ("start", "overlaps"),
    [
        ("2026-10-26T14:00", False),  # 28 days before 2026-11-23 14:00, both in Toronto
        ("2026-10-26T14:01", True),
        ("2026-11-23T14:00", True),
        ("2026-12-21T13:59", True),
        ("2026-12-21T14:00", False),  # the minute in which the infusion ends
        ("2027-06-01T14:00", False),
    ],
)
def test_infusions_of_one_patient_do_not_overlap_by_a_minute(start: str, overlaps: bool) -> None:
    one_patient = found(order(), of_the_same_patient(start_at=start, indication="mrd-positive"))
    assert one_patient == ([OVERLAPS] if overlaps else [])
    assert found(order(), other(start_at=start)) == []


@pytest.mark.req("REQ-ORD-007")
def test_an_overlap_is_reckoned_in_instants_across_zones() -> None:
    # Vancouver does not put its clock back in 2026: 28 days later its 14:00 is 16:00 in Toronto
    west = {"time_zone": "America/Vancouver", "indication": "mrd-positive"}
    ends_in_vancouver = of_the_same_patient(start_at="2026-10-26T14:00", **west)
    assert found(order(), ends_in_vancouver) == [OVERLAPS]
    earlier = of_the_same_patient(start_at="2026-10-26T11:00", **west)
    assert found(order(), earlier) == []  # ends at 13:00 in Toronto
    assert found(order(), of_the_same_patient(start_at="2026-10-26T12:01", **west)) == [OVERLAPS]


@pytest.mark.req("REQ-ORD-007")
@pytest.mark.parametrize(
    "change",
    [
        {"patient.family_name": "Trembley"},
        {"patient.family_name": "tremblay"},
        {"patient.given_names": "Anne Marie"},
        {"patient.date_of_birth": "1979-03-15"},
    ],
)
def test_a_record_number_with_another_name_or_birth_date_stops(change: dict[str, object]) -> None:
    assert found(order(), of_the_same_patient(**change)) == [("order.record-number-of-another", "stop")]


ALERT = ("order.name-alert", "note")


@pytest.mark.req("REQ-ORD-007")
@pytest.mark.parametrize(
    ("name", "born", "alert"),
    [
        ("TREMBLAY", "1960-06-06", True),
        ("Trèmbláy", "1960-06-06", True),
        ("Tre\u0301mblay", "1960-06-06", True),
        ("Tremblai", "1960-06-06", False),
        ("Okonkwo", "1979-03-14", True),
        ("Okonkwo", "1979-03-15", False),
    ],
)
def test_a_look_alike_under_another_record_number_is_a_note(name: str, born: str, alert: bool) -> None:
    look_alike = other(**{"patient.family_name": name, "patient.date_of_birth": born})
    assert found(order(), look_alike) == ([ALERT] if alert else [])


@pytest.mark.req("REQ-ORD-007")
@pytest.mark.parametrize(
    ("name", "other_name", "alike"),
    [
        ("Müller", "MULLER", True),
        ("Straße", "Strasse", True),
        ("Ñandú", "nandu", True),
        ("Nguyễn", "Nguyen", True),
        ("İnci", "inci", True),
        ("Lee", "Li", False),
    ],
)
def test_case_and_accents_do_not_tell_names_apart(name: str, other_name: str, alike: bool) -> None:
    one = order(**{"patient.family_name": name}).patient
    two = other(**{"patient.family_name": other_name}).patient
    assert looks_alike(one, two) is alike
    assert looks_alike(two, one) is alike


@pytest.mark.req("REQ-ORD-007")
def test_a_name_alert_says_so_and_names_the_other_patient() -> None:
    look_alike = other(**{"patient.family_name": "Tremblay"})
    findings = check_order(order(), protocol(), rulebook().site, now=NOW, on_file=[look_alike])
    (alert,) = [load().finding(each) for each in findings if each.code == "order.name-alert"]
    assert alert == (
        "NAME ALERT: Tremblay, Chidi, record number 1230001, looks alike. "
        "Compare name, birth date and record number."
    )


@pytest.mark.req("REQ-ORD-007")
def test_a_look_alike_with_two_orders_is_named_once() -> None:
    tremblay = {"patient.family_name": "Tremblay"}
    first = other(order_number="RX-0001", **tremblay)
    second = other(order_number="RX-0002", start_at="2026-03-05T14:00", cycle=2, **tremblay)
    third = other(order_number="RX-0003", **tremblay, **{"patient.record_number": "1230002"})
    assert found(order(), first, second) == [ALERT]
    assert found(order(), first, second, third) == [ALERT, ALERT]


@pytest.mark.req("REQ-ORD-007")
def test_all_other_orders_are_looked_at() -> None:
    many = [
        other(order_number="RX-0001", **{"patient.family_name": "Tremblay"}),
        other(order_number="RX-0002", **{"patient.date_of_birth": "1979-03-14"}),
        of_the_same_patient(order_number="RX-0003", start_at="2026-11-30T14:00", indication="mrd-positive"),
    ]
    assert found(order(), *many) == [ALERT, ALERT, OVERLAPS]


@pytest.mark.req("REQ-ORD-010")
def test_a_later_cycle_rests_on_the_one_before_it_on_file() -> None:
    second = consolidation(2, "2026-11-23T14:00")
    assert found(second) == [("order.earlier-cycle", "reason")]
    assert found(consolidation(1, "2026-11-23T14:00")) == []
    assert found(second, consolidation(1, "2026-10-12T14:00")) == []


@pytest.mark.req("REQ-ORD-010")
@pytest.mark.parametrize(
    "earlier",
    [
        order(order_number="RX-2001", indication="mrd-positive", cycle=1, start_at="2026-08-03T14:00"),
        consolidation(2, "2026-08-03T14:00", order_number="RX-2009"),
        consolidation(3, "2026-08-03T14:00"),
        other(indication="consolidation", cycle=1, start_at="2026-08-03T14:00"),
    ],
    ids=["another indication", "the same cycle", "a later cycle", "another patient"],
)
def test_nothing_else_on_file_stands_for_the_earlier_cycle(earlier: Order) -> None:
    assert found(consolidation(2, "2026-11-23T14:00"), earlier) == [("order.earlier-cycle", "reason")]


FREE = ("order.treatment-free-days", "reason")
BEFORE = ("order.before-earlier-cycle", "stop")


@pytest.mark.req("REQ-ORD-010")
@pytest.mark.parametrize(
    ("start", "codes"),
    [
        ("2027-02-15T09:00", []),  # 42 days after 2027-01-04 09:00
        ("2027-02-15T08:59", [FREE]),
        ("2027-02-01T09:00", [FREE]),  # the infusion ends: 14 treatment-free days begin
        ("2027-02-01T08:59", [OVERLAPS, BEFORE]),
        ("2027-01-04T09:00", [OVERLAPS, BEFORE]),
        ("2026-11-23T09:00", [BEFORE]),  # before the earlier cycle began
    ],
)
def test_14_treatment_free_days_follow_a_cycle(start: str, codes: list[tuple[str, str]]) -> None:
    assert sorted(found(consolidation(2, start), consolidation(1, "2027-01-04T09:00"))) == sorted(codes)


@pytest.mark.req("REQ-ORD-002", "REQ-ORD-010")
@pytest.mark.parametrize(
    ("cycle", "start", "codes"),
    [
        (6, "2027-02-15T09:00", []),  # cycle 5 is consolidation: 42 days
        (6, "2027-02-15T08:59", [FREE]),
        (7, "2027-03-29T10:00", []),  # 84 days after 2027-01-04, and the clock went forward
        (7, "2027-03-29T09:00", []),
        (7, "2027-03-29T08:59", [FREE]),
        (7, "2027-02-15T09:00", [FREE]),
    ],
)
def test_56_treatment_free_days_follow_a_maintenance_cycle(
    cycle: int, start: str, codes: list[tuple[str, str]]
) -> None:
    assert found(maintenance(cycle, start), maintenance(cycle - 1, "2027-01-04T09:00")) == codes


@pytest.mark.req("REQ-ORD-010")
def test_treatment_free_days_name_the_day_on_which_they_are_over() -> None:
    asked, earlier = consolidation(2, "2027-02-10T09:00"), consolidation(1, "2027-01-04T09:00")
    findings = check_order(asked, protocol(), rulebook().site, now=NOW, on_file=[earlier])
    (free,) = [load().finding(each) for each in findings if each.code == "order.treatment-free-days"]
    assert (
        free == "The treatment-free days of cycle 1 last until 2027-FEB-15. Say why this cycle starts before."
    )
