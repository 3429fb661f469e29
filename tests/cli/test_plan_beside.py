"""`plan --json`: when bags are prepared, what sittings share, what stands beside, what interruptions do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_plan import TOTALS, plan
from tests.support.orders import document_starting

# By hand: each bag may wait 10 days; the pharmacy prepares on Mondays and Thursdays from 8 to 16.
WISHES = {
    "bags.sequence_h": [96, 72, 96, 72, 168, 168],
    "bags.prepare_days": ["monday", "thursday"],
    "bags.prepare_hours": {"from": "08:00", "to": "16:00"},
}
WINDOWS = [
    ("2026-11-16T08:00-05:00", "2026-11-23T14:00-05:00"),
    ("2026-11-19T08:00-05:00", "2026-11-26T16:00-05:00"),
    ("2026-11-23T08:00-05:00", "2026-11-30T14:00-05:00"),
    ("2026-11-26T08:00-05:00", "2026-12-03T16:00-05:00"),
    ("2026-11-30T08:00-05:00", "2026-12-07T14:00-05:00"),
    ("2026-12-07T08:00-05:00", "2026-12-14T14:00-05:00"),
]
# REQ-PLN-007: at one dose, up to 96 h, 8 bags keep off Saturday and Sunday, such as 96 96 72 72 twice with
# 3 line changes; 7 bags of 96 h do not.
UP_TO_96_H = {
    "indication": "consolidation",
    "bags.durations_h": [24, 48, 72, 96],
    "bags.holidays": None,
    "bags.hospital_days": 0,
}
GRADE_3 = {"stopped_at": "2026-12-03T23:07", "restarted_at": "2026-12-05T08:15", "kind": "grade-3"}
# 54 h 15 min of a 72 h bag, then a day without: 3.3 mL/h × 54.25 h is 179.025 mL, of 283.5.
PLAIN = {"stopped_at": "2026-11-25T20:15", "restarted_at": "2026-11-26T20:15", "kind": "plain"}
ONE_DAY_OFF = {
    "indication": "consolidation",
    "interruptions": [PLAIN],
    "bags.sequence_h": [72, 96, 96, 96, 96, 96, 96, 24, 24],
}


@pytest.mark.req("REQ-PLN-006")
def test_each_bag_has_its_time_of_preparation(tmp_path: Path) -> None:
    bags = plan(tmp_path, **WISHES).document["bags"]
    assert [(bag["prepare_from"], bag["prepare_until"]) for bag in bags] == WINDOWS


@pytest.mark.req("REQ-MIX-008")
def test_neighbours_that_may_be_made_at_one_time_share_vials(tmp_path: Path) -> None:
    document = plan(tmp_path, **WISHES).document
    # 3.3 + 2.5 + 10.7 mL are 16.5 mL: 6 vials of 2.8 mL, where each bag alone takes 2, 1 and 4.
    assert document["sittings"][0] == {
        "bags": [1, 2, 3],
        "vials": 6,
        "prepare_from": "2026-11-23T08:00-05:00",
        "prepare_until": "2026-11-23T14:00-05:00",
    }
    assert [(each["bags"], each["vials"]) for each in document["sittings"][1:]] == [
        ([4], 3),
        ([5], 6),
        ([6], 6),
    ]
    assert (document["totals"]["vials"], document["totals"]["vials_shared"]) == (22, 21)


@pytest.mark.req("REQ-ORD-013")
def test_bags_are_prepared_by_the_clock_of_the_pharmacy(tmp_path: Path) -> None:
    (bag, *_) = plan(tmp_path, time_zone="America/Vancouver").document["bags"]
    assert (bag["start_at"], bag["prepare_until"]) == ("2026-11-23T14:00-07:00", "2026-11-23T16:00-05:00")


@pytest.mark.req("REQ-PLN-006")
def test_three_named_plans_stand_beside(tmp_path: Path) -> None:
    document = plan(tmp_path).document
    assert document["alternatives"] == [
        {"name": name, "totals": TOTALS} for name in ("fewest-changes", "fewest-vials", "fewest-line-changes")
    ]


@pytest.mark.req("REQ-PLN-006")
def test_beside_bags_given_by_hand_the_best_plan_stands_first(tmp_path: Path) -> None:
    beside = plan(tmp_path, **{"bags.sequence_h": [24] * 28}).document["alternatives"]
    assert beside[0] == {"name": "best", "totals": TOTALS}
    assert [each["name"] for each in beside[1:]] == ["fewest-changes", "fewest-vials", "fewest-line-changes"]


@pytest.mark.req("REQ-PLN-006", "REQ-PLN-007")
def test_each_is_the_best_in_its_own_thing_before_all_others(tmp_path: Path) -> None:
    document = plan(tmp_path, **UP_TO_96_H).document
    costs = ("bags", "closed_day_changes", "line_changes", "vials")
    beside = {
        each["name"]: tuple(each["totals"][cost] for cost in costs) for each in document["alternatives"]
    }
    assert tuple(document["totals"][cost] for cost in costs) == (8, 0, 3, 28)
    assert beside == {
        "fewest-changes": (7, 2, 0, 28),
        "fewest-vials": (8, 0, 3, 28),
        "fewest-line-changes": (7, 2, 0, 28),
    }


@pytest.mark.req("REQ-PLN-006")
def test_a_plan_that_does_not_exist_beside_one_by_hand_has_no_totals(tmp_path: Path) -> None:
    by_hand = {"bags.sequence_h": [24] * 28, "bags.durations_h": [168], "bags.benzyl_alcohol": "avoid"}
    document = plan(tmp_path, **by_hand).document
    assert [each["totals"] for each in document["alternatives"]] == [None] * 4


@pytest.mark.req("REQ-INT-001", "REQ-INT-002")
def test_a_bag_that_was_stopped_says_what_it_ran_to_two_decimals(tmp_path: Path) -> None:
    first, second, *_, last = plan(tmp_path, **ONE_DAY_OFF).document["bags"]
    assert (first["stopped"], first["restart"], first["duration_h"]) == (True, False, 72)
    assert (first["start_at"], first["change_at"]) == ("2026-11-23T14:00-05:00", "2026-11-25T20:15-05:00")
    # Half-even; 28 mcg × 54.25 h / 24 h is 63.2916… mcg.
    names = ("elapsed_h", "volume_to_infuse_ml", "overfill_ml", "ordered_mcg")
    assert tuple(first[name] for name in names) == ("54.25", "179.02", "104.48", "63.29")
    assert (second["stopped"], second["restart"], second["start_at"]) == (
        False,
        True,
        "2026-11-26T20:15-05:00",
    )
    # A whole day later than without the stop: made up hour for hour.
    assert (last["elapsed_h"], last["volume_to_infuse_ml"]) == ("17.75", "177.5")
    assert last["change_at"] == "2026-12-22T14:00-05:00"


@pytest.mark.req("REQ-INT-001")
def test_what_is_not_whole_of_a_bag_that_ran_to_its_end_is_exact(tmp_path: Path) -> None:
    ends = {**ONE_DAY_OFF, "bags.sequence_h": [72, 96, 96, 96, 96, 96, 96, 48]}
    (*_, last) = plan(tmp_path, **ends).document["bags"]
    assert (last["elapsed_h"], last["volume_to_infuse_ml"]) == ("41.75", "208.75")
    # 3.3 mL/h × 41.75 h + 24 h: three decimals, as they are.
    three = {**ONE_DAY_OFF, "bags.sequence_h": [72, 96, 96, 96, 96, 96, 72, 72]}
    (*_, last) = plan(tmp_path, **three).document["bags"]
    assert (last["elapsed_h"], last["volume_to_infuse_ml"]) == ("65.75", "216.975")


@pytest.mark.req("REQ-MOD-008")
def test_the_first_bag_at_the_full_dose_after_a_restart_is_held(tmp_path: Path) -> None:
    bags = plan(tmp_path, interruptions=[GRADE_3]).document["bags"]
    (held,) = [bag for bag in bags if bag["held"]]
    # Seven days at 9 mcg/day from the restart on; prepared not earlier than 24 h before it is hung.
    assert (held["dose_mcg_per_day"], held["start_at"]) == ("28", "2026-12-12T08:15-05:00")
    assert (held["prepare_from"], held["prepare_until"]) == (
        "2026-12-11T08:15-05:00",
        "2026-12-12T08:15-05:00",
    )


@pytest.mark.req("REQ-PLN-006")
def test_a_bag_that_cannot_be_prepared_on_the_wished_days_has_no_time_of_preparation(tmp_path: Path) -> None:
    result = plan(tmp_path, interruptions=[GRADE_3], **{"bags.prepare_days": ["monday"]})
    (first,) = [bag for bag in result.document["bags"] if bag["restart"]]
    assert (first["prepare_from"], first["prepare_until"]) == (None, None)
    assert "plan.no-time-to-prepare" in result.codes


def test_a_zone_whose_offset_had_seconds_is_shown_with_them(tmp_path: Path) -> None:
    old = document_starting("1970-06-01T14:00", time_zone="Africa/Monrovia", bags={})
    old["patient"] = {**old["patient"], "date_of_birth": "1930-03-14"}  # type: ignore[dict-item]
    (bag, *_) = plan(tmp_path, **old).document["bags"]
    assert bag["start_at"] == "1970-06-01T14:00-00:44:30"
