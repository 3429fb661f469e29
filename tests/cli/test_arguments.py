"""Usage: what is no command, no option, missing, too much, or comes with a later version."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import ORDER, ask, leftovers

COMMANDS = "plan, worksheet, label, check, schema, protocol, order, audit, print, bag, training"
LATER = f"one of: {COMMANDS}. This one comes with a later version"


@pytest.mark.parametrize(
    ("arguments", "field", "given", "expected"),
    [
        (["prepare"], "command", "prepare", f"one of: {COMMANDS}"),
        (["Plan"], "command", "Plan", f"one of: {COMMANDS}"),
        ([""], "command", "nothing", f"one of: {COMMANDS}"),
        (["plan"], "ORDER.json", "nothing", "this field, which is required"),
        (["plan", ""], "ORDER.json", "nothing", "this field, which is required"),
        (["check"], "SUPPLIES.json", "nothing", "this field, which is required"),
        (["schema"], "DOCUMENT", "nothing", "this field, which is required"),
        (["plan", "a", "b"], "arguments", "b", "an option that this command has; try --help"),
        (["plan", "a", "--pdf", "b"], "arguments", "--pdf", "an option that this command has; try --help"),
        (["plan", "a", "--prot", "b"], "arguments", "--prot", "an option that this command has; try --help"),
        (["plan", "a", "--protocol"], "--protocol", "nothing", "a value after this option"),
        (["plan", "a", "--protocol", ""], "--protocol", "nothing", "a value after this option"),
        (["plan", "a", "--protocol", "b", "--protocol", "c"], "--protocol", "c", "this option once"),
        (["worksheet", "a"], "--bag", "nothing", "this field, which is required"),
        (["worksheet", "a", "--bag", "1", "--bag", "2"], "--bag", "2", "this option once"),
        (["label", "a", "--bag", "1"], "--pdf", "nothing", "this field, which is required"),
        (["protocol"], "protocol", "nothing", "one of: show, verify, diff"),
        (["protocol", "sign"], "protocol", "sign", "one of: show, verify, diff"),
        (["audit", "repair"], "audit", "repair", "one of: verify"),
        (["order", "delete"], "order", "delete", "one of: add, list, show"),
        (["order", "list", "RX-1"], "arguments", "RX-1", "nothing after order list"),
        (
            ["order", "add"],
            "arguments",
            "order add",
            "an order file after order add, or an order number after order show",
        ),
    ],
)
def test_a_usage_error_names_argument_given_and_expected(
    arguments: list[str], field: str, given: str, expected: str
) -> None:
    as_json = ask(*arguments, "--json")
    assert (as_json.code, as_json.error) == (2, {"field": field, "given": given, "expected": expected})
    as_text = ask(*arguments)
    assert as_text.code == 2
    assert (as_text.out, as_text.err) == ("", f"{field}: given {given}. Expected {expected}.\n")


def test_json_alone_is_no_command() -> None:
    assert ask("--json").error["field"] == "command"


def test_json_with_a_value_is_no_option() -> None:
    assert ask("plan", ORDER, "--json=yes").err == (
        "arguments: given --json=yes. Expected an option that this command has; try --help.\n"
    )


@pytest.mark.parametrize("command", ["station", "database"])
def test_a_command_of_a_later_version_is_refused_in_words(command: str) -> None:
    result = ask(command, "anything", "--printer", "NAME", "--json")
    assert (result.code, result.error) == (2, {"field": "command", "given": command, "expected": LATER})


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--zpl", "label.zpl", "a PDF; ZPL comes with a later version"),
        ("--language", "fr", "en; French comes with a later version"),
        ("--language", "en-fr", "en; French comes with a later version"),
        ("--stock", "4x2.5", "one of the stocks 4x3, 4x6; this stock comes with a later version"),
        ("--stock", "100x75mm", "one of the stocks 4x3, 4x6; this stock comes with a later version"),
        ("--stock", "76x50mm", "one of the stocks 4x3, 4x6; this stock comes with a later version"),
        ("--stock", "4X3", "one of the stocks 4x3, 4x6"),
        ("--dpi", "600", "203 or 300"),
        ("--dpi", "\uff12\uff10\uff13", "203 or 300"),
    ],
)
def test_an_option_value_that_this_version_does_not_have_is_refused_and_writes_nothing(
    tmp_path: Path, option: str, value: str, expected: str
) -> None:
    result = ask("label", ORDER, "--bag", "1", "--pdf", tmp_path / "label.pdf", option, value, "--json")
    assert (result.code, result.error) == (2, {"field": option, "given": value, "expected": expected})
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    "number", ["0", "-1", "00", "01", "+1", "1.0", "1e0", " 1", "1000", "٣", "\uff11", "one", "²"]
)
@pytest.mark.parametrize("command", ["worksheet", "label"])
def test_a_bag_number_is_a_whole_number_from_1_up(tmp_path: Path, command: str, number: str) -> None:
    pdf = ["--pdf", str(tmp_path / "it.pdf")]
    result = ask(command, ORDER, "--bag", number, *pdf, "--json")
    assert (result.code, result.error["field"], result.error["expected"]) == (
        2,
        "--bag",
        "a whole number from 1 up",
    )
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("number", ["5", "99", "999"])
def test_a_bag_that_the_plan_does_not_have_is_refused_with_those_it_has(number: str) -> None:
    result = ask("worksheet", ORDER, "--bag", number, "--json")
    assert (result.code, result.error) == (
        2,
        {"field": "--bag", "given": number, "expected": "a bag number from 1 to 4"},
    )


def test_help_goes_to_standard_output_and_names_every_command() -> None:
    result = ask("--help")
    assert (result.code, result.err) == (0, "")
    assert [name for name in COMMANDS.split(", ") if f"pharmacy-app {name} " not in result.out] == []


@pytest.mark.parametrize("command", COMMANDS.split(", "))
def test_each_command_has_help(command: str) -> None:
    result = ask(command, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"usage: pharmacy-app {command} ")
    assert "--protocol FILE" in result.out


def test_a_word_of_the_users_that_a_terminal_would_obey_is_made_harmless() -> None:
    assert ask("\x1b[2J\u202e").err.startswith("command: given \\u001b[2J\\u202e. Expected ")


def test_a_long_word_is_cut() -> None:
    assert ask("x" * 5000, "--json").error["given"] == "x" * 60 + "…"
