"""Asks a print server what has become of a job: the one question that its commands do not answer.

`lpstat` shows a job that the printer cancelled like one that was printed. The Internet Printing Protocol
(RFC 8010, RFC 8011) tells them apart: an operation of a few attributes, sent over HTTP.
"""

from __future__ import annotations

import http.client
import re
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_VERSION, _GET_JOB_ATTRIBUTES, _REQUEST = (2, 0), 0x0009, 1
_OPERATION_GROUP, _END = 0x01, 0x03
_INTEGER, _ENUM, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x21, 0x23, 0x44, 0x45, 0x47, 0x48
_FIRST_VALUE_TAG = 0x10
_USUAL_PORT = 631
_MOST_BYTES = 65536


class JobState(Enum):
    """The states of a job, RFC 8011, 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    PROCESSING_STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class JobAnswer:
    """A job's state, and the printer's last words about it."""

    state: JobState
    message: str


class NoAnswer(ValueError):
    """The server did not answer, or not with a job's state."""


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def ask_job(server: str, job_number: int, *, timeout_s: float) -> JobAnswer:
    """What has become of a job; `server` as `lpstat -H` names it: a path, or a host with its port.

    Raises:
        NoAnswer: nothing that can be understood came back in time.
    """
    connection = _connection(server, timeout_s)
    try:
        body = _question(job_number)
        connection.request("POST", "/jobs/", body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse().read(_MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(str(error)) from error
    finally:
        connection.close()
    return _read(answer)


def _connection(server: str, timeout_s: float) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _LocalConnection(server, timeout_s)
    named = re.fullmatch(r"(?P<host>.+?)(?::(?P<port>[0-9]{1,5}))?", server)
    if named is None:
        raise NoAnswer("no server is named")
    port = int(named["port"] or _USUAL_PORT)
    return http.client.HTTPConnection(named["host"].strip("[]"), port, timeout=timeout_s)


def _question(job_number: int) -> bytes:
    attributes = (
        (_CHARSET, "attributes-charset", b"utf-8"),
        (_LANGUAGE, "attributes-natural-language", b"en"),
        (_URI, "printer-uri", b"ipp://localhost/"),
        (_INTEGER, "job-id", struct.pack(">i", job_number)),
        (_KEYWORD, "requested-attributes", b"job-state"),
        (_KEYWORD, "", b"job-printer-state-message"),
    )
    written = b"".join(_attribute(tag, name.encode(), value) for tag, name, value in attributes)
    head = struct.pack(">BBHIB", *_VERSION, _GET_JOB_ATTRIBUTES, _REQUEST, _OPERATION_GROUP)
    return head + written + bytes([_END])


def _attribute(tag: int, name: bytes, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def _read(answer: bytes) -> JobAnswer:
    try:
        values = dict(_values(answer))
        state = JobState(int.from_bytes(values["job-state"], "big"))
    except (KeyError, ValueError, struct.error, IndexError) as error:
        raise NoAnswer(f"no job's state: {error!r}") from error
    message = values.get("job-printer-state-message", b"").decode("utf-8", "replace")
    return JobAnswer(state, message)


def _values(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and first value of every attribute."""
    position = 8
    while answer[position] != _END:
        tag = answer[position]
        position += 1
        if tag < _FIRST_VALUE_TAG:  # a group begins
            continue
        name, position = _sized(answer, position)
        value, position = _sized(answer, position)
        if name:
            yield name.decode("ascii"), value


def _sized(answer: bytes, position: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", answer, position)
    start = position + 2
    end = start + length
    if end > len(answer):
        raise IndexError(end)
    return answer[start:end], end
