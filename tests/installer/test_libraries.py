"""The scripts that look at the system: run as they are, with Python alone."""

import subprocess
import sys

import pytest

from tests.support.sources import ROOT

SCRIPT = ROOT / "installer" / "libraries.py"


def missing(purpose: str, path: str, *, without: str = "none") -> list[str]:
    """What the script says is missing, with another PATH and as if one library's name were another."""
    text = SCRIPT.read_text(encoding="utf-8").replace(f'"{without}"', '"libnothing-of-this-name.so.9"')
    answer = subprocess.run(
        [sys.executable, "-I", "-c", text, purpose],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stderr == ""
    return answer.stdout.splitlines()


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert missing("window", "/usr/bin:/bin") == []


def test_a_library_that_does_not_load_is_named_by_its_packages() -> None:
    assert missing("window", "/usr/bin:/bin", without="libxcb-cursor.so.0") == ["libxcb-cursor0"]


def test_a_library_whose_package_was_renamed_is_named_by_both() -> None:
    assert missing("window", "/usr/bin:/bin", without="libglib-2.0.so.0") == ["libglib2.0-0t64 libglib2.0-0"]


@pytest.mark.parametrize(("purpose", "expected"), [("window", []), ("test", ["xvfb", "xauth"])])
def test_the_tests_need_programs_that_the_window_does_not(purpose: str, expected: list[str]) -> None:
    assert missing(purpose, "/nonexistent") == expected
