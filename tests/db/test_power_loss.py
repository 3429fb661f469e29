"""Power loss at every step of storing: afterwards the order and its entry are there, or neither is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from db.engine import open_database
from tests.support.records import keep, numbered


@pytest.mark.req("REQ-AUD-001", "REQ-AUD-002")
def test_nothing_is_half_stored_wherever_the_power_goes_out(url: str, tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.support.power_loss", url, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    seen = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(seen) > 8
    assert [each["through"] for each in seen] == [False] * (len(seen) - 1) + [True]
    for each in seen:
        assert each["stops"] == []
        assert each["entries"] == len(each["orders"])
        assert each["sealed"] <= each["entries"]
    # Lost before the commit: nothing. Lost after it, before the seal: everything but the newest seal.
    assert seen[0]["orders"] == []
    assert len(seen[-1]["orders"]) > 1
    assert seen[-1]["sealed"] == seen[-1]["entries"]


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
