"""A hundred deaths (SIGKILL) from the order to the patient: nothing confirmed is lost, nothing half done.

What is looked for after each death stands in `tests.support.killed_flow`.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

DEATHS = 25


@pytest.mark.req("REQ-AUD-001", "REQ-AUD-002", "REQ-LBL-009", "REQ-VER-007")
@pytest.mark.parametrize("first_seed", [0, 25, 50, 75])
def test_a_station_killed_anywhere_on_a_bags_way_loses_nothing_and_goes_on_to_its_end(
    url: str, tmp_path: Path, first_seed: int
) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_flow", url, str(tmp_path), str(first_seed)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    *deaths, end = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [each["seed"] for each in deaths] == list(range(first_seed, first_seed + DEATHS))
    assert {each["seed"]: each["troubles"] for each in deaths if each["troubles"]} == {}
    assert (end["state"], end["findings"]) == ("hung", [])
    assert len(end["labels"]) == len(set(end["labels"])) >= end["bags"]
