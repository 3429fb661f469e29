"""What the protocol's figures are once they are read: types, rows, limits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.quantity import DoseRate
from tests.support.rulebooks import protocol


@pytest.mark.req("REQ-PLN-001")
@pytest.mark.parametrize("dose", ["9", "28"])
@pytest.mark.parametrize(
    ("duration_h", "rate"), [(24, "10"), (48, "5"), (72, "3.3"), (96, "2.5"), (168, "0.6")]
)
def test_the_five_durations_have_the_same_rate_at_either_dose(duration_h: int, rate: str, dose: str) -> None:
    assert protocol().recipe(duration_h, DoseRate(Decimal(dose))).rate.text == f"{rate} mL/h"


@pytest.mark.req("REQ-PLN-001")
def test_there_are_five_durations_shortest_first() -> None:
    assert protocol().durations_h == (24, 48, 72, 96, 168)


@pytest.mark.req("REQ-ORD-002", "REQ-ORD-005")
def test_there_are_two_doses_and_28_infusion_days() -> None:
    found = protocol()
    assert (found.low_dose.text, found.full_dose.text) == ("9 mcg/day", "28 mcg/day")
    assert found.infusion_days == 28


@pytest.mark.req("REQ-BUD-002")
@pytest.mark.parametrize(
    ("duration_h", "refrigerated", "room"),
    [(24, "240", "96"), (48, "240", "96"), (72, "240", "96"), (96, "240", "96"), (168, "336", "168")],
)
def test_storage_limits_belong_to_the_diluent(duration_h: int, refrigerated: str, room: str) -> None:
    assert protocol().refrigerated_limit(duration_h).number == refrigerated
    assert protocol().room_limit(duration_h).number == room


def test_the_vial_has_12_5_mcg_per_ml_of_which_2_8_ml_can_be_drawn_up() -> None:
    assert protocol().vial_concentration.text == "12.5 mcg/mL"
    assert protocol().vial_withdrawable.text == "2.8 mL"


@pytest.mark.req("REQ-ORD-005")
@pytest.mark.parametrize("dose", ["0", "5", "15", "28.1", "56"])
def test_a_dose_without_a_row_has_no_recipe(dose: str) -> None:
    with pytest.raises(InputRefused) as refused:
        protocol().recipe(24, DoseRate(Decimal(dose)))
    assert refused.value.code == "expected.protocol-figure"


def test_a_figure_that_is_not_there_is_refused_by_its_name() -> None:
    with pytest.raises(InputRefused) as refused:
        protocol().figure("dose.double")
    assert (refused.value.field, refused.value.given) == ("dose.double", "nothing")
