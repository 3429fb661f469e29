"""A clock that was set back: the times of a bag's ledger never run backwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.wording import load
from pharmacy_app.workflow.ledger import Ledger
from pharmacy_app.workflow.people import Credentials
from tests.support.bench import SECRET
from tests.support.sign_ins import codes
from tests.support.stations import PHARMACIST
from tests.support.wards import Ward, label, tag

CHEN = Credentials("achen", SECRET)


def released(ward: Ward) -> str:
    """A bag that was released a moment ago; its serial."""
    return ward.released(ward.day.accept())


def put_away(ward: Ward) -> str:
    """A bag that was put into the refrigerator a moment ago; its serial."""
    serial = released(ward)
    ward.ledger().match(tag(serial), label(serial))
    ward.ledger().refrigerate(serial)
    return serial


def hung(ward: Ward) -> str:
    """A bag that hangs since 14:00; its serial."""
    serial = ward.dispensed(ward.day.accept())
    ward.at("14:00")
    ward.ledger().hang(label(serial))
    return serial


def stopped(ward: Ward) -> str:
    """A bag that was stopped a moment ago; its serial."""
    serial = hung(ward)
    ward.at("15:00")
    ward.ledger().stop(serial, "Port")
    return serial


Move = Callable[[Ledger, str], object]
LIVES: dict[str, tuple[Callable[[Ward], str], Move]] = {
    "stop": (hung, lambda ledger, serial: ledger.stop(serial, "Port")),
    "end": (hung, lambda ledger, serial: ledger.end(serial)),
    "match": (
        released,
        lambda ledger, serial: ledger.match(tag(serial), label(serial)),
    ),
    "refrigerate": (released, lambda ledger, serial: ledger.refrigerate(serial)),
    "take out": (put_away, lambda ledger, serial: ledger.take_out(serial)),
    "dispense": (put_away, lambda ledger, serial: ledger.dispense(label(serial))),
    "release again": (
        stopped,
        lambda ledger, serial: ledger.release_again(serial, "Port is back", CHEN),
    ),
}


@pytest.mark.req("REQ-BUD-006", "REQ-AUD-001")
@pytest.mark.parametrize(("live", "move"), LIVES.values(), ids=LIVES.keys())
def test_the_times_of_a_ledger_do_not_run_backwards(
    ward: Ward, live: Callable[[Ward], str], move: Move
) -> None:
    serial = live(ward)
    events = ward.bag(serial).events
    ward.later(seconds=-1)
    assert codes(lambda: move(ward.ledger(), serial)) == ["ledger.clock-behind"]
    assert ward.bag(serial).events == events
    assert ward.acts(serial)[-1] == "bag-move-refused"
    assert ward.told(serial)["findings"] == "ledger.clock-behind"
    ward.later(seconds=1)
    move(ward.ledger(), serial)


@pytest.mark.req("REQ-BUD-006")
def test_a_bag_is_not_hung_by_a_clock_that_was_set_back(ward: Ward) -> None:
    serial = put_away(ward)
    ward.at("14:05")
    ward.ledger().take_out(serial)
    ward.ledger().dispense(label(serial))
    ward.at("14:02")
    assert codes(lambda: ward.ledger().hang(label(serial))) == ["ledger.clock-behind"]
    ward.at("14:05")
    ward.ledger().hang(label(serial))


@pytest.mark.req("REQ-BUD-006")
def test_a_clock_that_was_set_back_is_told_with_both_times(ward: Ward) -> None:
    serial = hung(ward)
    ward.at("13:59")
    with pytest.raises(RulesRefused) as refusal:
        ward.ledger().stop(serial, " ")
    behind, reason = refusal.value.findings
    assert reason.code == "ledger.reason-missing"
    assert load().finding(behind) == (
        "The clock of this station says 2026-11-23 13:59:00. On record the last thing happened to this bag "
        "at 2026-11-23 14:00:00, which is later. Put the clock right, or wait until then."
    )


@pytest.mark.req("REQ-VER-004")
def test_a_bag_is_made_void_whatever_the_clock_says(ward: Ward) -> None:
    serial = stopped(ward)
    ward.at("14:30")
    assert ward.ledger(PHARMACIST).void(serial, "Course ended").state is BagState.VOID
