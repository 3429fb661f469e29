"""The entry that goes with each act. Until people sign in, the person is `training`."""

from __future__ import annotations

from datetime import datetime

from pharmacy_app.domain.audit import AuditEntry
from pharmacy_app.domain.site import Site

PERSON = "training"
STATION = "desk"


def entry(
    act: str,
    *,
    thing: str,
    at: datetime,
    site: Site,
    facts: tuple[tuple[str, str], ...] = (),
    digest_after: str = "",
) -> AuditEntry:
    """An entry for something that was added, accepted or refused."""
    return AuditEntry(
        act=act,
        thing=thing,
        person=PERSON,
        station=STATION,
        at=at,
        site_zone=site.time_zone,
        facts=facts,
        digest_after=digest_after,
    )
