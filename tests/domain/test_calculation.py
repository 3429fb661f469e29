"""The two independent ways to the dose, and what a bag holds. The figures were worked out on paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from pharmacy_app.domain.calculation import (
    DoseCheck,
    benzyl_alcohol,
    check_line_volume,
    deviation_percent,
    dose_check,
    drug_in_vials,
    vials_needed,
    volume_to_infuse,
)
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.protocol import Protocol, Recipe
from pharmacy_app.domain.quantity import DoseRate, Duration, Volume
from pharmacy_app.domain.rounding import nearest_whole, one_decimal, two_decimals
from tests.support.protocols import altered
from tests.support.rulebooks import protocol


@dataclass(frozen=True)
class Row:
    """One row of the table: what it holds, and what it comes to."""

    duration_h: int
    dose: str
    drug: str
    vials: int
    bag: str
    infuse: str
    overfill: str
    delivered: str
    deviation: str
    first_principles: str


TEN_ROWS = (
    Row(24, "9", "0.83", 1, "276.33", "240", "36.33", "9.01", "0.12", "0.83"),
    Row(24, "28", "2.6", 1, "278.1", "240", "38.1", "28.05", "0.17", "2.60"),
    Row(48, "9", "1.7", 1, "277.2", "240", "37.2", "9.20", "2.21", "1.66"),
    Row(48, "28", "5.2", 2, "280.7", "240", "40.7", "27.79", "-0.76", "5.24"),
    Row(72, "9", "2.5", 1, "278", "237.6", "40.4", "8.90", "-1.08", "2.53"),
    Row(72, "28", "8", 3, "283.5", "237.6", "45.9", "27.94", "-0.23", "8.02"),
    Row(96, "9", "3.3", 2, "278.8", "240", "38.8", "8.88", "-1.36", "3.35"),
    Row(96, "28", "10.7", 4, "286.2", "240", "46.2", "28.04", "0.14", "10.68"),
    Row(168, "9", "5.5", 2, "110", "100.8", "9.2", "9.00", "0.00", "5.50"),
    Row(168, "28", "16.8", 6, "110", "100.8", "9.2", "27.49", "-1.82", "17.11"),
)
ROWS = pytest.mark.parametrize("row", TEN_ROWS, ids=lambda row: f"{row.duration_h}h-{row.dose}mcg")

RATES = {24: "10", 48: "5", 72: "3.3", 96: "2.5", 168: "0.6"}


def recipe(duration_h: int, dose: str, of: Protocol | None = None) -> Recipe:
    return (of or protocol()).recipe(duration_h, DoseRate(Decimal(dose)))


def check(duration_h: int, dose: str, of: Protocol | None = None) -> DoseCheck:
    return dose_check(recipe(duration_h, dose, of), of or protocol())


@pytest.mark.req("REQ-MIX-002", "REQ-MIX-003", "REQ-PLN-001")
@ROWS
def test_each_row_has_drug_vials_rate_and_bag_volume_of_the_table(row: Row) -> None:
    found = recipe(row.duration_h, row.dose)
    assert (found.drug.number, found.vials) == (row.drug, row.vials)
    assert (found.rate.number, found.bag_volume.number) == (RATES[row.duration_h], row.bag)


@pytest.mark.req("REQ-MIX-002", "REQ-MIX-003")
def test_the_protocol_has_these_ten_rows_and_no_other() -> None:
    assert [(each.duration_h, each.dose.number) for each in protocol().recipes] == [
        (row.duration_h, row.dose) for row in TEN_ROWS
    ]


@pytest.mark.req("REQ-MIX-007")
@pytest.mark.parametrize("duration_h", [24, 48, 72, 96])
@pytest.mark.parametrize("dose", ["9", "28"])
def test_a_preservative_free_bag_is_saline_then_stabilizer_then_drug(duration_h: int, dose: str) -> None:
    found = recipe(duration_h, dose)
    steps = [(each.kind.value, each.volume.number) for each in found.ingredients]
    assert steps == [
        ("saline-preservative-free", "270"),
        ("stabilizer", "5.5"),
        ("drug", found.drug.number),
    ]
    assert (found.diluent.value, found.filter.value) == ("preservative-free", "0.2-or-0.22-micron")


@pytest.mark.req("REQ-MIX-003", "REQ-MIX-007")
@pytest.mark.parametrize(("dose", "drug", "fill"), [("9", "5.5", "12.3"), ("28", "16.8", "1")])
def test_a_7_day_bag_is_filled_up_last_with_preservative_free_saline(dose: str, drug: str, fill: str) -> None:
    found = recipe(168, dose)
    assert [(each.kind.value, each.volume.number) for each in found.ingredients] == [
        ("saline-bacteriostatic", "90"),
        ("stabilizer", "2.2"),
        ("drug", drug),
        ("saline-preservative-free", fill),
    ]
    assert (found.diluent.value, found.filter.value) == ("bacteriostatic", "none")


@pytest.mark.req("REQ-MIX-007")
def test_the_order_of_the_steps_is_data() -> None:
    other = altered("preservative-free.steps", "stabilizer, saline-preservative-free, drug")
    kinds = [each.kind.value for each in recipe(24, "28", other).ingredients]
    assert kinds == ["stabilizer", "saline-preservative-free", "drug"]


@pytest.mark.req("REQ-MIX-004")
@ROWS
def test_both_ways_to_the_dose_agree_on_each_row(row: Row) -> None:
    found = check(row.duration_h, row.dose)
    assert found.table_drug.number == row.drug
    assert str(two_decimals(found.delivered.value)) == row.delivered
    assert str(two_decimals(found.deviation_percent)) == row.deviation
    assert str(two_decimals(found.first_principles_drug.value)) == row.first_principles
    assert found.limit_percent == Decimal("2.5")
    assert found.agrees


@pytest.mark.req("REQ-MIX-004")
def test_the_worst_rows_are_2_2_percent_too_high_and_1_8_percent_too_low() -> None:
    deviations = {
        (row.duration_h, row.dose): check(row.duration_h, row.dose).deviation_percent for row in TEN_ROWS
    }
    highest, lowest = max(deviations, key=deviations.__getitem__), min(deviations, key=deviations.__getitem__)
    assert (highest, str(one_decimal(deviations[highest]))) == ((48, "9"), "2.2")
    assert (lowest, str(one_decimal(deviations[lowest]))) == ((168, "28"), "-1.8")


@pytest.mark.req("REQ-MIX-004")
def test_a_first_principles_volume_gives_the_ordered_dose_exactly() -> None:
    # 10.6841… mL × 12.5 mcg/mL ÷ (275.5 + 10.6841…) mL × 2.5 mL/h × 24 h = 28 mcg
    drug = check(96, "28").first_principles_drug.value
    assert abs(drug * Decimal("12.5") / (Decimal("275.5") + drug) * 60 - 28) < Decimal("1e-20")
    # 17.1111… mL × 12.5 mcg/mL ÷ 110 mL × 0.6 mL/h × 24 h = 28 mcg
    drug = check(168, "28").first_principles_drug.value
    assert abs(drug * Decimal("12.5") / 110 * Decimal("14.4") - 28) < Decimal("1e-20")


@pytest.mark.req("REQ-MIX-004")
@pytest.mark.parametrize(("limit", "agrees"), [("2.2126", False), ("2.2127", True), ("2.22", True)])
def test_the_two_ways_agree_up_to_the_limit_of_the_protocol(limit: str, agrees: bool) -> None:
    assert check(48, "9", altered("dose.tolerance", limit)).agrees is agrees  # 2.21264… % too high


@pytest.mark.req("REQ-MIX-004")
def test_a_deviation_that_is_the_limit_itself_agrees_and_either_sign_counts() -> None:
    ten = DoseRate(Decimal(10))
    assert deviation_percent(DoseRate(Decimal("10.25")), ten) == Decimal("2.5")
    assert deviation_percent(DoseRate(Decimal("9.75")), ten) == Decimal("-2.5")
    for deviation, agrees in (("2.5", True), ("-2.5", True), ("2.5001", False), ("-2.5001", False)):
        volume = Volume(Decimal(1))
        assert DoseCheck(volume, volume, ten, Decimal(deviation), Decimal("2.5")).agrees is agrees


@pytest.mark.req("REQ-MIX-005")
@pytest.mark.parametrize(
    ("row", "percent"),
    [
        ((24, "9"), "7.9"),
        ((24, "28"), "7.9"),
        ((48, "9"), "10.2"),
        ((48, "28"), "6.9"),
        ((72, "9"), "6.6"),
        ((72, "28"), "7.3"),
        ((96, "9"), "6.3"),
        ((96, "28"), "7.7"),
    ],
)
def test_with_exactly_250_ml_of_saline_every_dose_is_6_to_10_percent_too_high(
    row: tuple[int, str], percent: str
) -> None:
    found = check(*row, altered("preservative-free.saline", "250"))
    assert str(one_decimal(found.deviation_percent)) == percent
    assert not found.agrees


@pytest.mark.req("REQ-MIX-005")
def test_265_to_275_ml_of_saline_give_between_3_1_percent_too_little_and_4_1_percent_too_much() -> None:
    fills = [altered("preservative-free.saline", fill) for fill in ("265", "275")]
    rows = [row for row in TEN_ROWS if row.duration_h != 168]
    found = [check(row.duration_h, row.dose, fill).deviation_percent for fill in fills for row in rows]
    assert (str(one_decimal(min(found))), str(one_decimal(max(found)))) == ("-3.1", "4.1")


@pytest.mark.req("REQ-MIX-006")
@ROWS
def test_volume_to_infuse_is_rate_times_hours_and_the_rest_is_overfill(row: Row) -> None:
    found = recipe(row.duration_h, row.dose)
    infused = volume_to_infuse(found, Duration(Decimal(row.duration_h)))
    assert (infused.number, (found.bag_volume - infused).number) == (row.infuse, row.overfill)


@pytest.mark.req("REQ-MIX-006", "REQ-PLN-005")
@pytest.mark.parametrize(
    ("duration_h", "elapsed", "volume"),
    [(24, "25", "250"), (24, "23", "230"), (168, "167", "100.2"), (96, "95", "237.5"), (72, "71", "234.3")],
)
def test_volume_to_infuse_follows_the_hours_that_really_pass(
    duration_h: int, elapsed: str, volume: str
) -> None:
    assert volume_to_infuse(recipe(duration_h, "28"), Duration(Decimal(elapsed))).number == volume


@pytest.mark.req("REQ-MIX-001")
@pytest.mark.parametrize(
    ("volume", "vials"),
    [("0.01", 1), ("2.8", 1), ("2.81", 2), ("5.6", 2), ("5.61", 3), ("10.7", 4), ("16.8", 6), ("16.81", 7)],
)
def test_vials_are_counted_by_the_volume_that_can_be_drawn_up(volume: str, vials: int) -> None:
    assert vials_needed(Volume(Decimal(volume)), protocol()) == vials


@pytest.mark.req("REQ-MIX-001")
def test_vials_do_not_rest_on_the_labelled_micrograms() -> None:
    # 96 h at 9 mcg/day is 41.25 mcg: one vial and a bit by label, two by volume, whatever the label says
    other = altered("vial.labelled", "42")
    assert vials_needed(Volume(Decimal("3.3")), other) == 2
    assert drug_in_vials(6, other).number == "210"


@pytest.mark.req("REQ-MIX-003", "REQ-SUP-007")
def test_a_7_day_bag_has_7_4_mg_of_benzyl_alcohol_in_a_millilitre_and_gives_106_mg_a_day() -> None:
    for dose in ("9", "28"):
        per_ml, per_day = benzyl_alcohol(recipe(168, dose), protocol())
        assert (str(one_decimal(per_ml)), str(nearest_whole(per_day))) == ("7.4", "106")


@pytest.mark.req("REQ-MIX-003")
def test_with_the_two_salines_swapped_a_7_day_bag_has_0_08_mg_of_preservative_in_a_millilitre() -> None:
    # 1 mL bacteriostatic and 90 mL preservative-free: 9 mg in 110 mL
    swapped = recipe(168, "28", altered("bacteriostatic.saline", "1"))
    per_ml, _ = benzyl_alcohol(swapped, protocol())
    in_the_whole_bag = per_ml * swapped.bag_volume.value / 110
    assert str(two_decimals(in_the_whole_bag)) == "0.08"


@pytest.mark.req("REQ-MIX-003", "REQ-SUP-007")
def test_a_preservative_free_bag_has_no_benzyl_alcohol() -> None:
    assert benzyl_alcohol(recipe(96, "28"), protocol()) == (Decimal(0), Decimal(0))


@pytest.mark.req("REQ-MIX-006")
@pytest.mark.parametrize(("priming", "stops"), [("9.2", []), ("9.21", ["mix.bag-too-small"]), ("0", [])])
def test_infused_and_primed_volume_must_not_exceed_the_bag(priming: str, stops: list[str]) -> None:
    found = check_line_volume(
        recipe(168, "28"), number=2, infused=Volume(Decimal("100.8")), priming=Volume(Decimal(priming))
    )
    assert [(each.code) for each in found if each.severity is Severity.STOP] == stops


@pytest.mark.req("REQ-MIX-006")
def test_a_stop_for_too_small_a_bag_names_bag_priming_needed_and_held() -> None:
    (found,) = check_line_volume(
        recipe(168, "28"), number=2, infused=Volume(Decimal("100.8")), priming=Volume(Decimal(10))
    )
    assert dict(found.values) == {"bag": "2", "priming": "10", "needed": "110.8", "holds": "110"}


@pytest.mark.req("REQ-MIX-006")
@pytest.mark.parametrize(
    ("duration_h", "severity"),
    [(24, "reason"), (48, "reason"), (72, "reason"), (96, "reason"), (168, "stop")],
)
def test_unknown_priming_stops_a_7_day_bag_and_asks_a_reason_for_the_others(
    duration_h: int, severity: str
) -> None:
    (found,) = check_line_volume(recipe(duration_h, "28"), number=1, infused=Volume(Decimal(1)), priming=None)
    assert (found.code, found.severity.value) == ("mix.priming-not-known", severity)
