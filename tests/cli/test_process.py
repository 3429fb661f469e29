"""The program as a process of its own: what it loads, what it needs, where it writes, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import EXAMPLES, ORDER, Result, ask, environment, leftovers, start, write
from tests.support.orders import order_document

SUPPLIES = EXAMPLES / "supplies-96h.json"
HEAVY = {
    "PySide6",
    "shiboken6",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "reportlab",
    "barcode",
    "zxingcpp",
    "pypdfium2",
}
HEAVY |= {"PIL", "argon2", "holidays", "icalendar", "platformdirs", "jsonschema", "pytest"}
HEAVY |= {"ui", "db", "labels"}


def loaded(home: Path, *arguments: str | Path) -> set[str]:
    """The top-level modules that a command imports."""
    result = start(*arguments, home=home, options=("-P", "-X", "importtime"))
    assert result.code == 0, result.err
    lines = [line for line in result.err.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines[1:]}


@pytest.mark.parametrize(
    "command",
    [("plan", ORDER), ("worksheet", ORDER, "--bag", "1", "--json"), ("check", SUPPLIES), ("schema", "order")],
    ids=lambda command: str(command[0]),
)
def test_a_pure_question_loads_nothing_heavy(tmp_path: Path, command: tuple[str | Path, ...]) -> None:
    modules = loaded(tmp_path, *command)
    assert "pharmacy_app" in modules
    assert modules & HEAVY == set()


def test_without_holidays_no_calendar_is_read(tmp_path: Path) -> None:
    bags = {"closed_days": ["sunday"]}
    assert loaded(tmp_path, "plan", write(tmp_path, order_document(bags=bags))) & HEAVY == set()


def test_a_label_needs_no_window_and_no_database(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "label", ORDER, "--bag", "1", "--pdf", tmp_path / "label.pdf")
    assert "reportlab" in modules
    assert modules & {"PySide6", "shiboken6", "sqlalchemy", "ui", "db"} == set()


def test_orders_on_file_need_no_window(tmp_path: Path) -> None:
    assert loaded(tmp_path, "order", "list") & {"PySide6", "shiboken6", "ui"} == set()


def shadowing_folder(folder: Path) -> Path:
    """A folder with files that carry the names of modules that the program uses."""
    for name in ("json", "decimal", "tomllib", "zoneinfo", "pharmacy_app", "argparse"):
        (folder / f"{name}.py").write_text("raise SystemExit('the wrong module')\n", encoding="utf-8")
    return folder


def test_the_answer_is_the_same_wherever_and_in_whatever_language_it_is_asked(tmp_path: Path) -> None:
    expected = start("plan", ORDER, "--json", home=tmp_path)
    assert (expected.code, expected.err) == (0, "")
    json.loads(expected.out)
    places = [
        {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "fr_CA.UTF-8", "LC_ALL": "fr_CA.UTF-8", "LC_NUMERIC": "fr_CA.UTF-8"},
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict", "TZ": "Asia/Tokyo"},
        {"PYTHONTZPATH": "/usr/share/zoneinfo", "TERM": "dumb", "COLUMNS": "20"},
    ]
    shadows = tmp_path / "shadows"
    shadows.mkdir()
    answers = [start("plan", ORDER, "--json", home=tmp_path, variables=variables) for variables in places]
    answers.append(start("plan", ORDER, "--json", home=tmp_path, cwd=shadowing_folder(shadows)))
    answers.append(start("plan", ORDER, "--json", home=tmp_path, options=("-P", "-O")))
    assert answers == [expected] * len(answers)


def test_a_decimal_comma_is_refused_in_every_language(tmp_path: Path) -> None:
    order = write(tmp_path, order_document(**{"patient.weight_kg": "28,125"}))
    for language in ("C", "fr_CA.UTF-8"):
        result = start(
            "plan", order, "--json", home=tmp_path, variables={"LC_ALL": language, "LANG": language}
        )
        assert (result.code, result.error["field"]) == (2, "patient.weight_kg")


def test_words_are_utf_8_also_where_the_terminal_says_ascii(tmp_path: Path) -> None:
    variables = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert start("plan", ORDER, home=tmp_path, variables=variables).out.startswith(
        "TRAINING – NOT FOR PATIENT USE\n"
    )


def test_pure_questions_leave_nothing_behind_but_the_files_asked_for(tmp_path: Path) -> None:
    for command in (
        ("plan", ORDER),
        ("check", SUPPLIES),
    ):
        start(*command, home=tmp_path)
    assert leftovers(tmp_path) == []
    assert start("label", ORDER, "--bag", "1", "--pdf", "label.pdf", home=tmp_path).code == 0
    assert start("worksheet", ORDER, "--bag", "1", "--pdf", "worksheet.pdf", home=tmp_path).code == 0
    assert leftovers(tmp_path) == ["label.pdf", "worksheet.pdf"]


def test_an_answer_goes_to_standard_output_and_a_refusal_to_standard_error(tmp_path: Path) -> None:
    answer = start("check", SUPPLIES, home=tmp_path)
    assert (answer.code, answer.out, answer.err) == (0, "Every supply rule holds.\n", "")
    refusal = start("check", "none.json", home=tmp_path)
    assert refusal == Result(2, "", "file: given none.json. Expected a file that is there.\n")


def in_shell(home: Path, redirection: str, *arguments: str | Path) -> Result:
    """A command whose streams the shell closes or sends elsewhere."""
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-P", "-m", "pharmacy_app"]
    answer = subprocess.run(
        [*command, *map(str, arguments)],
        env=environment(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Result(answer.returncode, answer.stdout.decode(), answer.stderr.decode())


@pytest.mark.parametrize(
    ("redirection", "reason"), [(">&-", "closed"), (">/dev/full", "No space left on device")]
)
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
def test_an_answer_that_cannot_be_written_is_trouble_in_words(
    tmp_path: Path, redirection: str, reason: str, options: tuple[str, ...]
) -> None:
    result = in_shell(tmp_path, redirection, "plan", ORDER, *options)
    assert result == Result(4, "", f"The answer cannot be written: {reason}.\n")


def test_a_refusal_as_json_that_cannot_be_written_is_trouble_too(tmp_path: Path) -> None:
    assert in_shell(tmp_path, ">/dev/full", "plan", "none.json", "--json").code == 4


def test_a_reader_that_has_gone_is_trouble_in_words(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        result = start("plan", ORDER, home=tmp_path, stdout=gone)
    assert (result.code, result.err) == (4, "The answer cannot be written: Broken pipe.\n")


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_where_nobody_hears_the_sentence_the_exit_code_remains(tmp_path: Path, redirection: str) -> None:
    assert in_shell(tmp_path, redirection, "plan", "none.json") == Result(2, "", "")


def limited(home: Path, size: str, *arguments: str | Path) -> Result:
    """A command that may write no file larger than this many blocks of 1,024 bytes."""
    command = [
        "bash",
        "-c",
        f'ulimit -f {size}; exec "$@"',
        "bash",
        sys.executable,
        "-P",
        "-m",
        "pharmacy_app",
    ]
    answer = subprocess.run(
        [*command, *map(str, arguments)], env=environment(home), cwd=home, capture_output=True, check=False
    )
    return Result(answer.returncode, answer.stdout.decode(), answer.stderr.decode())


@pytest.mark.parametrize("command", ["label", "worksheet"])
def test_a_disk_that_fills_up_leaves_the_former_file_and_no_half_one(tmp_path: Path, command: str) -> None:
    former = tmp_path / "it.pdf"
    former.write_bytes(b"former")
    result = limited(tmp_path, "4", command, ORDER, "--bag", "1", "--pdf", former)
    assert (result.code, result.out, result.err) == (
        4,
        "",
        f"{former} cannot be written: File too large. Nothing was written.\n",
    )
    assert (former.read_bytes(), leftovers(tmp_path)) == (b"former", ["it.pdf"])


def test_a_disk_that_fills_up_under_the_database_is_trouble_in_words(tmp_path: Path) -> None:
    result = limited(tmp_path, "20", "order", "add", ORDER)
    assert (result.code, result.out, result.err.count("\n")) == (4, "", 1)
    assert "Traceback" not in result.err


@pytest.mark.req("REQ-PRO-004")
def test_no_setting_removes_the_training_mark(tmp_path: Path) -> None:
    settings = {"PHARMACY_APP_TRAINING": "0", "PHARMACY_APP_COMMISSIONED": "1"}
    for command in (("plan", ORDER), ("worksheet", ORDER, "--bag", "1")):
        result = start(*command, home=tmp_path, variables=settings)
        assert result.out.startswith("TRAINING – NOT FOR PATIENT USE\n")


def test_process_and_function_give_the_same_answer(tmp_path: Path) -> None:
    assert start("check", SUPPLIES, "--json", home=tmp_path) == ask("check", SUPPLIES, "--json")
