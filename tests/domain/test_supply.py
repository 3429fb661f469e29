"""Bag, tubing, filter, pump, access and diluents: not known is never a yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from pharmacy_app.domain.finding import Mark
from pharmacy_app.domain.supply import Absence, HowFilled, check_fill, check_supplies
from tests.support.orders import ABSENT
from tests.support.protocols import altered
from tests.support.rulebooks import protocol
from tests.support.supplies import found_in, supplies_document, supplies_document_7_days, supplies_of

RATES = {24: "10", 48: "5", 72: "3.3", 96: "2.5", 168: "0.6"}
GOOD_FILTER = {"pore_micron": "0.2", "low_protein_binding": True, "sterile": True, "non_pyrogenic": True}


def codes(document: Mapping[str, object]) -> list[str]:
    """Every finding as `severity requirement code`, in the order of the answer."""
    return [f"{each.severity.value} {each.requirement} {each.code}" for each in found_in(document)]


def document_of(duration_h: int, **changes: object) -> dict[str, object]:
    """Right supplies for a duration, with changes."""
    base = supplies_document_7_days if duration_h == 168 else supplies_document
    return base(**{"duration_h": duration_h, "rate_ml_per_h": RATES[duration_h], **changes})


def changed(name: str, value: object) -> list[str]:
    return codes(supplies_document(**{name: value}))


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-003", "REQ-SUP-004", "REQ-SUP-005", "REQ-SUP-006")
@pytest.mark.parametrize("duration_h", RATES)
def test_supplies_that_are_right_have_no_finding(duration_h: int) -> None:
    assert codes(document_of(duration_h)) == []


NOT_KNOWN = [
    ("duration_h", "stop REQ-PLN-001 supply.duration-not-known"),
    ("rate_ml_per_h", "stop REQ-PLN-001 supply.rate-not-known"),
    ("bag.material", "stop REQ-SUP-001 supply.bag-material-not-known"),
    ("bag.dehp", "stop REQ-SUP-001 supply.bag-dehp-not-known"),
    ("tubing.material", "stop REQ-SUP-001 supply.tubing-material-not-known"),
    ("tubing.dehp", "stop REQ-SUP-001 supply.tubing-dehp-not-known"),
    ("filter.pore_micron", "stop REQ-SUP-002 supply.pore-not-known"),
    ("filter.low_protein_binding", "stop REQ-SUP-002 supply.filter-low-protein-binding-not-known"),
    ("filter.sterile", "stop REQ-SUP-002 supply.filter-sterile-not-known"),
    ("filter.non_pyrogenic", "stop REQ-SUP-002 supply.filter-non-pyrogenic-not-known"),
    ("pump.programmable", "stop REQ-SUP-004 supply.pump-programmable-not-known"),
    ("pump.lockable", "stop REQ-SUP-004 supply.pump-lockable-not-known"),
    ("pump.elastomeric", "stop REQ-SUP-004 supply.pump-elastomeric-not-known"),
    ("pump.visual_alarm", "stop REQ-SUP-004 supply.pump-visual-alarm-not-known"),
    ("pump.auditory_alarm", "stop REQ-SUP-004 supply.pump-auditory-alarm-not-known"),
    ("pump.tubing_compatible", "stop REQ-SUP-004 supply.pump-tubing-compatible-not-known"),
    ("pump.rate_step_ml_per_h", "stop REQ-SUP-004 supply.pump-step-not-known"),
    ("access.line", "reason REQ-SUP-005 supply.line-not-known"),
    ("access.lumens", "reason REQ-SUP-005 supply.lumens-not-known"),
    ("access.dedicated_lumen", "stop REQ-SUP-005 supply.lumen-not-dedicated-not-known"),
    ("diluents", "stop REQ-SUP-006 supply.diluents-not-known"),
]


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-004", "REQ-SUP-005", "REQ-SUP-006")
@pytest.mark.parametrize("unknown", [None, ABSENT], ids=["null", "absent"])
@pytest.mark.parametrize(("name", "finding"), NOT_KNOWN)
def test_each_answer_that_is_not_known_has_its_own_finding(name: str, finding: str, unknown: object) -> None:
    assert changed(name, unknown) == [finding]


@pytest.mark.req("REQ-SUP-002", "REQ-SUP-003")
def test_a_filter_that_is_absent_from_the_form_is_not_known() -> None:
    assert changed("filter", ABSENT) == ["stop REQ-SUP-002 supply.filter-not-known"]
    assert changed("tubing.built_in_filter", ABSENT) == ["stop REQ-SUP-002 supply.built-in-filter-not-known"]
    seven = supplies_document_7_days(filter=ABSENT)
    assert codes(seven) == ["stop REQ-SUP-003 supply.filter-not-known"]
    seven = supplies_document_7_days(**{"tubing.built_in_filter": ABSENT})
    assert codes(seven) == ["stop REQ-SUP-003 supply.built-in-filter-not-known"]


WRONG = [
    ("bag.material", "other", "stop REQ-SUP-001 supply.bag-material"),
    ("bag.dehp", True, "stop REQ-SUP-001 supply.bag-dehp"),
    ("tubing.material", "other", "stop REQ-SUP-001 supply.tubing-material"),
    ("tubing.dehp", True, "stop REQ-SUP-001 supply.tubing-dehp"),
    ("filter", None, "stop REQ-SUP-002 supply.filter-missing"),
    ("filter.pore_micron", "1.2", "stop REQ-SUP-002 supply.pore"),
    ("filter.pore_micron", "0.21", "stop REQ-SUP-002 supply.pore"),
    ("filter.pore_micron", "0", "stop REQ-SUP-002 supply.pore"),
    ("filter.low_protein_binding", False, "stop REQ-SUP-002 supply.filter-low-protein-binding"),
    ("filter.sterile", False, "stop REQ-SUP-002 supply.filter-sterile"),
    ("filter.non_pyrogenic", False, "stop REQ-SUP-002 supply.filter-non-pyrogenic"),
    ("pump.programmable", False, "stop REQ-SUP-004 supply.pump-programmable"),
    ("pump.lockable", False, "stop REQ-SUP-004 supply.pump-lockable"),
    ("pump.elastomeric", True, "stop REQ-SUP-004 supply.pump-elastomeric"),
    ("pump.visual_alarm", False, "stop REQ-SUP-004 supply.pump-visual-alarm"),
    ("pump.auditory_alarm", False, "stop REQ-SUP-004 supply.pump-auditory-alarm"),
    ("pump.tubing_compatible", False, "stop REQ-SUP-004 supply.pump-tubing-compatible"),
    ("pump.rate_step_ml_per_h", "0.2", "stop REQ-SUP-004 supply.pump-step"),
    ("access.dedicated_lumen", False, "stop REQ-SUP-005 supply.lumen-not-dedicated"),
    ("access.line", "peripheral", "reason REQ-SUP-005 supply.line-peripheral"),
    ("access.lumens", 1, "reason REQ-SUP-005 supply.lumens-single"),
]


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-004", "REQ-SUP-005")
@pytest.mark.parametrize(("name", "value", "finding"), WRONG)
def test_each_answer_that_is_wrong_has_its_own_finding(name: str, value: object, finding: str) -> None:
    assert changed(name, value) == [finding]


@pytest.mark.req("REQ-SUP-001")
@pytest.mark.parametrize("part", ["bag", "tubing"])
@pytest.mark.parametrize("material", ["polyolefin", "PVC", "EVA"])
def test_each_material_is_taken_without_dehp_and_stopped_with_it(part: str, material: str) -> None:
    assert codes(supplies_document(**{f"{part}.material": material})) == []
    for dehp, ending in ((True, ""), (None, "-not-known")):
        document = supplies_document(**{f"{part}.material": material, f"{part}.dehp": dehp})
        assert codes(document) == [f"stop REQ-SUP-001 supply.{part}-dehp{ending}"]


@pytest.mark.req("REQ-SUP-002")
@pytest.mark.parametrize("duration_h", [24, 48, 72, 96])
@pytest.mark.parametrize("pore", ["0.2", "0.20", "0.22", "0.220"])
def test_a_02_or_022_micron_filter_is_taken_up_to_96_h(duration_h: int, pore: str) -> None:
    assert codes(document_of(duration_h, **{"filter.pore_micron": pore})) == []


@pytest.mark.req("REQ-SUP-002")
@pytest.mark.parametrize("duration_h", [24, 48, 72, 96])
def test_a_built_in_filter_with_all_properties_satisfies_the_rule(duration_h: int) -> None:
    document = document_of(duration_h, filter=None, **{"tubing.built_in_filter": GOOD_FILTER})
    assert codes(document) == []


@pytest.mark.req("REQ-SUP-002")
def test_of_two_filters_both_must_be_right() -> None:
    assert codes(supplies_document(**{"tubing.built_in_filter": GOOD_FILTER})) == []
    for name, value, code in [
        ("pore_micron", "1.2", "supply.pore"),
        ("pore_micron", None, "supply.pore-not-known"),
        ("sterile", False, "supply.filter-sterile"),
        ("non_pyrogenic", None, "supply.filter-non-pyrogenic-not-known"),
    ]:
        second = supplies_document(**{"tubing.built_in_filter": {**GOOD_FILTER, name: value}})
        assert codes(second) == [f"stop REQ-SUP-002 {code}"]
        first = supplies_document(
            **{"filter": {**GOOD_FILTER, name: value}, "tubing.built_in_filter": GOOD_FILTER}
        )
        assert codes(first) == [f"stop REQ-SUP-002 {code}"]


@pytest.mark.req("REQ-SUP-002")
def test_a_filter_of_which_nothing_is_known_has_four_stops() -> None:
    assert len(changed("filter", {})) == 4
    assert changed("tubing.built_in_filter", {}) == changed("filter", {})


@pytest.mark.req("REQ-SUP-003")
def test_a_7_day_bag_has_no_filter_of_either_kind() -> None:
    forbidden = "stop REQ-SUP-003 supply.filter-forbidden"
    built_in = "stop REQ-SUP-003 supply.built-in-filter-forbidden"
    assert codes(supplies_document_7_days(filter=GOOD_FILTER)) == [forbidden]
    assert codes(supplies_document_7_days(filter={})) == [forbidden]
    assert codes(supplies_document_7_days(**{"tubing.built_in_filter": GOOD_FILTER})) == [built_in]
    both = supplies_document_7_days(**{"filter": GOOD_FILTER, "tubing.built_in_filter": GOOD_FILTER})
    assert codes(both) == [forbidden, built_in]


@pytest.mark.req("REQ-PLN-001")
@pytest.mark.parametrize("duration_h", RATES)
@pytest.mark.parametrize("rate", ["10", "5", "3.3", "2.5", "0.6", "1.8", "10.0", "0"])
def test_a_rate_is_the_tables_rate_for_the_duration_or_a_stop(duration_h: int, rate: str) -> None:
    right = {"10": 24, "10.0": 24, "5": 48, "3.3": 72, "2.5": 96, "0.6": 168}.get(rate) == duration_h
    found = codes(document_of(duration_h, rate_ml_per_h=rate))
    assert ("stop REQ-PLN-001 supply.rate-differs" in found) is not right


@pytest.mark.req("REQ-SUP-004")
@pytest.mark.parametrize(
    ("step", "settable"),
    [
        ("0.1", {24, 48, 72, 96, 168}),
        ("0.5", {24, 48, 96}),
        ("0.25", {24, 48, 96}),
        ("0.3", {24, 48, 72, 168}),
        ("0.6", {24, 48, 168}),
        ("1", {24, 48}),
        ("2.5", {24, 48, 96}),
        ("5", {24, 48}),
        ("0", {24, 48}),
        ("0.0001", {24, 48, 72, 96, 168}),
    ],
)
def test_a_decimal_rate_is_a_whole_number_of_the_pumps_steps(step: str, settable: set[int]) -> None:
    found = {each for each in RATES if not codes(document_of(each, **{"pump.rate_step_ml_per_h": step}))}
    assert found == settable


@pytest.mark.req("REQ-SUP-004")
@pytest.mark.parametrize("duration_h", RATES)
def test_an_unknown_step_stops_only_where_the_rate_has_a_decimal(duration_h: int) -> None:
    expected = [] if duration_h in (24, 48) else ["stop REQ-SUP-004 supply.pump-step-not-known"]
    assert codes(document_of(duration_h, **{"pump.rate_step_ml_per_h": None})) == expected


PF, BS = "preservative-free", "bacteriostatic"


@pytest.mark.req("REQ-SUP-006")
@pytest.mark.parametrize("diluents", [[], [PF], [BS], [PF, BS], [BS, PF], [PF, PF], [BS, BS], [PF, PF, BS]])
def test_diluents_are_exactly_those_of_the_duration(diluents: list[str]) -> None:
    for duration_h in (24, 48, 72, 96):
        expected = [] if diluents == [PF] else ["stop REQ-SUP-006 supply.diluents-preservative-free"]
        assert codes(document_of(duration_h, diluents=diluents)) == expected
    right = diluents in ([PF, BS], [BS, PF])
    expected = [] if right else ["stop REQ-SUP-006 supply.diluents-bacteriostatic"]
    assert codes(document_of(168, diluents=diluents)) == expected


@pytest.mark.req("REQ-SUP-005")
def test_a_peripheral_single_lumen_line_has_two_reasons_and_no_stop() -> None:
    document = supplies_document(**{"access.line": "peripheral", "access.lumens": 1})
    assert codes(document) == [
        "reason REQ-SUP-005 supply.line-peripheral",
        "reason REQ-SUP-005 supply.lumens-single",
    ]


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-004", "REQ-SUP-005")
def test_of_an_empty_form_everything_is_not_known_at_once() -> None:
    found = codes({})
    assert len(found) == 18
    assert all(each.endswith("-not-known") for each in found)
    assert [each for each in found if each.startswith("reason")] == [
        "reason REQ-SUP-005 supply.line-not-known",
        "reason REQ-SUP-005 supply.lumens-not-known",
    ]
    assert found[-2:] == [each for each in found if each.startswith("reason")], "stops come first"
    empty: dict[str, object] = dict.fromkeys(("bag", "tubing", "pump", "access", "diluents", "duration_h"))
    assert codes(empty) == found


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-004")
@pytest.mark.parametrize(
    ("value", "answers"),
    [(True, []), (Absence.NOT_ASKED, []), (None, ["-not-known"]), (False, [""])],
)
def test_what_the_window_asks_more_counts_only_when_it_is_asked(
    value: bool | Absence | None, answers: list[str]
) -> None:
    supplies = supplies_of(supplies_document())
    questions = {
        "supply.accessories-dehp": replace(supplies, accessories_dehp_free=value),
        "supply.pump-approved": replace(supplies, pump=replace(supplies.pump, approved=value)),
        "supply.pump-keep-open-rate-acceptable": replace(
            supplies, pump=replace(supplies.pump, keep_open_rate_acceptable=value)
        ),
    }
    for code, asked in questions.items():
        assert [each.code for each in check_supplies(asked, protocol())] == [
            f"{code}{each}" for each in answers
        ]


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-006")
def test_each_finding_has_its_field_and_its_mark() -> None:
    found = {each.code: (each.field, each.source) for each in found_in({})}
    assert found["supply.bag-dehp-not-known"] == ("bag.dehp", Mark.QUOTED)
    assert found["supply.built-in-filter-not-known"] == ("tubing.built_in_filter", Mark.QUOTED)
    assert found["supply.diluents-not-known"] == ("diluents", Mark.DERIVED)
    assert found["supply.line-not-known"] == ("access.line", Mark.SITE)


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-PRO-001")
def test_materials_and_pore_sizes_come_from_the_protocol() -> None:
    supplies = supplies_of(supplies_document())
    less = altered("supply.dehp_free_materials", "polyolefin, EVA")
    assert [each.code for each in check_supplies(supplies, less)] == ["supply.tubing-material"]
    finer = altered("filter.pore_sizes", "0.2, 0.1")
    (pore,) = check_supplies(supplies, finer)
    assert dict(pore.values) == {"given": "0.22", "expected": "0.2 or 0.1"}


@pytest.mark.req("REQ-MIX-005")
def test_a_fill_that_nobody_knows_is_a_stop() -> None:
    assert [f"{each.severity.value} {each.code}" for each in check_fill(None)] == ["stop mix.fill-not-known"]
    assert check_fill(HowFilled.PUMPED_INTO_EMPTY_BAG) == ()
    assert check_fill(HowFilled.BAG_OF_KNOWN_FILL) == ()
