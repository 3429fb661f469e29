"""A bug: exit code 1, a reference, no traceback on the screen, the details in the log."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pharmacy_app import bootstrap, crash_log
from pharmacy_app.workflow.rulebook import Rulebook
from tests.support.command_line import ORDER, environment, leftovers, tools

SENTENCE = re.compile(
    r"Something went wrong here\. Reference ([0-9A-F]{4}-[0-9A-F]{2}( \(the log cannot be written\))?)\. "
    r"What was confirmed before is kept; look whether the last step was done\. The details are in the log\.\n"
)

# A program whose rulebook breaks: what a bug would do.
BROKEN = """
import dataclasses, sys
from pharmacy_app import bootstrap
good = bootstrap.tools
def broken(protocol):
    raise ZeroDivisionError("a bug, with 71.5 in it")
bootstrap.tools = lambda: dataclasses.replace(good(), rulebook=broken)
sys.exit(bootstrap.command_line(sys.argv[1:]))
"""


def broken(protocol: Path | None) -> Rulebook:
    """A tool with a bug."""
    raise ZeroDivisionError("a bug")


@pytest.fixture
def log(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the log stands; the program has a tool with a bug."""
    good = tools(rulebook=broken)
    monkeypatch.setattr(bootstrap, "tools", lambda: good)
    return home / "pharmacy-app" / "log" / "bugs.log"


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_bug_gives_exit_code_1_a_reference_and_no_traceback(
    log: Path, capfd: pytest.CaptureFixture[str], options: list[str]
) -> None:
    code = bootstrap.command_line(["plan", str(ORDER), *options])
    out, err = capfd.readouterr()
    assert (code, out) == (1, "")
    found = SENTENCE.fullmatch(err)
    assert found is not None, err
    written = log.read_text(encoding="utf-8")
    assert found[1] in written
    assert "ZeroDivisionError: a bug" in written.partition(found[1])[2]


def test_where_the_log_cannot_be_written_the_reference_says_so(
    log: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    assert bootstrap.command_line(["plan", str(ORDER)]) == 1
    found = SENTENCE.fullmatch(capfd.readouterr().err)
    assert found is not None
    assert found[2] == " (the log cannot be written)"


def test_a_log_on_a_full_disk_gives_no_traceback_either(log: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log.unlink(missing_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.symlink_to("/dev/full")
    try:
        assert bootstrap.command_line(["plan", str(ORDER)]) == 1
    finally:
        log.unlink()
    found = SENTENCE.fullmatch(capfd.readouterr().err)
    assert found is not None
    assert found[2] == " (the log cannot be written)"


def test_a_log_keeps_within_its_size(home: Path) -> None:
    folder = home / "pharmacy-app" / "log"
    for _ in range(6):
        try:
            raise ValueError("x" * (crash_log.LARGEST_LOG_BYTES // 2))
        except ValueError:
            crash_log.report_bug(sys.exc_info())
    sizes = [(folder / name).stat().st_size for name in leftovers(folder)]
    assert len(sizes) <= 4
    assert max(sizes) <= crash_log.LARGEST_LOG_BYTES + 1000


def test_a_process_with_a_bug_ends_in_words(tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text(BROKEN, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-P", str(script), "plan", str(ORDER)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert SENTENCE.fullmatch(result.stderr)
    assert "ZeroDivisionError" in (tmp_path / ".local/state/pharmacy-app/log/bugs.log").read_text(
        encoding="utf-8"
    )
