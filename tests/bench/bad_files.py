"""Files that a hospital should never send, and an attacker might."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.bench.setting import EXAMPLE

LARGE = 50_000_000
JUST_TAKEN = 999_000  # a file may have 1 MB


@dataclass(frozen=True, slots=True)
class BadFile:
    """What it is, how it is made, the command it is given to (FILE: its path), the right exit code.

    2: it is not what it should be; 3: it can be read, and a rule refuses it.
    """

    what: str
    make: Callable[[], bytes]
    command: tuple[str, ...] = ("plan", "FILE", "--json")
    exit_code: int = 2


def bad_files() -> Iterator[BadFile]:
    """Every file, each made when it is needed."""
    yield from _sizes()
    yield from _depths()
    yield from _numbers()
    yield from _keys()
    yield from _texts()
    yield from _other_commands()


def _with(old: str, new: str) -> bytes:
    """The example order with a part of its text replaced."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    return text.replace(old, new).encode("utf-8", "surrogatepass")


def _weight(written: str) -> bytes:
    return _with('"weight_kg": "71.5"', f'"weight_kg": {written}')


def _sizes() -> Iterator[BadFile]:
    yield BadFile("nothing at all", lambda: b"")
    yield BadFile("50 MB: an order and blanks", lambda: EXAMPLE.read_bytes() + b" " * LARGE)
    yield BadFile("50 MB of opening brackets", lambda: b"[" * LARGE)
    yield BadFile("50 MB: one text", lambda: b'{"order_number": "' + b"x" * LARGE + b'"}')
    yield BadFile("50 MB of zeros", lambda: bytes(LARGE))
    yield BadFile("cut off in the middle", lambda: EXAMPLE.read_bytes()[:400])


def _depths() -> Iterator[BadFile]:
    yield BadFile("1 MB of opening brackets", lambda: b"[" * JUST_TAKEN)
    half = JUST_TAKEN // 2
    yield BadFile("500,000 lists in each other", lambda: b"[" * half + b"]" * half)
    objects = JUST_TAKEN // 6
    yield BadFile("166,000 objects in each other", lambda: b'{"a":' * objects + b"0" + b"}" * objects)
    yield BadFile("900 lists as weight", lambda: _weight("[" * 900 + "]" * 900))


def _numbers() -> Iterator[BadFile]:
    yield BadFile("a weight of 10,000 digits, as number", lambda: _weight("7" * 10_000))
    yield BadFile("a weight of 10,000 digits, as text", lambda: _weight(f'"{"7" * 10_000}"'))
    yield BadFile("a weight of 900,000 digits", lambda: _weight("7" * 900_000))
    yield BadFile("a cycle of 10,000 digits", lambda: _with('"cycle": 1', f'"cycle": {"1" * 10_000}'))
    for written in ("NaN", "-Infinity", "1e999999999", '"1e9"', '"NaN"', '"71,5"'):
        yield BadFile(f"a weight of {written}", partial(_weight, written))
    yield BadFile("a weight in Arabic digits", lambda: _weight('"\\u0667\\u0661"'))


def _keys() -> Iterator[BadFile]:
    yield BadFile("a key twice", lambda: _with('"cycle": 1', '"cycle": 1, "cycle": 2'))
    yield BadFile("a key 90,000 times", lambda: _with('"cycle": 1', ",".join(['"cycle":1'] * 90_000)))
    many = ",".join(f'"k{number}":0' for number in range(83_000))
    yield BadFile("83,000 unknown keys", lambda: _with('"cycle": 1', f'"cycle": 1, {many}'))
    long = f'"{"k" * 900_000}": 0'
    yield BadFile("an unknown key of 900,000 letters", lambda: _with('"cycle": 1', f'"cycle": 1, {long}'))


def _texts() -> Iterator[BadFile]:
    prescriber = '"Dr. L. Okafor"'
    yield BadFile("a control character", lambda: _with(prescriber, '"Dr.\\u0007"'))
    yield BadFile("a lone surrogate, escaped", lambda: _with(prescriber, '"Dr. \\ud800"'))
    yield BadFile("a lone surrogate, as bytes", lambda: _with(prescriber, '"Dr. \ud800"'))
    yield BadFile("a name of 900,000 letters", lambda: _with(prescriber, json.dumps("x" * 900_000)))
    yield BadFile("UTF-16", lambda: EXAMPLE.read_text(encoding="utf-8").encode("utf-16"))
    yield BadFile("a byte order mark first", lambda: b"\xef\xbb\xbf" + EXAMPLE.read_bytes())
    yield BadFile("240,000 bag durations", lambda: _with("[24, 48, 72, 96, 168]", json.dumps([24] * 240_000)))
    zone = '"../../../etc/passwd"'
    yield BadFile("a path as time zone", lambda: _with('"America/Toronto"', zone))
    sequence = f'"sequence_h": {json.dumps([24] * 240_000)}'
    yield BadFile("a sequence of 240,000 bags", lambda: _with('"sequence_h": null', sequence), exit_code=3)


def _other_commands() -> Iterator[BadFile]:
    check = ("check", "FILE", "--json")
    yield BadFile("`check`: 50 MB of zeros", lambda: bytes(LARGE), check)
    yield BadFile("`check`: 1 MB of opening brackets", lambda: b"[" * JUST_TAKEN, check)
    protocol = ("plan", str(EXAMPLE), "--protocol", "FILE", "--json")
    yield BadFile("--protocol: 50 MB of zeros", lambda: bytes(LARGE), protocol)
    yield BadFile("--protocol: 50 MB of TOML", lambda: b"# a protocol\n" * (LARGE // 13), protocol)
    yield BadFile("--protocol: 90,000 opening brackets", lambda: b"a = " + b"[" * 90_000, protocol)
    yield BadFile("--protocol: a key of 40,000 parts", lambda: b"a." * 40_000 + b"a = 1", protocol)
    keys = "\n".join(f"k{number}.{'a.' * 98}b = 1" for number in range(480))
    yield BadFile("--protocol: 480 keys of 100 parts", lambda: keys.encode("ascii"), protocol)
    yield BadFile("--protocol: a number of 10,000 digits", lambda: b"revision = " + b"7" * 10_000, protocol)
    yield BadFile("--protocol: 10,000 hexadecimal digits", lambda: b"revision = 0x" + b"7" * 10_000, protocol)
