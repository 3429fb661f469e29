"""Where the details of a bug go: a log file of the user, under a reference that people can read out."""

from __future__ import annotations

import logging
import secrets
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
LARGEST_LOG_BYTES = 1_000_000


class _Log(RotatingFileHandler):
    """Says when it cannot write, instead of printing a traceback."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Called while the error is being handled."""
        del record
        raise  # noqa: PLE0704


def report_bug(error: ExcInfo) -> str:
    """Write the details to the log; the reference under which they stand, such as `7F3A-22`."""
    reference = f"{secrets.token_hex(2)}-{secrets.token_hex(1)}".upper()
    details = "".join(traceback.format_exception(*error))
    try:
        _append(f"{reference}\n{details}")
    except OSError:
        return f"{reference} (the log cannot be written)"
    return reference


def _append(text: str) -> None:
    from platformdirs import user_log_path

    folder = Path(user_log_path("pharmacy-app", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    handler = _Log(folder / "bugs.log", maxBytes=LARGEST_LOG_BYTES, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    try:
        handler.emit(logging.LogRecord("pharmacy_app", logging.ERROR, "", 0, text, None, None))
    finally:
        handler.close()
