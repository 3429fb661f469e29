"""`plan ORDER.json [--json]`: the document field by field, and the exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import EXAMPLES, ORDER, ask, errors_of, write
from tests.support.orders import ABSENT, order_document
from tests.support.sources import ROOT

FIRST_BAG = {
    "number": 1,
    "first_day": 1,
    "last_day": 7,
    "dose_mcg_per_day": "9",
    "duration_h": 168,
    "elapsed_h": "168",
    "diluent": "bacteriostatic",
    "rate_ml_per_h": "0.6",
    "volume_to_infuse_ml": "100.8",
    "bag_volume_ml": "110",
    "overfill_ml": "9.2",
    "drug_ml": "5.5",
    "vials": 2,
    "delivered_mcg_per_day": "9.00",
    "deviation_percent": "0.00",
    "ordered_mcg": "63",
    "filter": "none",
    "start_at": "2026-11-23T14:00-05:00",
    "change_at": "2026-11-30T14:00-05:00",
    "line_change": False,
    "stopped": False,
    "restart": False,
    "held": False,
    # The training site's sterility limit is 10 days, shorter than the stability of 14.
    "prepare_from": "2026-11-13T14:00-05:00",
    "prepare_until": "2026-11-23T14:00-05:00",
}
LATER_BAG = {
    **FIRST_BAG,
    "dose_mcg_per_day": "28",
    "drug_ml": "16.8",
    "vials": 6,
    "delivered_mcg_per_day": "27.49",
    "deviation_percent": "-1.82",
    "ordered_mcg": "196",
}
BAGS = [
    FIRST_BAG,
    {
        **LATER_BAG,
        "number": 2,
        "first_day": 8,
        "last_day": 14,
        "start_at": "2026-11-30T14:00-05:00",
        "change_at": "2026-12-07T14:00-05:00",
        "prepare_from": "2026-11-20T14:00-05:00",
        "prepare_until": "2026-11-30T14:00-05:00",
        "line_change": True,
    },
    {
        **LATER_BAG,
        "number": 3,
        "first_day": 15,
        "last_day": 21,
        "start_at": "2026-12-07T14:00-05:00",
        "change_at": "2026-12-14T14:00-05:00",
        "prepare_from": "2026-11-27T14:00-05:00",
        "prepare_until": "2026-12-07T14:00-05:00",
    },
    {
        **LATER_BAG,
        "number": 4,
        "first_day": 22,
        "last_day": 28,
        "start_at": "2026-12-14T14:00-05:00",
        "change_at": "2026-12-21T14:00-05:00",
        "prepare_from": "2026-12-04T14:00-05:00",
        "prepare_until": "2026-12-14T14:00-05:00",
    },
]
TOTALS = {
    "bags": 4,
    "changes": 3,
    "closed_day_changes": 0,
    "line_changes": 1,
    "vials": 20,
    "vials_shared": 20,
    "drug_mcg_ordered": "651",
    "drug_mcg_discarded": "49",
    "benzyl_alcohol_days": 28,
}


def plan(folder: Path, **changes: object) -> Any:
    """The answer to the promised order with changes, and its schema kept."""
    result = ask("plan", write(folder, order_document(**changes)), "--json")
    assert errors_of("plan", result.document) == []
    return result


def test_the_promised_order_gives_the_promised_document(tmp_path: Path) -> None:
    document = plan(tmp_path).document
    assert document["order_number"] == "RX-1001"
    assert document["bags"] == BAGS
    assert document["totals"] == TOTALS
    assert set(document) == {
        "order_number", "protocol", "bags", "totals", "sittings", "alternatives", "objective", "zone_data",
        "findings",
    }  # fmt: skip


@pytest.mark.req("REQ-PRO-002")
def test_a_plan_names_its_protocol_with_digest_and_whether_it_is_commissioned(tmp_path: Path) -> None:
    protocol = plan(tmp_path).document["protocol"]
    assert protocol.pop("digest").startswith("sha256:")
    assert protocol == {
        "drug": "blinatumomab",
        "country": "CA",
        "monograph": "2026-02-27",
        "revision": 1,
        "commissioned": False,
    }


@pytest.mark.req("REQ-PLN-010")
def test_a_plan_names_the_version_of_its_zone_rules(tmp_path: Path) -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="ascii")
    assert f"tzdata=={plan(tmp_path).document['zone_data']} " in locked


def test_a_finding_is_code_severity_message_requirement_source_and_no_more(tmp_path: Path) -> None:
    findings = plan(tmp_path).document["findings"]
    assert findings[0] == {
        "code": "order.prescribed-missing",
        "severity": "reason",
        "message": "The order does not say which dose was prescribed. "
        "Compare the doses of this plan with the prescription.",
        "requirement": "REQ-ORD-005",
        "source": "Computed or concluded from the other rules.",
    }
    assert {tuple(each) for each in findings} == {
        ("code", "severity", "message", "requirement", "source"),
    }  # fmt: skip


def test_stops_come_first_then_reasons_then_notes(tmp_path: Path) -> None:
    changes = {"patient.weight_taken_on": "2026-12-01", "patient.pregnant": None}
    severities = [each["severity"] for each in plan(tmp_path, **changes).document["findings"]]
    assert severities == sorted(severities, key=["stop", "reason", "note"].index)
    assert set(severities) == {"stop", "reason", "note"}


def test_notes_and_reasons_leave_exit_code_0(tmp_path: Path) -> None:
    result = plan(tmp_path)
    assert (result.code, {each["severity"] for each in result.document["findings"]}) == (
        0,
        {"reason", "note"},
    )


def test_a_refused_plan_has_its_findings_no_bags_and_no_totals(tmp_path: Path) -> None:
    result = plan(tmp_path, cycle=10)
    document = result.document
    assert (result.code, document["order_number"], document["bags"], document["totals"]) == (
        3,
        "RX-1001",
        [],
        None,
    )
    assert (document["sittings"], document["alternatives"]) == ([], [])
    assert set(document) == {
        "order_number", "protocol", "bags", "totals", "sittings", "alternatives", "findings",
    }  # fmt: skip
    assert "order.cycle" in result.codes


def test_all_findings_of_a_refused_plan_are_listed(tmp_path: Path) -> None:
    codes = plan(
        tmp_path,
        **{
            "patient.weight_taken_on": "2026-11-24",
            "patient.breastfeeding": True,
            "prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "15"}],
        },
    ).codes
    expected = {"order.weight-after-start", "order.dose-unknown", "order.prescribed-differs"}
    assert expected | {"course.breastfeeding"} <= set(codes)


@pytest.mark.req("REQ-ORD-014")
def test_a_start_in_the_past_is_a_reason(tmp_path: Path) -> None:
    past = plan(tmp_path, **{"start_at": "2026-09-28T14:00", "patient.weight_taken_on": "2026-09-28"})
    assert past.code == 0
    severities = {each["code"]: each["severity"] for each in past.document["findings"]}
    assert severities["order.start-past"] == "reason"


@pytest.mark.parametrize(
    ("changes", "bags", "changes_of_bags"),
    [
        ({"bags": ABSENT}, 4, 3),
        ({"bags": {}}, 4, 3),
        ({"bags": {"durations_h": [24]}}, 28, 27),
        ({"bags": {"benzyl_alcohol": "avoid"}}, 8, 7),
        ({"bags": {"sequence_h": [168, 96, 72, 168, 96, 72]}}, 6, 5),
    ],
)
def test_bags_and_what_is_in_it_may_be_absent(
    tmp_path: Path, changes: dict[str, object], bags: int, changes_of_bags: int
) -> None:
    totals = plan(tmp_path, **changes).document["totals"]
    assert (totals["bags"], totals["changes"]) == (bags, changes_of_bags)


def test_the_same_file_gives_the_same_answer() -> None:
    assert ask("plan", ORDER, "--json") == ask("plan", ORDER, "--json")


@pytest.mark.parametrize(
    ("name", "bags", "vials"),
    [
        ("consolidation-cycle-2", 8, 28),
        ("mrd-positive-cycle-1", 4, 24),
        ("relapsed-refractory-cycle-1", 4, 20),
    ],
)
def test_every_example_order_gives_a_plan(name: str, bags: int, vials: int) -> None:
    result = ask("plan", EXAMPLES / f"{name}.json", "--json")
    assert (result.code, errors_of("plan", result.document)) == (0, [])
    totals = result.document["totals"]
    assert (totals["bags"], totals["vials"]) == (bags, vials)


def test_the_example_with_its_prescribed_doses_needs_no_reason() -> None:
    assert {each["severity"] for each in ask("plan", ORDER, "--json").document["findings"]} == {"note"}


@pytest.mark.parametrize("sequence", [[], [24], [168, 168, 168], [96, 96, 168, 168, 72, 72], [168] * 5])
def test_a_sequence_by_hand_that_breaks_a_rule_is_refused_by_the_rules(
    tmp_path: Path, sequence: list[int]
) -> None:
    result = plan(tmp_path, **{"bags.sequence_h": sequence})
    assert result.code == 3
    assert {"plan.not-all-days", "plan.wall"} & set(result.codes)


def test_a_hundred_thousand_bags_by_hand_are_refused_by_the_rules(tmp_path: Path) -> None:
    result = plan(tmp_path, **{"bags.sequence_h": [24] * 100_000})
    assert (result.code, result.codes.count("plan.not-all-days")) == (3, 1)
