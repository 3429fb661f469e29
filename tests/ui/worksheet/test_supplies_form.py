"""The questions about the supplies: nothing is assumed, and each answer goes where the rule looks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.protocol import Diluent
from pharmacy_app.domain.supply import Absence, Filter, HowFilled, Line, check_fill, check_supplies
from tests.support.rulebooks import protocol
from tests.ui.worksheet.sheets import worksheet_of
from ui.worksheet.supplies_form import QUESTIONS, Kind, SuppliesForm

ANSWERS_96_H = {
    "fill": "pumped-into-empty-bag",
    "diluents": "preservative-free",
    "bag.material": "polyolefin",
    "bag.dehp": "no",
    "tubing.material": "PVC",
    "tubing.dehp": "no",
    "accessories_dehp_free": "yes",
    "filter": "present",
    "filter.pore_micron": "0.22",
    "filter.low_protein_binding": "yes",
    "filter.sterile": "yes",
    "filter.non_pyrogenic": "yes",
    "tubing.built_in_filter": "none",
    "pump.approved": "yes",
    "pump.programmable": "yes",
    "pump.lockable": "yes",
    "pump.elastomeric": "no",
    "pump.visual_alarm": "yes",
    "pump.auditory_alarm": "yes",
    "pump.tubing_compatible": "yes",
    "pump.keep_open_rate_acceptable": "yes",
    "pump.rate_step_ml_per_h": "0.1",
    "access.line": "central",
    "access.lumens": "2",
    "access.dedicated_lumen": "yes",
}


def form_with(**changes: str) -> SuppliesForm:
    """All answers of a right 96 h bag, with changes; two underscores stand for a point."""
    form = SuppliesForm()
    for key, value in {
        **ANSWERS_96_H,
        **{name.replace("__", "."): value for name, value in changes.items()},
    }.items():
        form.answer(key, (value,))
    return form


def codes(form: SuppliesForm, duration: str = "96") -> list[str]:
    bag = worksheet_of("28", duration).bag
    return [each.code for each in check_supplies(form.supplies(bag), protocol())]


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-004", "REQ-SUP-005", "REQ-SUP-006")
def test_all_right_answers_leave_no_finding() -> None:
    form = form_with()
    assert codes(form) == []
    assert form.unanswered() == ()
    assert check_fill(form.how_filled()) == ()


def test_at_first_nothing_is_answered_and_every_question_is_a_stop_or_a_reason() -> None:
    form = SuppliesForm()
    bag = worksheet_of("28", "96").bag
    found = check_supplies(form.supplies(bag), protocol())
    assert {each.field for each in found} == set(form.unanswered()) - {"fill"}
    assert {each.severity for each in found} == {Severity.STOP, Severity.REASON}
    assert [each.field for each in found if each.severity is Severity.REASON] == [
        "access.line",
        "access.lumens",
    ]


@pytest.mark.parametrize(
    "key", [each.key for each in QUESTIONS if each.kind is Kind.ONE_OF and each.key != "fill"]
)
def test_not_known_is_never_a_yes(key: str) -> None:
    form = form_with(tubing__built_in_filter="present" if "built_in_filter." in key else "none")
    form.answer(key, ("not-known",))
    bag = worksheet_of("28", "96").bag
    assert key in {each.field for each in check_supplies(form.supplies(bag), protocol())}


@pytest.mark.req("REQ-MIX-005")
def test_a_fill_that_nobody_knows_is_a_stop() -> None:
    form = form_with(fill="not-known")
    assert form.how_filled() is None
    assert [each.severity for each in check_fill(form.how_filled())] == [Severity.STOP]
    assert form_with(fill="bag-of-known-fill").how_filled() is HowFilled.BAG_OF_KNOWN_FILL


@pytest.mark.req("REQ-SUP-001")
def test_dehp_anywhere_is_a_stop() -> None:
    assert codes(form_with(bag__dehp="yes")) == ["supply.bag-dehp"]
    assert codes(form_with(tubing__dehp="yes")) == ["supply.tubing-dehp"]
    assert codes(form_with(accessories_dehp_free="no")) == ["supply.accessories-dehp"]
    assert codes(form_with(bag__material="other")) == ["supply.bag-material"]


@pytest.mark.req("REQ-SUP-002")
def test_a_filter_is_asked_for_its_properties_only_where_there_is_one() -> None:
    form = form_with(filter="none")
    assert not form.is_asked("filter.sterile")
    assert form.supplies(worksheet_of("28", "96").bag).filter is Absence.NONE
    assert codes(form) == ["supply.filter-missing"]
    assert SuppliesForm().supplies(worksheet_of("28", "96").bag).filter is Absence.NOT_KNOWN


@pytest.mark.req("REQ-SUP-002")
def test_a_wrong_pore_size_is_a_stop_and_the_property_goes_where_the_rule_looks() -> None:
    form = form_with(filter__pore_micron="1.2")
    assert codes(form) == ["supply.pore"]
    found = form.supplies(worksheet_of("28", "96").bag).filter
    assert isinstance(found, Filter)
    assert found.pore_micron == Decimal("1.2")


@pytest.mark.req("REQ-SUP-003", "REQ-SUP-006")
def test_a_filter_on_a_7_day_bag_is_a_stop_and_both_salines_belong_to_it() -> None:
    form = form_with()
    assert codes(form, "168") == ["supply.filter-forbidden", "supply.diluents-bacteriostatic"]
    form.answer("filter", ("none",))
    form.answer("diluents", ("bacteriostatic", "preservative-free"))
    assert codes(form, "168") == []
    supplies = form.supplies(worksheet_of("28", "168").bag)
    assert set(supplies.diluents or ()) == {Diluent.BACTERIOSTATIC, Diluent.PRESERVATIVE_FREE}


@pytest.mark.req("REQ-SUP-005")
def test_a_single_lumen_or_a_peripheral_line_needs_a_reason_and_a_shared_one_stops() -> None:
    assert codes(form_with(access__lumens="1", access__line="peripheral")) == [
        "supply.line-peripheral",
        "supply.lumens-single",
    ]
    assert codes(form_with(access__dedicated_lumen="no")) == ["supply.lumen-not-dedicated"]
    assert form_with().supplies(worksheet_of("28", "96").bag).access.line is Line.CENTRAL


@pytest.mark.parametrize("given", ["0,22", ".22", "0.22 ", "2e-1", "0.22222", "-1", "\u0660"])
def test_a_number_that_is_not_plainly_one_is_refused_as_typed(given: str) -> None:
    form = form_with(filter__pore_micron=given)
    (refusal,) = form.refusals()
    assert (refusal.field, refusal.given) == ("filter.pore_micron", given)
    found = form.supplies(worksheet_of("28", "96").bag).filter
    assert isinstance(found, Filter)
    assert found.pore_micron is None


@pytest.mark.parametrize("given", ["0", "2.0", "two", "100", "-2"])
def test_a_number_of_lumens_is_a_whole_number(given: str) -> None:
    assert [each.field for each in form_with(access__lumens=given).refusals()] == ["access.lumens"]


def test_an_answer_can_be_taken_back() -> None:
    form = form_with()
    form.answer("filter.pore_micron", ("",))
    assert form.values("filter.pore_micron") == ()
    assert "filter.pore_micron" in form.unanswered()
