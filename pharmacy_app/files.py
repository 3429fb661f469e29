"""Files given out: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pharmacy_app.domain.errors import StationTrouble


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the name, force it to the disk, and move it into place: never half a file.

    Raises:
        StationTrouble: the place cannot be written or the disk is full; a former file is left as it was.
    """
    temporary: Path | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a directory")
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except (OSError, ValueError) as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise StationTrouble("trouble.write", {"path": _printable(path), "reason": reason}) from None


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()
