"""Power loss at every step of storing: afterwards a fact and its entry are there, or neither is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.engine import Database, open_database
from pharmacy_app.domain.errors import StationTrouble
from tests.support.databases import BOTH
from tests.support.facts import PHOTOGRAPH, events, life
from tests.support.power_loss import Found, Kind, Loss, Losses, power_losses
from tests.support.records import keep, keep_events, keep_facts, numbered

HERE = "tests.db.test_power_loss"


def store(database: Database, confirm: Callable[[], None]) -> None:
    """An order, a fact of each class, and a bag's life with a photograph, in one transaction each."""
    keep(database, numbered("RX-1001"))
    confirm()
    keep_facts(database)
    confirm()
    keep_events(database, *events(*life()), photographs=(PHOTOGRAPH,))
    confirm()


def store_order(database: Database, confirm: Callable[[], None]) -> None:
    """An order."""
    keep(database, numbered("RX-1001"))
    confirm()


def forget(database: Database, confirm: Callable[[], None]) -> None:
    """Confirms before it stores."""
    confirm()
    keep(database, numbered("RX-1001"))


def store_in_vain(database: Database, confirm: Callable[[], None]) -> None:
    """Ends with an error."""
    raise StationTrouble("trouble.database.full")


@pytest.mark.req("REQ-AUD-001", "REQ-AUD-002")
@pytest.mark.parametrize("kind", BOTH)
def test_nothing_is_lost_or_half_stored_wherever_the_power_goes_out(kind: Kind, tmp_path: Path) -> None:
    losses = power_losses(kind, tmp_path, f"{HERE}:store", moments=40, seed=1)
    assert losses.faults == []
    assert (losses.commits, losses.confirmations) == ([1, 17, 25], [1, 17, 25])
    assert losses.whole.sealed == len(losses.whole.entries) == 25
    assert len(losses.losses) in {40, 41}
    assert {len(each.found.entries) for each in losses.losses} == {0, 1, 17, 25}


@pytest.mark.req("REQ-AUD-001", "REQ-AUD-002")
def test_no_step_of_storing_an_order_is_the_wrong_one(tmp_path: Path) -> None:
    losses = power_losses("sqlite", tmp_path, f"{HERE}:store_order")
    assert losses.faults == []
    assert [each.step for each in losses.losses] == [*range(1, losses.steps + 1)]
    assert losses.steps > 10
    # Lost before the commit: nothing of it. Lost after it, before the seal: everything but the newest seal.
    assert {(len(each.found.entries), each.found.sealed) for each in losses.losses} == {
        (0, 0),
        (1, 0),
        (1, 1),
    }


def test_a_script_that_confirms_too_early_is_found_out(tmp_path: Path) -> None:
    losses = power_losses("sqlite", tmp_path, f"{HERE}:forget")
    assert losses.confirmations == [0]
    early = replace(losses, confirmations=[1])  # as somebody would read it who trusts the confirmation
    assert any("1 confirmations, but 0 entries" in fault for fault in early.faults)


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (Found([["a", "1"]], 0, []), "1 entries are the middle of a transaction"),
        (Found([["a", "1"], ["b", "2"]], 3, []), "the seal leads: 3"),
        (Found([["a", "1"], ["c", "2"]], 2, []), "something else was done"),
        (Found([["a", "1"], ["b", "2"]], 2, ["audit.changed"]), "the record is not whole: ['audit.changed']"),
        (Found([], 0, []), "1 confirmations, but 0 entries"),
    ],
)
def test_every_kind_of_loss_is_named(found: Found, fault: str) -> None:
    whole = Found([["a", "1"], ["b", "2"], ["c", "3"]], 3, [])
    losses = Losses(9, [2, 3], [2, 3], whole, [Loss(5, 1, found)])
    assert f"step 5: {fault}" in losses.faults
    assert (
        replace(losses, losses=[Loss(5, 1, replace(whole, entries=whole.entries[:2], sealed=2))]).faults == []
    )


def test_a_script_that_ends_with_an_error_is_a_bug_of_the_script(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"trouble\.database\.full"):
        power_losses("sqlite", tmp_path, f"{HERE}:store_in_vain")


def test_a_station_that_lost_its_power_does_not_block_the_next_one(url: str, tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from db.engine import open_database\n"
        "from tests.support.records import add, numbered\n"
        "work = open_database(sys.argv[1], seal_folder=Path(sys.argv[2]))().__enter__()\n"
        "add(work, numbered('RX-1')); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, url, str(tmp_path)], check=False)
    assert killed.returncode == -9
    opened = open_database(url, seal_folder=tmp_path, patience_s=60)
    keep(opened, numbered("RX-1"))
    with opened(reading=True) as work:
        assert len(work.orders.all()) == 1
        assert work.audit.check().findings == ()
    opened.close()
