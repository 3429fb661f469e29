"""The throw-away server: which programs it takes, and what its command is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.postgresql import NoServer, programs_folder
from tests.support.sources import ROOT

SHOW = "import os; print([os.environ.get('PHARMACY_APP_TEST_POSTGRESQL' + end) for end in ('', '_MISSING')])"


def installed(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch(mode=0o755)
    return folder


def test_the_newest_version_is_taken_and_9_is_older_than_15(tmp_path: Path) -> None:
    folder = installed(tmp_path, "9/bin/initdb", "9/bin/postgres", "15/bin/initdb", "15/bin/postgres")
    assert programs_folder(folder) == tmp_path / "15/bin"


def test_a_version_without_its_server_is_passed_over(tmp_path: Path) -> None:
    folder = installed(tmp_path, "15/bin/initdb", "15/bin/postgres", "17/bin/pg_dump")
    assert programs_folder(folder) == tmp_path / "15/bin"


def test_programs_elsewhere_are_found_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(installed(tmp_path / "own", "initdb", "postgres")))
    assert programs_folder(tmp_path / "none") == tmp_path / "own"


def test_no_programs_at_all_are_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoServer, match="PostgreSQL is not installed"):
        programs_folder(tmp_path)


def test_a_server_that_one_has_already_is_used_and_the_exit_code_is_the_commands() -> None:
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.support.postgresql",
            sys.executable,
            "-c",
            f"{SHOW}; raise SystemExit(7)",
        ],
        cwd=ROOT,
        env=os.environ | {"PHARMACY_APP_TEST_POSTGRESQL": "postgresql+psycopg://one"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (7, "['postgresql+psycopg://one', None]\n")
