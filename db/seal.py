"""The seal: the newest entry's number and digest in a small file outside the database.

A chain cannot see that its end was cut off; the seal can. It is written after the commit, in one step, so it
may lag behind the record and never leads it. An empty record is sealed at entry 0, so a record with entries
and without a seal has lost it. It is no signature: who may write both can forge both.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from pharmacy_app.domain.audit import NOTHING_BEFORE, Seal
from pharmacy_app.domain.canonical import DIGEST_LENGTH, canonical_json


class UnreadableSeal(Exception):
    """A file stands where the seal should be, and is none."""


@dataclass(frozen=True, slots=True)
class SealFile:
    """The seal's place."""

    path: Path

    def read(self) -> Seal | None:
        """The seal; None where none has been written yet.

        Raises:
            UnreadableSeal: what stands there is no seal, or cannot be read.
        """
        try:
            document = json.loads(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise UnreadableSeal(str(self.path)) from error
        match document:
            case {"number": int() as number, "digest": str() as digest} if _can_be_one(number, digest):
                return Seal(number, digest)
            case _:
                raise UnreadableSeal(str(self.path))

    def write(self, seal: Seal) -> None:
        """Puts the seal in place of the former one, whole or not at all; one that is further on stays.

        Raises:
            OSError: it could not be written; the former one is still there.
        """
        with contextlib.suppress(UnreadableSeal):
            present = self.read()
            if present is not None and present.number >= seal.number:
                return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f"{self.path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(canonical_json(asdict(seal)) + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _settle(self.path.parent)


def _can_be_one(number: int, digest: str) -> bool:
    return number >= 0 and len(digest) == DIGEST_LENGTH and (number == 0) == (digest == NOTHING_BEFORE)


def _settle(folder: Path) -> None:
    """Makes the renaming last through a power loss, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
