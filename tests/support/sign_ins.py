"""What tests of signing in ask again and again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.workflow.people import Credentials, sign_in
from pharmacy_app.workflow.station import Station

UNKNOWN = Credentials("somebody", "correct horse")
WRONG = Credentials("achen", "correct horse")


def codes(refused: Callable[[], object]) -> list[str]:
    with pytest.raises(RulesRefused) as refusal:
        refused()
    return [each.code for each in refusal.value.findings]


def fail(station: Station, *, times: int, credentials: Credentials = WRONG) -> None:
    for _ in range(times):
        assert codes(lambda: sign_in(credentials, station)) == ["person.sign-in-refused"]


def entries(engine: Engine, since: int = 0) -> list[dict[str, str]]:
    query = "SELECT act, thing, person, station, facts FROM audit_entry WHERE number > :since ORDER BY number"
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(query), {"since": since})]
