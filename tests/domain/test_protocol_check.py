"""Whether the protocol's figures agree with each other: every disagreement is a stop."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.calculation import check_protocol
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.protocol import Protocol
from tests.support.protocols import altered
from tests.support.rulebooks import protocol, rulebook


def codes(of: Protocol) -> list[tuple[str, str]]:
    found = check_protocol(of, rulebook().site)
    assert all(each.severity is Severity.STOP for each in found)
    return [(each.code, dict(each.values).get("duration", "")) for each in found]


def test_the_shipped_protocol_agrees_with_itself() -> None:
    assert codes(protocol()) == []


@pytest.mark.req("REQ-MIX-001")
@pytest.mark.parametrize(("name", "value"), [("vial.labelled", "35"), ("vial.reconstituted", "3")])
def test_a_vial_whose_figures_do_not_agree_is_stopped(name: str, value: str) -> None:
    assert codes(altered(name, value)) == [("protocol.vial", "")]


@pytest.mark.req("REQ-MIX-001")
def test_a_vial_count_that_the_volume_does_not_need_is_stopped() -> None:
    assert codes(altered("bag.168h.28mcg.vials", "5")) == [("protocol.vials", "168")]
    assert codes(altered("bag.168h.28mcg.vials", "7")) == [("protocol.vials", "168")]


@pytest.mark.req("REQ-MIX-004")
def test_a_drug_volume_beyond_the_tolerance_is_stopped() -> None:
    assert codes(altered("bag.24h.28mcg.drug", "2.67")) == [
        ("protocol.dose", "24")
    ]  # 28.80 mcg/day, 2.84 % more
    assert codes(altered("bag.24h.28mcg.drug", "2.66")) == []  # 28.69 mcg/day, 2.46 % more


@pytest.mark.req("REQ-MIX-004", "REQ-MIX-005")
@pytest.mark.parametrize(("tolerance", "stopped"), [("5.9999", False), ("6", True), ("50", True)])
def test_a_tolerance_that_would_hide_a_bag_mixed_with_250_ml_is_stopped(
    tolerance: str, stopped: bool
) -> None:
    """With 250 mL of saline the least of the eight doses is 6.26 % too high: 3.3 mL, 96 h, 9 mcg/day."""
    assert codes(altered("dose.tolerance", tolerance)) == ([("protocol.tolerance", "")] if stopped else [])


@pytest.mark.req("REQ-MIX-007")
@pytest.mark.parametrize(
    ("name", "steps", "found"),
    [
        ("preservative-free", "saline-preservative-free, drug, stabilizer", ["protocol.steps-order"]),
        ("preservative-free", "drug, stabilizer, saline-preservative-free", ["protocol.steps-order"]),
        ("preservative-free", "stabilizer, saline-preservative-free, drug", []),
        (
            "bacteriostatic",
            "saline-bacteriostatic, drug, stabilizer, saline-preservative-free",
            ["protocol.steps-order"],
        ),
    ],
)
def test_the_drug_never_goes_into_a_bag_without_stabilizer(name: str, steps: str, found: list[str]) -> None:
    assert [code for code, _ in codes(altered(f"{name}.steps", steps))] == found


@pytest.mark.req("REQ-MIX-003")
def test_parts_that_do_not_add_up_to_the_total_are_stopped() -> None:
    assert codes(altered("bag.168h.9mcg.fill", "12.4")) == [("protocol.total", "168")]
    assert codes(altered("bacteriostatic.total", "111")) == [("protocol.total", "168")] * 2


@pytest.mark.req("REQ-MIX-006")
def test_a_rate_that_empties_more_than_the_bag_holds_is_stopped() -> None:
    found = codes(altered("bag.96h.rate", "3"))
    assert ("protocol.bag-too-small", "96") in found


@pytest.mark.req("REQ-BUD-002", "REQ-PLN-005")
def test_a_bag_that_may_not_hang_as_long_as_its_name_is_stopped() -> None:
    # 48 h at room temperature, as the United States labelling of 2014 to 2016 says
    found = codes(altered("preservative-free.room_limit", "48"))
    assert found == [("protocol.room-limit", each) for each in ("72", "72", "96", "96")]
    assert codes(altered("bacteriostatic.room_limit", "167.5")) == [("protocol.room-limit", "168")] * 2
