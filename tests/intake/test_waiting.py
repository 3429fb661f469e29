"""No file makes the program wait, and no zone means that nobody has set one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.protocol_file import read_protocol
from pharmacy_app.intake.strict_json import read_file
from pharmacy_app.intake.zones import is_zone


@pytest.mark.parametrize("read", [read_file, read_protocol])
def test_a_pipe_into_which_nobody_writes_is_refused_at_once(read: object, tmp_path: Path) -> None:
    pipe = tmp_path / "order.json"
    os.mkfifo(pipe)

    with pytest.raises(InputRefused) as refusal:
        read(pipe)  # type: ignore[operator]

    assert refusal.value.code == "expected.file-readable"


@pytest.mark.req("REQ-ORD-001")
def test_factory_is_listed_by_the_zone_rules_but_is_no_place() -> None:
    assert is_zone("America/Toronto")
    assert not is_zone("Factory")
