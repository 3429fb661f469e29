"""What a scan answers beside the clock: who else has a say over a bag, and what each command asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from pharmacy_app.domain.bag_event import (
    Abandoned,
    Ended,
    Happening,
    Matched,
    Rejected,
    ReleasedAgain,
    Stopped,
    Voided,
    Waste,
)
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.ledger import (
    BagAnswer,
    check_dispense,
    check_hang,
    check_match,
    check_reason,
    check_release_again,
    specimen_answer,
)
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.domain.product import LotState
from pharmacy_app.domain.quantity import Duration, Mass, Volume
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.domain.superseded import PlanOfBag
from tests.support.ledgers import (
    SERIAL,
    TAG,
    Made,
    ask,
    codes,
    label,
    planned_bags,
    print_job,
    shown,
    training_site,
)
from tests.support.products import lot
from tests.support.rulebooks import protocol

MONDAY = "2026-11-23T14:00"
BAGS = planned_bags([96, 72, *[96] * 5, 24], MONDAY)
MADE = Made(BAGS)
WASTE = Waste(Mass(Decimal(35)), Volume(Decimal("2.8")), 1)
DIGEST = protocol().digest.removeprefix("sha256:")[:8]
Lived = list[tuple[datetime, Happening]]


def lived(*more: tuple[str, Happening]) -> Lived:
    """It was dispensed, and then this."""
    return [*MADE.dispensed(), *((MADE.at(when), what) for when, what in more)]


def said(of: Lived | None = None, when: str = "14:00", scan: BagScan | None = None, **changes: Any) -> str:
    """The answer and the codes of its reasons."""
    found = ask(MADE.ledger(of, **changes), MADE.at(when), scan or label())
    return " ".join([found.answer.value, *(each.removeprefix("ledger.") for each in codes(found))])


def stops(found: tuple[Finding, ...]) -> list[str]:
    assert all(each.severity is Severity.STOP for each in found)
    return [each.code for each in found]


@pytest.mark.req("REQ-LBL-011")
def test_a_specimen_is_void() -> None:
    found = specimen_answer("0000000001")
    assert (found.answer.value, codes(found)) == ("void", ["ledger.specimen"])


@pytest.mark.req("REQ-VER-004", "REQ-VER-005")
def test_before_the_release_the_answer_is_not_yet() -> None:
    prepared = MADE.prepared()
    assert said(prepared[:1], scan=TAG) == "not-yet in-preparation"
    assert said(prepared, scan=TAG) == "not-yet not-verified"
    assert said(prepared, "13:00", scan=TAG) == "not-yet not-verified not-before"


@pytest.mark.req("REQ-VER-007")
def test_a_released_bag_is_hung_only_after_its_label_was_matched_and_it_was_dispensed() -> None:
    released = MADE.dispensed()[:4]
    assert said(released) == ("not-yet not-matched not-dispensed earlier-change counted.never-refrigerated")
    assert "not-matched" not in said([*released, (MADE.at("10:00"), Matched(1))])
    assert "not-matched" in said([*released, (MADE.at("10:00"), Matched(2))])


@pytest.mark.req("REQ-VER-004")
@pytest.mark.parametrize(
    ("end", "code"),
    [
        (Abandoned("dropped", WASTE), "abandoned"),
        (Rejected("cloudy", WASTE), "rejected"),
        (Voided("weight below the limit", WASTE), "made-void"),
    ],
)
def test_a_dead_bag_is_void_and_says_why(end: Happening, code: str) -> None:
    found = ask(MADE.ledger([*MADE.prepared()[:2], (MADE.at("10:00"), end)]), MADE.at("14:00"), TAG)
    assert (found.answer.value, codes(found)) == ("void", [f"ledger.{code}"])
    assert dict(found.findings[0].values) == {"reason": end.reason}  # type: ignore[union-attr]


@pytest.mark.req("REQ-HND-003")
def test_a_bag_that_was_taken_down_is_void() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    assert said([*hung, (MADE.at("+4/14:05"), Ended())], "+4/15:00") == "void ended"


# --- the label


@pytest.mark.req("REQ-LBL-009")
def test_a_label_that_was_printed_again_is_void() -> None:
    again = (print_job(1), print_job(2))
    both_matched = lived(("13:45", Matched(2)))
    assert said(both_matched, jobs=again) == "void print.void"
    assert said(both_matched, scan=label(2), jobs=again) == "hang"


@pytest.mark.req("REQ-LBL-009", "REQ-VER-007")
@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (PrintState.CONFIRMED, "not-yet not-matched"),
        (PrintState.SENT, "not-yet not-matched"),
        (PrintState.UNKNOWN, "not-yet not-matched"),
        (PrintState.FAILED, "void print.recorded-as-not-printed not-matched"),
        (PrintState.QUEUED, "void print.recorded-as-not-printed not-matched"),
    ],
)
def test_a_second_label_counts_only_once_it_is_on_paper_and_matched(state: PrintState, answer: str) -> None:
    assert said(scan=label(2), jobs=(print_job(1), print_job(2, state))) == answer
    if state is not PrintState.CONFIRMED:
        assert (
            said(lived(("13:45", Matched(2))), scan=label(2), jobs=(print_job(1), print_job(2, state)))
            == answer
        )


@pytest.mark.req("REQ-LBL-009")
def test_a_label_that_this_program_never_printed_is_void() -> None:
    assert said(scan=label(3)) == "void print.no-such-print"
    assert said(scan=label(1), jobs=()) == "void print.no-such-print not-matched"


@pytest.mark.req("REQ-VER-007")
def test_the_tag_of_a_released_bag_does_not_stand_for_its_label() -> None:
    assert said(scan=TAG) == "not-yet tag-scanned"


def test_a_typed_serial_means_the_current_label() -> None:
    found = ask(MADE.ledger(), MADE.at("14:00"), None)
    assert (found.answer.value, codes(found)) == ("hang", [])


@pytest.mark.req("REQ-PRO-002")
def test_a_square_code_of_another_protocol_is_void() -> None:
    assert said(scan=BagScan(SERIAL, 1, DIGEST)) == "hang"
    assert said(scan=BagScan(SERIAL, 1, "00000000")) == "void code-of-another-protocol"


# --- lots, protocol, plan


@pytest.mark.req("REQ-SUP-008", "REQ-SUP-010")
@pytest.mark.parametrize("state", [LotState.QUARANTINED, LotState.RECALLED])
def test_a_lot_that_is_taken_back_makes_its_bags_void_also_one_that_hangs(state: LotState) -> None:
    lots = (lot(), lot(lot="B2", state=state, reason="cracked vials"))
    assert said(lots=lots) == f"void verify.lot-{state.value}"
    hung = MADE.hung("14:00", "+4/14:00", "240")
    assert said(hung, "15:00", lots=lots) == f"void verify.lot-{state.value} hangs"
    assert said(lots=(lot(),)) == "hang"


@pytest.mark.req("REQ-PRO-002", "REQ-PRO-005")
def test_another_protocol_makes_a_bag_wait_but_not_one_that_hangs() -> None:
    stop = finding("verify.protocol-changed", Severity.STOP, "REQ-PRO-002", Mark.DERIVED)
    changed: dict[str, Any] = {"protocol_stops": (stop,), "rules_hold": False}
    assert said(**changed) == "void verify.protocol-changed"
    hung = MADE.hung("14:00", "+4/14:00", "240")
    assert said(hung, "15:00", **changed) == "hang hangs"


def other_plan(*sequence_h: int, number: int = 1, start_at: str = MONDAY) -> PlanOfBag:
    return PlanOfBag(2, planned_bags(sequence_h, start_at), number)


@pytest.mark.req("REQ-PLN-009")
@pytest.mark.parametrize(
    ("sequence_h", "start_at", "answer"),
    [
        ([96, 96, *[96] * 4, 72, 24], MONDAY, "hang"),  # time, dose, count and change are the same
        ([96] * 7, MONDAY, "void plan-count"),
        ([72, 96, *[96] * 5, 24], MONDAY, "void plan-change"),
        ([96, 72, *[96] * 5, 24], "2026-11-23T15:00", "void plan-time plan-change"),
        ([168] * 4, MONDAY, "void plan-change plan-count"),
    ],
)
def test_a_made_bag_is_void_where_the_new_plan_says_otherwise(
    sequence_h: list[int], start_at: str, answer: str
) -> None:
    assert said(in_force=other_plan(*sequence_h, start_at=start_at)) == answer


@pytest.mark.req("REQ-PLN-009")
def test_a_made_bag_is_void_where_the_new_plan_gives_another_dose_or_does_not_have_it() -> None:
    low = {
        "indication": "relapsed-refractory",
        "prescribed": [
            {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
            {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
        ],
    }
    other = PlanOfBag(2, planned_bags([96, 72, *[96] * 5, 24], MONDAY, **low), 1)
    assert said(in_force=other) == "void plan-dose"
    last = Made(BAGS, 8)
    without = PlanOfBag(2, planned_bags([96] * 7, MONDAY), 8)
    found = ask(last.ledger(in_force=without), last.at("14:00"), label())
    assert (found.answer.value, codes(found)) == ("void", ["verify.bag-not-planned"])


@pytest.mark.req("REQ-PLN-009")
def test_a_made_bag_is_void_where_only_something_else_on_its_label_differs() -> None:
    second = Made(BAGS, 2)  # a 72 h bag after one of 96 h: a line change
    same_but = replace(second.planned, line_change=False)
    bags = (BAGS[0], same_but, *BAGS[2:])
    found = ask(second.ledger(in_force=PlanOfBag(2, bags, 2)), second.at("14:00"), label())
    assert (found.answer.value, codes(found)) == ("void", ["ledger.plan-other"])
    closed = (BAGS[0], replace(second.planned, closed_day_change=True), *BAGS[2:])
    found = ask(second.ledger(in_force=PlanOfBag(2, closed, 2)), second.at("14:00"), label())
    assert found.answer.value == "hang"  # that a day is closed stands on no label


@pytest.mark.req("REQ-PLN-009", "REQ-INT-007")
def test_of_a_bag_that_hangs_only_dose_and_change_still_matter() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    assert said(hung, "15:00", in_force=other_plan(*[96] * 7)) == "hang hangs"
    assert said(hung, "15:00", in_force=other_plan(*[168] * 4)) == "void plan-change hangs"


# --- while it hangs, and after


@pytest.mark.req("REQ-PLN-004", "REQ-HND-002")
def test_a_bag_that_hangs_has_the_change_that_was_told() -> None:
    hung = MADE.hung("14:20", "+4/13:00", "236.7")
    found = ask(MADE.ledger(hung), MADE.at("+4/12:59"), label())
    assert found.volume is not None
    assert (found.answer.value, shown(found.change_at), found.volume.number) == (
        "hang",
        "11-27 13:00",
        "236.7",
    )
    assert said(hung, "+4/13:00") == "expired change-overdue hangs"


@pytest.mark.req("REQ-INT-004")
def test_a_stopped_bag_is_void_unless_it_is_released_again() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    stopped = [*hung, (MADE.at("20:00"), Stopped("to a peripheral line", Duration(Decimal(6))))]
    assert said(stopped, "20:30") == "void stopped"
    again = [*stopped, (MADE.at("20:40"), ReleasedAgain("back within an hour"))]
    assert said(again, "20:45") == "hang hung-late"
    assert said(again, "+1/00:00") == "hang hung-late interruption"  # 4 h after the stop


@pytest.mark.req("REQ-INT-004")
def test_what_remains_of_a_stopped_bag_runs_to_the_same_change() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    stopped = [*hung, (MADE.at("20:00"), Stopped("port", Duration(Decimal(6))))]
    again = [*stopped, (MADE.at("20:40"), ReleasedAgain("port accessed"))]
    found = ask(MADE.ledger(again), MADE.at("21:00"), label())
    assert found.volume is not None
    assert (shown(found.change_at), found.volume.number) == ("11-27 14:00", "222.5")  # 89 h x 2.5


@pytest.mark.req("REQ-INT-004", "REQ-VER-002")
def test_a_stopped_bag_is_released_again_within_its_limits_by_a_pharmacist_who_did_not_prepare_it() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    stopped = [*hung, (MADE.at("20:00"), Stopped("port", Duration(Decimal(6))))]

    def found(when: str, person: str = "achen", of: Lived = stopped, **changes: Any) -> list[str]:
        rules = {"protocol": protocol(), "site": training_site(), "now": MADE.at(when)}
        return stops(check_release_again(MADE.ledger(of, **changes), person=person, **rules))  # type: ignore[arg-type]

    assert found("21:00") == []
    assert found("21:00", "mroy") == ["verify.own-preparation"]
    assert found("+4/14:00") == ["ledger.past-start-by"]
    assert found("21:00", lots=(lot(state=LotState.RECALLED, reason="x"),)) == ["verify.lot-recalled"]
    assert found("21:00", of=hung) == ["bag.illegal-move"]


# --- what the commands ask for


@pytest.mark.req("REQ-VER-007")
@pytest.mark.parametrize(
    ("tag", "label_", "expected"),
    [
        (TAG, label(1), []),
        (label(1), label(1), ["ledger.no-tag"]),
        (TAG, TAG, ["ledger.no-label"]),
        (TAG, BagScan("2611230002", 1, ""), ["ledger.label-of-another-bag"]),
        (BagScan("2611230002", 0, ""), label(1), ["ledger.label-of-another-bag"]),
        (TAG, label(2), ["print.no-such-print"]),
        (label(1), TAG, ["ledger.no-tag", "ledger.no-label"]),
    ],
)
def test_tag_and_label_are_those_of_one_bag(tag: BagScan, label_: BagScan, expected: list[str]) -> None:
    assert stops(check_match(MADE.ledger(), tag, label_)) == expected


@pytest.mark.req("REQ-VER-007", "REQ-LBL-009")
@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ((print_job(1, PrintState.SENT),), []),  # that it is scanned shows that it is on paper
        ((print_job(1, PrintState.UNKNOWN),), []),
        ((print_job(1, PrintState.FAILED),), ["print.recorded-as-not-printed"]),
        ((print_job(1), print_job(2)), ["print.void"]),
    ],
)
def test_only_the_label_that_counts_can_be_matched(jobs: tuple[PrintJob, ...], expected: list[str]) -> None:
    assert stops(check_match(MADE.ledger(jobs=jobs), TAG, label(1))) == expected


@pytest.mark.req("REQ-VER-005", "REQ-VER-007")
def test_a_label_is_not_matched_before_the_release() -> None:
    assert stops(check_match(MADE.ledger(MADE.prepared()), TAG, label(1))) == ["bag.illegal-move"]


def released_and_matched() -> Lived:
    return MADE.dispensed()[:5]


def answered(of: Lived, when: str = "11:00", scan: BagScan | None = None, **changes: Any) -> BagAnswer:
    return ask(MADE.ledger(of, **changes), MADE.at(when), scan or label())


@pytest.mark.req("REQ-BUD-005", "REQ-VER-007")
@pytest.mark.parametrize(
    ("of", "when", "changes", "expected"),
    [
        (released_and_matched(), "11:00", {}, []),  # it need not be due yet
        (released_and_matched()[:4], "11:00", {}, ["ledger.not-matched"]),
        (
            released_and_matched(),
            "11:00",
            {"jobs": (print_job(1), print_job(2))},
            ["print.void", "ledger.not-matched"],
        ),
        (released_and_matched(), "+4/14:00", {}, ["ledger.past-start-by"]),
        (MADE.dispensed(), "13:50", {}, ["bag.illegal-move"]),
        (MADE.prepared(), "11:00", {"jobs": ()}, ["bag.illegal-move", "print.no-such-print"]),
    ],
)
def test_what_is_dispensed_is_neither_void_nor_expired_and_its_label_is_matched(
    of: Lived, when: str, changes: dict[str, Any], expected: list[str]
) -> None:
    found = answered(of, when, **changes)
    assert found.ledger is not None
    assert stops(check_dispense(found, found.ledger.bag)) == expected


@pytest.mark.req("REQ-VER-007")
def test_a_bag_is_not_dispensed_by_its_tag() -> None:
    found = answered(released_and_matched(), scan=TAG)
    assert found.ledger is not None
    assert stops(check_dispense(found, found.ledger.bag)) == ["ledger.tag-scanned"]


@pytest.mark.req("REQ-HND-002", "REQ-BUD-005")
@pytest.mark.parametrize(
    ("of", "when", "expected"),
    [
        (MADE.dispensed(), "14:00", []),
        (MADE.dispensed(), "13:59", ["ledger.not-before"]),
        (MADE.dispensed(), "+4/14:00", ["ledger.past-start-by"]),
        (
            MADE.hung("14:00", "+4/14:00", "240"),
            "14:01",
            ["bag.illegal-move"],
        ),  # it answers `hang`, but it hangs
    ],
)
def test_only_what_is_answered_with_hang_is_hung_and_once(of: Lived, when: str, expected: list[str]) -> None:
    found = answered(of, when)
    assert found.ledger is not None
    assert stops(check_hang(found, found.ledger.bag)) == expected


@pytest.mark.req("REQ-VER-006")
@pytest.mark.parametrize(
    ("reason", "expected"), [("port", []), ("", ["ledger.reason-missing"]), (" ", ["ledger.reason-missing"])]
)
def test_a_reason_is_more_than_spaces(reason: str, expected: list[str]) -> None:
    assert stops(check_reason(reason)) == expected


@pytest.mark.req("REQ-HND-002")
def test_all_reasons_are_given_at_once_and_the_most_serious_one_is_the_answer() -> None:
    lots = (lot(state=LotState.RECALLED, reason="cracked vials"),)
    assert said(when="+4/14:00", scan=TAG, lots=lots) == "void verify.lot-recalled past-start-by tag-scanned"
    assert said(when="+4/14:00", scan=TAG) == "expired past-start-by tag-scanned"
