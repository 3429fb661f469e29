"""Zone rules come from the pinned package, also where the system's tables are wrong."""

import json
import os
import subprocess
import sys
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.support.orders import document_starting
from tests.support.rulebooks import plan_of

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.req("REQ-PLN-010")


@pytest.fixture
def false_tables(tmp_path: Path) -> dict[str, str]:
    """An environment whose zone tables have Toronto's rules under Vancouver's name."""
    folder = tmp_path / "zoneinfo" / "America"
    folder.mkdir(parents=True)
    toronto = resources.files("tzdata").joinpath("zoneinfo", "America", "Toronto").read_bytes()
    (folder / "Vancouver").write_bytes(toronto)
    return {**os.environ, "PYTHONTZPATH": str(folder.parent), "PYTHONPATH": str(ROOT)}


def output(arguments: list[str], environment: dict[str, str], folder: Path) -> str:
    """What a fresh Python process prints; it must end well."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_process_that_trusts_the_false_tables_is_misled(
    false_tables: dict[str, str], tmp_path: Path
) -> None:
    """Without this, the next test would prove nothing."""
    asked = (
        "from datetime import datetime; from zoneinfo import ZoneInfo; "
        "print(datetime(2026, 11, 30, 14, tzinfo=ZoneInfo('America/Vancouver')).isoformat())"
    )
    assert output(["-c", asked], false_tables, tmp_path).strip() == "2026-11-30T14:00:00-05:00"


def test_the_program_is_not_misled_by_false_tables(false_tables: dict[str, str], tmp_path: Path) -> None:
    order_file = tmp_path / "order.json"
    document = document_starting(
        "2026-10-26T14:00", time_zone="America/Vancouver", bags={"durations_h": [168]}
    )
    order_file.write_text(json.dumps(document), encoding="utf-8")
    answer = json.loads(
        output(["-m", "pharmacy_app", "plan", str(order_file), "--json"], false_tables, tmp_path)
    )
    assert [bag["change_at"] for bag in answer["bags"]] == [
        "2026-11-02T14:00-07:00",
        "2026-11-09T14:00-07:00",
        "2026-11-16T14:00-07:00",
        "2026-11-23T14:00-07:00",
    ]
    assert answer["zone_data"] == version("tzdata")


def test_the_version_of_the_zone_rules_stands_on_the_plan() -> None:
    plan = plan_of(document_starting("2026-10-26T14:00"))
    assert plan.zone_data == version("tzdata")
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert f"tzdata=={plan.zone_data} " in locked


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("America/Toronto", "-04:00", "-05:00"),
        ("America/Halifax", "-03:00", "-04:00"),
        ("America/St_Johns", "-02:30", "-03:30"),
        ("America/Vancouver", "-07:00", "-07:00"),
        ("America/Edmonton", "-06:00", "-06:00"),
        ("America/Winnipeg", "-05:00", "-05:00"),
    ],
)
def test_which_places_go_back_an_hour_on_2026_11_01(zone: str, before: str, after: str) -> None:
    document = document_starting("2026-10-30T14:00", time_zone=zone, bags={"durations_h": [24]})
    offsets = [bag.change_at.isoformat()[-6:] for bag in plan_of(document).bags]
    assert offsets == [before] + [after] * 27
