"""Bad input by the whole command: exit code 2, one sentence that names the field, and nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import Result, ask, leftovers, write
from tests.support.orders import order_document
from tests.support.supplies import supplies_document

ORDER = json.dumps(order_document()).encode()
MB = 1_000_000


def with_number(number: str) -> bytes:
    """The order with this in the place of its cycle."""
    return ORDER.replace(b'"cycle": 1', b'"cycle": ' + number.encode())


def deep(opening: str, closing: str, times: int) -> bytes:
    """The order with this many brackets in the place of its cycle."""
    return with_number(opening * times + closing * times)


HOSTILE = {
    "nothing": (b"", "file"),
    "cut off": (ORDER[:200], "file"),
    "cut off at the end": (ORDER[:-1], "file"),
    "text behind": (ORDER + b"x", "file"),
    "two documents": (ORDER + ORDER, "file"),
    "a list": (b"[" + ORDER + b"]", "file"),
    "UTF-16": (ORDER.decode().encode("utf-16"), "file"),
    "UTF-16 without a mark": (ORDER.decode().encode("utf-16-le"), "file"),
    "UTF-32": (ORDER.decode().encode("utf-32"), "file"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + ORDER, "file"),
    "Latin-1": (ORDER.replace(b"Tremblay", "Tremblé".encode("latin-1")), "file"),
    "zeros": (b"\x00" * 4096, "file"),
    "every byte": (bytes(range(256)) * 16, "file"),
    "XML": (b"<?xml version='1.0'?><order/>", "file"),
    "1 MB and a byte": (ORDER + b" " * (MB + 1 - len(ORDER)), "file"),
    "deep lists": (deep("[", "]", 100_000), "file"),
    "deep objects": (deep('{"a":', "}", 30_000).replace(b":}", b":1}"), "file"),
    "deep enough": (deep("[", "]", 33), "cycle" + "[0]" * 32),
    "a comment": (ORDER.replace(b"{", b"{ // why\n", 1), "file"),
    "NaN": (with_number("NaN"), "cycle"),
    "infinity": (with_number("-Infinity"), "cycle"),
    "an exponent": (with_number("1e0"), "cycle"),
    "a huge exponent": (with_number("1e999999999"), "cycle"),
    "a point": (with_number("1.0"), "cycle"),
    "10,000 digits": (with_number("1" * 10_000), "cycle"),
    "10,000 digits behind a point": (with_number("0." + "1" * 10_000), "cycle"),
    "900,000 digits": (with_number("1" * 900_000), "cycle"),
    "a key twice": (with_number('1, "cycle": 1'), "cycle"),
    "a key twice inside": (ORDER.replace(b'"pregnant"', b'"pregnant": null, "pregnant"'), "patient.pregnant"),
    "a key twice by escape": (with_number('1, "cycl\\u0065": 2'), "cycle"),
    "a control character": (ORDER.replace(b"Okafor", b"Okafor\\u0007"), "prescriber"),
    "an escape sequence": (ORDER.replace(b"Okafor", b"\\u001b[31mOkafor"), "prescriber"),
    "a bare control character": (ORDER.replace(b"Okafor", b"Oka\x07for"), "file"),
    "a reversed text": (ORDER.replace(b"Okafor", b"Oka\\u202efor"), "prescriber"),
    "an invisible character": (ORDER.replace(b"Tremblay", b"Trem\\u200bblay"), "patient.family_name"),
    "half a character": (ORDER.replace(b"Tremblay", b"Trem\\ud800blay"), "patient.family_name"),
    "half a character in a key": (ORDER.replace(b'"cycle"', b'"\\udfff"'), "cycle"),
    "a comma": (ORDER.replace(b"71.5", b"28,125"), "patient.weight_kg"),
    "a number instead of text": (ORDER.replace(b'"71.5"', b"71.5"), "patient.weight_kg"),
    "full-width digits": (ORDER.replace(b"71.5", "\uff17\uff11".encode()), "patient.weight_kg"),
    "a sign": (ORDER.replace(b"71.5", b"+5"), "patient.weight_kg"),
    "a space": (ORDER.replace(b"71.5", b" 5"), "patient.weight_kg"),
    "an exponent in text": (ORDER.replace(b"71.5", b"7e1"), "patient.weight_kg"),
    "no such day": (ORDER.replace(b"1979-03-14", b"1979-02-30"), "patient.date_of_birth"),
    "an hour that is skipped": (ORDER.replace(b"2026-11-23T14:00", b"2027-03-14T02:30"), "start_at"),
    "an hour that comes twice": (ORDER.replace(b"2026-11-23T14:00", b"2026-11-01T01:30"), "start_at"),
    "a path as zone": (ORDER.replace(b"America/Toronto", b"../../etc/passwd"), "time_zone"),
    "40,000 unknown fields": (
        b"{" + b",".join(b'"%d":0' % number for number in range(40_000)) + b"}",
        "order_number",
    ),
    "400,000 elements": (ORDER.replace(b"[24, 48, 72, 96, 168]", b"[" + b"1," * 400_000 + b"1]"),
    "bags.durations_h[0]"),
}  # fmt: skip


def refused(result: Result) -> dict[str, str]:
    """The refusal; the same in text is one line on standard error."""
    assert result.code == 2, result
    return result.error


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_order_is_refused_in_one_sentence_that_names_the_field(tmp_path: Path, name: str) -> None:
    content, field = HOSTILE[name]
    order = write(tmp_path, content)
    error = refused(ask("plan", order, "--json"))
    assert error["field"] == field
    assert len(error["given"]) <= 61
    text = ask("plan", order)
    assert (text.code, text.out, text.err.count("\n")) == (2, "", 1)
    assert text.err == f"{field}: given {error['given']}. Expected {error['expected']}.\n"
    assert all(each.isprintable() for each in text.err[:-1])


@pytest.mark.parametrize("name", ["cut off", "a comma", "a key twice inside", "Latin-1", "deep lists"])
def test_every_command_that_reads_an_order_refuses_it_alike(tmp_path: Path, name: str) -> None:
    content, field = HOSTILE[name]
    order, pdf = write(tmp_path, content), tmp_path / "it.pdf"
    database = f"sqlite:///{tmp_path}/orders.sqlite3"
    errors = [
        refused(ask("plan", order, "--json")),
        refused(ask("worksheet", order, "--bag", "1", "--pdf", pdf, "--json")),
        refused(ask("label", order, "--bag", "1", "--pdf", pdf, "--json")),
        refused(ask("order", "add", order, "--database", database, "--json")),
    ]
    assert [each["field"] for each in errors] == [field] * 4
    assert all(each == errors[0] for each in errors)
    assert not pdf.exists()


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    with path.open("wb") as file:
        file.write(ORDER)
        file.truncate(50 * MB)
    error = refused(ask("plan", path, "--json"))
    assert (error["field"], error["expected"]) == ("file", "a file of at most 1 MB")


@pytest.mark.parametrize("command", ["plan", "check"])
def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path, command: str) -> None:
    (tmp_path / "folder").mkdir()
    for name, expected in (("none.json", "a file that is there"), ("folder", "a file that may be read")):
        error = refused(ask(command, tmp_path / name, "--json"))
        assert (error["field"], error["expected"]) == ("file", expected)


def test_a_name_of_a_file_that_no_terminal_could_show_is_made_harmless(tmp_path: Path) -> None:
    error = refused(ask("plan", "\udce9\x1b[2J.json", "--json"))
    assert error["given"] == "\\udce9\\u001b[2J.json"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rate_ml_per_h": "2,5"}, "rate_ml_per_h"),
        ({"rate_ml_per_h": "28,125"}, "rate_ml_per_h"),
        ({"duration_h": 100}, "duration_h"),
        ({"bag.dehp": "no"}, "bag.dehp"),
        ({"pump.colour": "blue"}, "pump.colour"),
        ({"access.lumens": 0}, "access.lumens"),
    ],
)
def test_hostile_supplies_are_refused_by_the_name_of_the_field(
    tmp_path: Path, changes: dict[str, object], field: str
) -> None:
    path = write(tmp_path, supplies_document(**changes))
    assert refused(ask("check", path, "--json"))["field"] == field


def test_an_order_is_no_supplies_file_and_the_other_way_round(tmp_path: Path) -> None:
    assert refused(ask("check", write(tmp_path, ORDER), "--json"))["expected"] == "no such field"
    assert refused(ask("plan", write(tmp_path, supplies_document()), "--json"))["field"] == "order_number"


@pytest.mark.req("REQ-ORD-014")
@pytest.mark.parametrize(
    ("start_at", "first_words", "choices"),
    [
        (
            "2027-03-14T02:30",
            "a time that exists: the clock skips this one",
            ("2027-03-14T01:59", "2027-03-14T03:00"),
        ),
        (
            "2026-11-01T01:30",
            "a time that comes once: this one comes at UTC-04:00 and again at UTC-05:00",
            ("2026-11-01T00:59", "2026-11-01T02:00"),
        ),
    ],
)
def test_a_clock_time_that_does_not_exist_or_exists_twice_names_the_choices(
    tmp_path: Path, start_at: str, first_words: str, choices: tuple[str, str]
) -> None:
    error = refused(ask("plan", write(tmp_path, order_document(start_at=start_at)), "--json"))
    expected = f"{first_words}; choose {choices[0]} or earlier, or {choices[1]} or later"
    assert error == {"field": "start_at", "given": start_at, "expected": expected}


@pytest.mark.parametrize("place", ["none/it.pdf", "file/it.pdf", ".", "order.json/it.pdf"])
@pytest.mark.parametrize("command", ["worksheet", "label"])
def test_a_place_that_cannot_be_written_is_trouble_and_nothing_is_left(
    tmp_path: Path, command: str, place: str
) -> None:
    (tmp_path / "file").write_bytes(b"former")
    order = write(tmp_path, ORDER)
    result = ask(command, order, "--bag", "1", "--pdf", tmp_path / place, "--json")
    assert result.code == 4
    assert "cannot be written" in result.error["given"]
    assert leftovers(tmp_path) == ["file", "order.json"]
