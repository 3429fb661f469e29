"""Files given out: whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pharmacy_app.domain.errors import StationTrouble


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the name, force it to the disk, and move it into place: never half a file.

    A link is followed. What is no ordinary file (a directory, a device) is never replaced.

    Raises:
        StationTrouble: the place cannot be written or the disk is full; a former file is left as it was.
    """
    try:
        place = Path(os.path.realpath(path))
        _refuse_what_is_no_file(place)
        _write_beside(place, content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StationTrouble("trouble.write", {"path": _printable(path), "reason": reason}) from None


def _refuse_what_is_no_file(place: Path) -> None:
    if place.is_dir():
        raise IsADirectoryError(None, "it is a directory")
    if place.exists() and not place.is_file():
        raise OSError(None, "it is not an ordinary file")


def _write_beside(place: Path, content: bytes) -> None:
    temporary = place.with_name(f".{place.name[:40]}.{secrets.token_hex(8)}")
    try:
        # Who may read it is the user's umask: patients stand in it.
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(place)
    finally:
        with suppress(OSError):  # moved away, or on a disk that has gone
            temporary.unlink()


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()
