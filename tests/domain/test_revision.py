"""Two revisions of a protocol side by side, and what the new one means for an open bag (REQ-PRO-005)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pharmacy_app.domain.commissioning import FigureValue, values_of
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.domain.revision import BagDifference, compare_for_bag, differences
from tests.support.commissioning import MONOGRAPH
from tests.support.protocols import altered, altered_together, parsed, text_with
from tests.support.rulebooks import protocol

OLD = values_of(MONOGRAPH)
NINE, FULL = DoseRate(Decimal(9)), DoseRate(Decimal(28))


def of_bag(
    name: str, value: str, *, duration_h: int = 96, dose: DoseRate = FULL
) -> tuple[BagDifference, ...]:
    return compare_for_bag(OLD, altered(name, value), duration_h=duration_h, dose=dose)


@pytest.mark.req("REQ-PRO-005")
def test_a_bag_whose_figures_are_the_same_has_no_difference() -> None:
    assert compare_for_bag(OLD, protocol(), duration_h=96, dose=FULL) == ()


@pytest.mark.req("REQ-PRO-005")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bag.96h.28mcg.drug", "10.8"),
        ("bag.96h.28mcg.vials", "5"),
        ("bag.96h.rate", "2.6"),
        ("bag.96h.filter", "none"),
        ("preservative-free.saline", "271"),
        ("preservative-free.stabilizer", "5.6"),
        ("preservative-free.steps", "stabilizer, saline-preservative-free, drug"),
        ("preservative-free.refrigerated_limit", "192"),
        ("preservative-free.room_limit", "48"),
        ("vial.concentration", "12.4"),
        ("vial.withdrawable", "2.7"),
        ("vial.room_limit", "3"),
        ("dose.tolerance", "2.4"),
        ("storage.maximum", "7"),
        ("filter.pore_sizes", "0.2"),
        ("supply.dehp_free_materials", "polyolefin, EVA"),
    ],
)
def test_a_figure_that_the_bag_rests_on_is_named_with_both_values(name: str, value: str) -> None:
    assert of_bag(name, value) == (BagDifference(name, MONOGRAPH[name], value),)


@pytest.mark.req("REQ-PRO-005")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bag.96h.9mcg.drug", "3.4"),
        ("bag.72h.rate", "3.4"),
        ("bacteriostatic.stabilizer", "2.3"),
        ("benzyl_alcohol.minimum_weight", "23"),
        ("course.consolidation.cycle_length", "43"),
        ("patient.minimum_age", "17"),
    ],
)
def test_a_figure_of_another_row_or_of_the_course_is_no_difference_of_the_bag(name: str, value: str) -> None:
    assert of_bag(name, value) == ()


@pytest.mark.req("REQ-PRO-005")
def test_a_7_day_bag_rests_on_its_own_method() -> None:
    assert compare_for_bag(OLD, altered("bacteriostatic.saline", "91"), duration_h=168, dose=NINE)
    assert compare_for_bag(OLD, altered("benzyl_alcohol.minimum_weight", "23"), duration_h=168, dose=NINE)
    assert not compare_for_bag(OLD, altered("preservative-free.saline", "271"), duration_h=168, dose=NINE)


@pytest.mark.req("REQ-PRO-005")
def test_another_diluent_shows_the_methods_of_both() -> None:
    other = {"bag.96h.diluent": "bacteriostatic"}
    new = altered("preservative-free.saline", "271")
    old = tuple(FigureValue(each.figure, other.get(each.figure, each.value)) for each in OLD)
    names = [each.name for each in compare_for_bag(old, new, duration_h=96, dose=FULL)]
    assert names == ["bag.96h.diluent", "preservative-free.saline"]


@pytest.mark.req("REQ-PRO-005")
def test_a_figure_that_is_not_known_of_the_old_protocol_is_a_difference() -> None:
    short = tuple(each for each in OLD if each.figure != "vial.concentration")
    found = compare_for_bag(short, protocol(), duration_h=96, dose=FULL)
    assert found == (BagDifference("vial.concentration", "", "12.5"),)


@pytest.mark.req("REQ-PRO-005")
def test_another_writing_of_the_same_value_is_no_difference_of_a_bag() -> None:
    assert of_bag("bag.96h.28mcg.drug", "10.70") == ()


@pytest.mark.req("REQ-PRO-003")
def test_two_revisions_side_by_side_show_each_figure_that_differs() -> None:
    new = altered_together({"dose.tolerance": "2.4", "bag.96h.28mcg.drug": "10.8"})
    found = differences(protocol(), new)
    values = [(each.name, each.old and each.old.value, each.new and each.new.value) for each in found]
    assert values == [("bag.96h.28mcg.drug", "10.7", "10.8"), ("dose.tolerance", "2.5", "2.4")]
    assert all(each.in_value for each in found)
    assert differences(protocol(), protocol()) == ()


@pytest.mark.req("REQ-PRO-003")
def test_another_mark_of_the_same_value_is_a_difference_but_not_in_value() -> None:
    (found,) = differences(protocol(), parsed(text_with("bag.96h.28mcg.drug", "P", key="mark")))
    assert (found.name, found.in_value) == ("bag.96h.28mcg.drug", False)
