"""What each command of the ledger asks for: match, dispense, hang, release again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pharmacy_app.domain.bag_event import (
    Stopped,
)
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.ledger import (
    BagAnswer,
    check_dispense,
    check_hang,
    check_match,
    check_reason,
    check_release_again,
)
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.domain.product import LotState
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.domain.scan import BagScan
from tests.support.ledgers import (
    MADE,
    TAG,
    Lived,
    ask,
    coded,
    label,
    print_job,
    training_site,
)
from tests.support.products import lot
from tests.support.rulebooks import protocol


def stops(found: tuple[Finding, ...]) -> list[str]:
    """The codes; each must be a stop."""
    assert all(each.severity is Severity.STOP for each in found)
    return [coded(each) for each in found]


@pytest.mark.req("REQ-VER-002")
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
