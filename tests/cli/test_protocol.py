"""`protocol show|verify|diff`, and the protocol file that every command takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import EXAMPLES, ORDER, ask, errors_of, leftovers, write
from tests.support.protocols import shipped_text, text_with, text_without

SUPPLIES = EXAMPLES / "supplies-96h.json"


def protocol_file(folder: Path, text: str) -> Path:
    """A protocol file with this text."""
    return write(folder, text.encode(), "protocol.toml")


def test_show_names_the_protocol_and_every_figure_with_its_source() -> None:
    result = ask("protocol", "show", "--json")
    document = result.document
    assert (result.code, errors_of("protocol", document)) == (0, [])
    assert set(document) == {
        "drug", "country", "monograph", "revision", "digest", "commissioned", "figures",
    }  # fmt: skip
    assert document["figures"][0] == {
        "name": "patient.minimum_weight",
        "value": "45",
        "unit": "kg",
        "mark": "Q",
        "source": "guide: Treatment overview, dosing",
    }
    assert len(document["figures"]) == shipped_text().count("name = ")


def test_show_in_text_has_a_line_for_each_figure() -> None:
    lines = ask("protocol", "show").out.splitlines()
    assert "patient.minimum_weight = 45 kg [Q] guide: Treatment overview, dosing" in lines
    assert "commissioned: False" in lines


def test_verify_finds_nothing_in_the_shipped_protocol() -> None:
    result = ask("protocol", "verify", "--json")
    assert (result.code, result.document) == (0, {"findings": []})
    assert ask("protocol", "verify").out == "The protocol's figures agree with each other.\n"


@pytest.mark.req("REQ-MIX-004")
def test_verify_stops_a_protocol_whose_two_ways_to_a_dose_differ(tmp_path: Path) -> None:
    changed = protocol_file(tmp_path, text_with("bag.96h.28mcg.drug", "11.7"))
    result = ask("protocol", "verify", "--protocol", changed, "--json")
    assert result.code == 3
    assert "protocol.dose" in result.codes


@pytest.mark.req("REQ-PRO-001")
@pytest.mark.parametrize("way", ["option", "variable"])
def test_an_altered_figure_changes_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    changed = protocol_file(tmp_path, text_with("patient.minimum_weight", "80"))
    option = ["--protocol", str(changed)] if way == "option" else []
    if way == "variable":
        monkeypatch.setenv("PHARMACY_APP_PROTOCOL", str(changed))
    result = ask("plan", ORDER, *option, "--json")
    assert (result.code, result.codes) == (3, ["order.weight"])
    digests = [ask("plan", ORDER, *more, "--json").document["protocol"]["digest"] for more in (option, [])]
    assert (digests[0] != digests[1]) == (way == "option")


def test_the_option_goes_before_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHARMACY_APP_PROTOCOL", "/nowhere.toml")
    assert ask("plan", ORDER, "--json").error["given"] == "/nowhere.toml"
    assert ask("plan", ORDER, "--protocol", protocol_file(tmp_path, shipped_text()), "--json").code == 0


COMMANDS = [
    ["plan", ORDER],
    ["worksheet", ORDER, "--bag", "1"],
    ["label", ORDER, "--bag", "1", "--pdf", "label.pdf"],
    ["check", SUPPLIES],
    ["schema", "order"],
    ["protocol", "show"],
    ["protocol", "verify"],
    ["order", "list"],
    ["audit", "verify"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(map(str, command[:1])))
def test_every_command_takes_a_protocol_file_and_checks_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str | Path]
) -> None:
    monkeypatch.setenv("PHARMACY_APP_DATABASE", f"sqlite:///{tmp_path}/orders.sqlite3")
    monkeypatch.chdir(tmp_path)
    broken = protocol_file(tmp_path, text_without("patient.minimum_weight"))
    result = ask(*command, "--protocol", broken, "--json")
    assert (result.code, result.error) == (
        2,
        {
            "field": "patient.minimum_weight",
            "given": "nothing",
            "expected": "this figure, which every protocol needs",
        },
    )
    assert "label.pdf" not in leftovers(tmp_path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "this field, which is required"),
        (b"\xff\xfe", "a protocol file in TOML and UTF-8"),
        (b"drug = ", "a protocol file in TOML and UTF-8"),
        (b"x = " + b"[" * 5000, "a protocol file in TOML and UTF-8"),
        (b"#" * 1_000_001, "a protocol file of at most 100 kB, with no more than 100 dots in a line"),
    ],
)
def test_a_protocol_file_that_is_none_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    result = ask("plan", ORDER, "--protocol", write(tmp_path, content, "p.toml"), "--json")
    assert (result.code, result.error["expected"]) == (2, expected)


def test_a_protocol_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path, expected in (
        (tmp_path / "none", "a file that is there"),
        (tmp_path, "a file that may be read"),
    ):
        result = ask("plan", ORDER, "--protocol", path, "--json")
        assert (result.code, result.error["field"], result.error["expected"]) == (2, "--protocol", expected)


def revision_2(folder: Path) -> Path:
    """A later revision with another drug volume and another source."""
    text = shipped_text().replace("revision = 1\n", "revision = 2\n")
    text = text.replace('value = "10.7", unit = "mL", mark = "R"', 'value = "10.8", unit = "mL", mark = "P"')
    return write(folder, text.encode(), "revision-2.toml")


@pytest.mark.req("REQ-PRO-003")
def test_diff_shows_two_revisions_side_by_side(tmp_path: Path) -> None:
    old, new = protocol_file(tmp_path, shipped_text()), revision_2(tmp_path)
    result = ask("protocol", "diff", old, new, "--json")
    assert result.code == 0
    assert [result.document[name]["revision"] for name in ("old", "new")] == [1, 2]
    assert result.document["differences"] == [
        {
            "name": "bag.96h.28mcg.drug",
            "old": {
                "value": "10.7", "unit": "mL", "mark": "R",
                "source": "recalled from the labelling; amounts match one hospital's list",
            },
            "new": {
                "value": "10.8", "unit": "mL", "mark": "P",
                "source": "recalled from the labelling; amounts match one hospital's list",
            },
        }
    ]  # fmt: skip


@pytest.mark.req("REQ-PRO-003")
def test_diff_with_one_file_compares_it_with_the_protocol_in_use(tmp_path: Path) -> None:
    lines = ask("protocol", "diff", revision_2(tmp_path)).out.splitlines()
    assert "revision: 1 -> 2" in lines
    assert lines[-3:] == [
        "bag.96h.28mcg.drug",
        "  - 10.7 mL [R] recalled from the labelling; amounts match one hospital's list",
        "  + 10.8 mL [P] recalled from the labelling; amounts match one hospital's list",
    ]
    other = revision_2(tmp_path)
    assert (
        ask("protocol", "diff", other, "--protocol", other).out
        == "The two revisions have the same figures.\n"
    )


def test_diff_refuses_a_file_that_is_no_protocol_and_names_it(tmp_path: Path) -> None:
    result = ask("protocol", "diff", tmp_path / "none.toml", "--json")
    assert (result.code, result.error["field"], result.error["expected"]) == (
        2,
        "FILE",
        "a file that is there",
    )
    broken = write(tmp_path, b"drug = ", "broken.toml")
    assert ask("protocol", "diff", broken, "--json").error["field"] == "FILE"


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ((), ("FILE", "nothing")),
        (("a.toml", "b.toml", "c.toml"), ("arguments", "c.toml")),
    ],
)
def test_diff_takes_one_file_or_two(files: tuple[str, ...], error: tuple[str, str]) -> None:
    result = ask("protocol", "diff", *files, "--json")
    assert (result.code, (result.error["field"], result.error["given"])) == (2, error)


def test_show_takes_no_file() -> None:
    assert ask("protocol", "show", "a.toml", "--json").error["given"] == "a.toml"
