"""The entry that goes with each act, and the one way to keep a fact together with its entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from pharmacy_app.domain.audit import AuditEntry
from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.fact import FactType, fact_digest
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.unit_of_work import Facts, UnitOfWork

Told = Iterable[tuple[str, str]]


def entry(
    act: str,
    *,
    actor: Actor,
    thing: str,
    at: datetime,
    site: Site,
    facts: Told = (),
    digest_before: str = "",
    digest_after: str = "",
) -> AuditEntry:
    """An entry for something that was added, accepted or refused."""
    return AuditEntry(
        act=act,
        thing=thing,
        person=actor.person,
        station=actor.station,
        at=at,
        site_zone=site.time_zone,
        facts=tuple(facts),
        digest_before=digest_before,
        digest_after=digest_after,
    )


def keep(
    work: UnitOfWork,
    facts: Facts[FactType],
    fact: FactType,
    *,
    act: str,
    thing: str,
    actor: Actor,
    at: datetime,
    site: Site,
    told: Told = (),
) -> None:
    """Keep a fact with its entry, which tells of the fact before it with the same key, if there is one."""
    before = facts.latest(fact.key)
    facts.add(fact, at=at)
    work.audit.add(
        entry(
            act,
            actor=actor,
            thing=thing,
            at=at,
            site=site,
            facts=told,
            digest_before="" if before is None else fact_digest(before),
            digest_after=fact_digest(fact),
        )
    )


def refuse(
    work: UnitOfWork,
    refusal: PharmacyError,
    *,
    act: str,
    thing: str,
    actor: Actor,
    at: datetime,
    site: Site,
    told: Told = (),
) -> NoReturn:
    """Record that a command was refused and why, then refuse it. Nothing was added before in `work`."""
    facts = (*told, ("findings", codes_of(refusal)))
    work.audit.add(entry(act, actor=actor, thing=thing, at=at, site=site, facts=facts))
    work.commit()
    raise refusal


def codes_of(refusal: PharmacyError) -> str:
    """Why something was refused, as the record says it: codes alone, nothing that was typed."""
    if isinstance(refusal, RulesRefused):
        stand = [each for each in refusal.findings if each.severity is not Severity.NOTE]
        return ", ".join(dict.fromkeys(each.code for each in stand))
    return refusal.code
