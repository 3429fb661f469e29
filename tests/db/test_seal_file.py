"""The seal's file alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.seal import SealFile, UnreadableSeal
from pharmacy_app.domain.audit import Seal

FORGED = json.dumps({"number": 0, "digest": "a" * 64})  # entry 0 has no content, so no digest but zeros


@pytest.mark.parametrize(
    "words", ["", "{}", "null", '{"number": 1}', '{"number": "1", "digest": "x"}', "\xff", FORGED]
)
def test_what_is_no_seal_is_never_taken_for_one(tmp_path: Path, words: str) -> None:
    path = tmp_path / "seal"
    path.write_bytes(words.encode("latin-1"))
    with pytest.raises(UnreadableSeal):
        SealFile(path).read()


def test_an_older_seal_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    file = SealFile(tmp_path / "seal")
    file.write(Seal(7, "a" * 64))
    file.write(Seal(6, "b" * 64))
    assert file.read() == Seal(7, "a" * 64)
    file.write(Seal(8, "c" * 64))
    assert file.read() == Seal(8, "c" * 64)
    assert [each.name for each in tmp_path.iterdir()] == ["seal"]
