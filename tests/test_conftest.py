"""What every test is held to, and what is said when tests are left out: shown on small runs of their own."""

import os
import shutil
import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest

from tests.support.sources import ROOT

NEEDS_SERVER = """
import pytest
@pytest.mark.postgresql
def test_with_a_server(): ...
def test_without(): ...
"""
STRAY = {
    "log line": "import logging; logging.getLogger('x').warning('stray')",
    "warning": "import warnings; warnings.warn('stray')",
    "Qt warning": "from PySide6.QtCore import qWarning; qWarning('stray')",
}
LEFT_OUT = "Tests that did not run: 1 for want of PostgreSQL (not installed)."


def run(folder: Path, source: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Pytest's answer for one test file under this project's settings, without a server."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "test_it.py").write_text(source, encoding="utf-8")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"CI", "PHARMACY_APP_TEST_POSTGRESQL"}
    }
    return subprocess.run(
        [
            sys.executable, "-B", "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}",
            "-p", "no:cacheprovider", *arguments, str(folder),
        ],
        cwd=folder,
        env=kept | {"PHARMACY_APP_TEST_POSTGRESQL_MISSING": "not installed"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("spread", [("-n0",), ("-n2",)])
def test_the_last_line_says_how_many_tests_did_not_run_and_why(
    tmp_path: Path, spread: tuple[str, ...]
) -> None:
    answer = run(tmp_path, NEEDS_SERVER, *spread)
    assert (answer.returncode, answer.stdout.splitlines()[-1]) == (0, LEFT_OUT)
    assert "1 passed" in answer.stdout


def test_where_everything_must_run_a_test_left_out_is_a_failure(tmp_path: Path) -> None:
    answer = run(tmp_path, NEEDS_SERVER, "-n0", CI="true")
    assert (answer.returncode, answer.stdout.splitlines()[-1]) == (
        1,
        f"{LEFT_OUT} With CI=true this is a failure.",
    )


def test_with_a_server_every_test_runs(tmp_path: Path) -> None:
    answer = run(
        tmp_path, NEEDS_SERVER, "-n0", CI="true", PHARMACY_APP_TEST_POSTGRESQL="postgresql+psycopg://one"
    )
    assert answer.returncode == 0
    assert "2 passed" in answer.stdout.splitlines()[-1]


@pytest.mark.parametrize("statement", STRAY.values(), ids=STRAY.keys())
def test_what_nobody_expected_fails_the_test(tmp_path: Path, statement: str) -> None:
    answer = run(tmp_path, f"def test_it(qapp):\n    {statement}\n", "-n0")
    assert answer.returncode == 1
    assert "stray" in answer.stdout


def test_a_log_line_that_a_test_has_looked_at_is_expected(tmp_path: Path) -> None:
    source = (
        f"def test_it(caplog):\n    {STRAY['log line']}\n    assert caplog.messages\n    caplog.clear()\n"
    )
    assert run(tmp_path, source, "-n0").returncode == 0


@pytest.mark.req("REQ-PLN-010")
def test_zone_rules_come_from_the_pinned_package_alone() -> None:
    assert zoneinfo.TZPATH == ()
