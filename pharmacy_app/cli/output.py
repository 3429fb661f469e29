"""Writing to the two streams of the command line, which may be closed, full or gone."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def say(sentence: str) -> None:
    """Say something beside the answer. Where nobody can hear it, it is lost: the exit code remains."""
    write_line(sys.stderr, sentence)


def write_line(stream: TextIO | None, text: str) -> str | None:
    """Write text and an end of line; None when that worked, else why not. A closed stream is None."""
    if stream is None:
        return "closed"
    try:
        # UTF-8 in every locale; what UTF-8 cannot write (bytes in a file's name) stays readable.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[attr-defined]
        stream.write(text + "\n")
        stream.flush()
    except OSError as error:
        _drop(stream)
        return error.strerror or str(error)
    return None


def _drop(stream: TextIO) -> None:
    """What could not be written stays in the buffer: keep Python from trying, and failing, at its end."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)
