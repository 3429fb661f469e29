"""A JSON file from a stranger: small, well-formed, each key once, nothing but plain values.

Numbers with a fraction or an exponent stay texts of their own kind, so that none passes for a whole
number or a decimal string.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.domain.errors import InputRefused

LARGEST_FILE_BYTES = 1_000_000
NEVER_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe without a writer would be waited for
DEEPEST_NESTING = 32
LONGEST_WHOLE_NUMBER = 9
LONGEST_GIVEN = 60
EMPTY_NAME = '""'


@dataclass(frozen=True, slots=True)
class OddNumber:
    """A number that no field of ours takes: with a fraction, an exponent, too many digits, NaN, infinity."""

    text: str


class _Pairs(list[tuple[str, object]]):
    """The members of an object as they stand in the file, before duplicates are looked for."""


def shortened(value: object) -> str:
    """What was given, short enough for one sentence and free of characters that a terminal would obey."""
    text = _text_of(value)[: LONGEST_GIVEN + 1]
    if not text.isprintable():
        text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return text if len(text) <= LONGEST_GIVEN else f"{text[:LONGEST_GIVEN]}…"


def member_path(path: str, name: str) -> str:
    """The dotted path of a member; a name without letters is shown as quotation marks."""
    return f"{path}.{name or EMPTY_NAME}" if path else name or EMPTY_NAME


def _text_of(value: object) -> str:
    match value:
        case str():
            return value
        case OddNumber(text=text):
            return text
        case dict():
            return "an object"
        case list():
            return "a list"
        case None | True | False:
            return json.dumps(value)
        case int() if value.bit_length() > LONGEST_GIVEN:  # thousands of digits cannot be written out
            return "a very large number"
        case _:
            return str(value)


def read_file(path: Path) -> dict[str, object]:
    """The object in a JSON file.

    Raises:
        InputRefused: the file is not there, may not be read, is too large, is not UTF-8, is not JSON,
            is nested too deeply, names a key twice, or holds something else than one object.
    """
    content = bytes_of(path, field="file")
    if len(content) > LARGEST_FILE_BYTES:
        raise InputRefused("file", shortened(str(path)), "expected.file-size")
    return parse(content, name=path.name)


def bytes_of(path: Path, *, field: str, largest: int = LARGEST_FILE_BYTES) -> bytes:
    """The first bytes of an ordinary file: one more than the largest number, so that too large can be told.

    Nobody is waited for. Raises InputRefused: the file is not there, may not be read, is no ordinary file.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | NEVER_WAIT), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError("not an ordinary file")
            return file.read(largest + 1)
    except (OSError, ValueError) as error:
        code = "expected.file-there" if isinstance(error, FileNotFoundError) else "expected.file-readable"
        raise InputRefused(field, shortened(str(path)), code) from None


def parse(content: bytes, *, name: str) -> dict[str, object]:
    """The object in the bytes of a file called `name`. Raises as `read_file` does."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        values = {"byte": str(error.start + 1)}
        raise InputRefused("file", shortened(name), "expected.utf-8", values) from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_int=_whole_number,
            parse_float=OddNumber,
            parse_constant=OddNumber,
        )
    except json.JSONDecodeError as error:
        values = {"line": str(error.lineno), "column": str(error.colno)}
        raise InputRefused("file", shortened(name), "expected.json", values) from None
    except RecursionError:
        raise InputRefused("file", shortened(name), "expected.nesting") from None
    plain = _plain(value, path="", depth=0)
    if not isinstance(plain, dict):
        raise InputRefused("file", shortened(name), "expected.object")
    return plain


def _whole_number(text: str) -> int | OddNumber:
    return int(text) if len(text) <= LONGEST_WHOLE_NUMBER else OddNumber(text)


def _plain(value: object, *, path: str, depth: int) -> object:
    if depth > DEEPEST_NESTING:
        raise InputRefused(path or "file", "…", "expected.nesting")
    if isinstance(value, _Pairs):
        return dict(_members(value, path=path, depth=depth))
    if isinstance(value, list):
        return [_plain(each, path=f"{path}[{index}]", depth=depth + 1) for index, each in enumerate(value)]
    return value


def _members(pairs: _Pairs, *, path: str, depth: int) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    for key, value in pairs:
        member = member_path(path, key)
        if key in seen:
            raise InputRefused(shortened(member), "twice", "expected.once")
        seen.add(key)
        yield key, _plain(value, path=shortened(member), depth=depth + 1)
