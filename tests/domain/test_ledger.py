"""What a scan answers beside the clock: how far the bag is, which label, what became of it."""

from __future__ import annotations

from decimal import Decimal

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
from pharmacy_app.domain.ledger import (
    specimen_answer,
)
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.domain.product import LotState
from pharmacy_app.domain.quantity import Duration, Mass, Volume
from pharmacy_app.domain.scan import BagScan
from tests.support.ledgers import (
    MADE,
    SERIAL,
    TAG,
    ask,
    codes,
    label,
    lived,
    print_job,
    said,
    shown,
)
from tests.support.products import lot
from tests.support.rulebooks import protocol

WASTE = Waste(Mass(Decimal(35)), Volume(Decimal("2.8")), 1)
DIGEST = protocol().digest.removeprefix("sha256:")[:8]


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


def test_a_stopped_bag_is_void_unless_it_is_released_again() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    stopped = [*hung, (MADE.at("20:00"), Stopped("to a peripheral line", Duration(Decimal(6))))]
    assert said(stopped, "20:30") == "void stopped"
    again = [*stopped, (MADE.at("20:40"), ReleasedAgain("back within an hour"))]
    assert said(again, "20:45") == "hang hung-late"
    assert said(again, "+1/00:00") == "hang hung-late interruption"  # 4 h after the stop


def test_what_remains_of_a_stopped_bag_runs_to_the_same_change() -> None:
    hung = MADE.hung("14:00", "+4/14:00", "240")
    stopped = [*hung, (MADE.at("20:00"), Stopped("port", Duration(Decimal(6))))]
    again = [*stopped, (MADE.at("20:40"), ReleasedAgain("port accessed"))]
    found = ask(MADE.ledger(again), MADE.at("21:00"), label())
    assert found.volume is not None
    assert (shown(found.change_at), found.volume.number) == ("11-27 14:00", "222.5")  # 89 h x 2.5


@pytest.mark.req("REQ-HND-002")
def test_all_reasons_are_given_at_once_and_the_most_serious_one_is_the_answer() -> None:
    lots = (lot(state=LotState.RECALLED, reason="cracked vials"),)
    assert said(when="+4/14:00", scan=TAG, lots=lots) == "void verify.lot-recalled past-start-by tag-scanned"
    assert said(when="+4/14:00", scan=TAG) == "expired past-start-by tag-scanned"
