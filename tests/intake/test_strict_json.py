"""A JSON file from a stranger: what is refused before any field is read, and by which sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.strict_json import OddNumber, parse, read_file, shortened

UTF_8_BOM = b"\xef\xbb\xbf"


def refusal(content: bytes) -> InputRefused:
    """The refusal of a file with these bytes."""
    with pytest.raises(InputRefused) as caught:
        parse(content, name="order.json")
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "expected.json"),
        (b"   ", "expected.json"),
        (b"{", "expected.json"),
        (b'{"a": 1', "expected.json"),
        (b'{"a": 1}}', "expected.json"),
        (b'{"a": 1} {"b": 2}', "expected.json"),
        (b'{"a": 1,}', "expected.json"),
        (b"{a: 1}", "expected.json"),
        (b"{'a': 1}", "expected.json"),
        (b'{"a": 01}', "expected.json"),
        (b'{"a": +5}', "expected.json"),
        (b'{"a": .5}', "expected.json"),
        (b'{"a": 0x10}', "expected.json"),
        (b'{"a": "\\x41"}', "expected.json"),
        (b'{"a": "line\nend"}', "expected.json"),
        (b'{"a": "nul\x00"}', "expected.json"),
        (b'{"a": 1} // why', "expected.json"),
        (b"\x00" * 100, "expected.json"),
        (UTF_8_BOM + b'{"a": 1}', "expected.json"),
        ('{"a": 1}'.encode("utf-16"), "expected.utf-8"),
        ('{"a": "é"}'.encode("latin-1"), "expected.utf-8"),
        (b'{"a": "\xed\xa0\x80"}', "expected.utf-8"),
        (b'{"a": "\xc0\xaf"}', "expected.utf-8"),
        (b'{"a": "\xf4\x90\x80\x80"}', "expected.utf-8"),
        (b"[1, 2]", "expected.object"),
        (b'"text"', "expected.object"),
        (b"12", "expected.object"),
        (b"null", "expected.object"),
        (b"NaN", "expected.object"),
        (b"-Infinity", "expected.object"),
        (b"[" * 100_000, "expected.nesting"),
        (b'{"a":' * 100_000, "expected.nesting"),
        (b"[" * 900 + b"]" * 900, "expected.nesting"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "expected.nesting"),
    ],
)
def test_what_is_no_json_object_is_refused(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_utf_16_without_a_mark_is_refused() -> None:
    assert refusal('{"a": 1}'.encode("utf-16-le")).code == "expected.json"


def test_the_place_is_named_where_json_goes_wrong() -> None:
    assert refusal(b'{\n  "a": 1,\n  "b" 2\n}').values == {"line": "3", "column": "7"}


def test_the_first_byte_that_is_not_utf_8_is_named() -> None:
    assert refusal(b'{"a": "\xe9"}').values == {"byte": "8"}


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b'{"a": 1, "a": 1}', "a"),
        (b'{"a": 1, "\\u0061": 2}', "a"),
        (b'{"patient": {"b": null, "c": 1, "b": null}}', "patient.b"),
        (b'{"l": [{"x": 1}, {"x": 1, "x": 2}]}', "l[1].x"),
        (b'{"": 1, "": 2}', '""'),
    ],
)
def test_a_key_that_stands_twice_is_refused_at_every_depth(content: bytes, field: str) -> None:
    caught = refusal(content)
    assert (caught.field, caught.given, caught.code) == (field, "twice", "expected.once")


@pytest.mark.parametrize(
    "number",
    [
        "1.0",
        "1e3",
        "1E-2",
        "-0.0",
        "NaN",
        "Infinity",
        "-Infinity",
        "1" * 10,
        "9" * 10_000,
        "0." + "1" * 10_000,
    ],
)
def test_a_number_that_no_field_takes_stays_as_it_was_written(number: str) -> None:
    assert parse(f'{{"a": {number}}}'.encode(), name="x") == {"a": OddNumber(number)}


def test_plain_values_are_read_as_they_are() -> None:
    content = '{"a": [1, -2, true, null, "é\\ud83d\\ude00"], "b": {"c": 123456789}}'.encode()
    assert parse(content, name="x") == {"a": [1, -2, True, None, "é😀"], "b": {"c": 123456789}}


def test_a_file_of_exactly_1_mb_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    path.write_bytes(b'{"a": 1}' + b" " * (1_000_000 - 8))
    assert read_file(path) == {"a": 1}
    path.write_bytes(b'{"a": 1}' + b" " * (1_000_000 - 7))
    with pytest.raises(InputRefused) as caught:
        read_file(path)
    assert caught.value.code == "expected.file-size"


def test_what_is_no_ordinary_file_is_not_read() -> None:
    with pytest.raises(InputRefused) as caught:
        read_file(Path("/dev/zero"))
    assert caught.value.code == "expected.file-readable"


def test_a_file_that_is_not_there_or_not_readable_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    codes = {}
    for name in ("none.json", "none/none.json", "loop", "dangling", "", "x" * 300, "a\x00b"):
        with pytest.raises(InputRefused) as caught:
            read_file(tmp_path / name)
        codes[name] = caught.value.code
    assert codes == {
        "none.json": "expected.file-there",
        "none/none.json": "expected.file-there",
        "loop": "expected.file-readable",
        "dangling": "expected.file-there",
        "": "expected.file-readable",
        "x" * 300: "expected.file-readable",
        "a\x00b": "expected.file-readable",
    }


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain", "plain"),
        ("a" * 61, "a" * 60 + "…"),
        ("\x1b[31m", "\\u001b[31m"),
        ("\u202etxt", "\\u202etxt"),
        ("\ud800", "\\ud800"),
        ("a\nb", "a\\u000ab"),
        (None, "null"),
        (True, "true"),
        (12, "12"),
        ([1], "a list"),
        ({"a": 1}, "an object"),
        (OddNumber("1e9"), "1e9"),
        (OddNumber("1" * 100), "1" * 60 + "…"),
    ],
)
def test_what_was_given_is_shown_short_and_harmless(given: object, shown: str) -> None:
    assert shortened(given) == shown
