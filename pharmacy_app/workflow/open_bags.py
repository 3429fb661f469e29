"""Open bags when another revision of the protocol comes (REQ-PRO-005).

A bag whose figures are the same goes on after one pharmacist's signature; one whose figures differ is listed
with what replaces it; a hung bag is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.canonical import digest_of
from pharmacy_app.domain.commissioning import (
    INSTALLATION,
    FigureValue,
    GroupSigned,
    commissioned,
    commissioned_digest,
    values_of,
)
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.plan import PlannedBag
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.revision import BagDifference, compare_for_bag
from pharmacy_app.domain.verification import check_protocol_of
from pharmacy_app.workflow.bag_on_file import read_bag, require_bag
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.record import keep, refuse
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork

_RULE = "REQ-PRO-005"


@dataclass(frozen=True, slots=True)
class OpenBag:
    """A bag for patients that was made after another revision. `differences` None: its figures are not known.

    `released_again`: a pharmacist has signed that it goes on under the revision that is compared.
    """

    bag: Bag
    differences: tuple[BagDifference, ...] | None
    released_again: bool

    @property
    def serial(self) -> str:
        """Its ten digits."""
        return self.bag.serial

    @property
    def hangs(self) -> bool:
        """Whether it hangs at a patient: no revision stops it."""
        return self.bag.state is BagState.HUNG

    @property
    def goes_on(self) -> bool:
        """Whether one signature is enough."""
        return self.differences == ()

    @property
    def must_be_listed(self) -> bool:
        """Whether it cannot be used any more once the revision is in force."""
        return not self.hangs and not self.goes_on


def open_bags(work: UnitOfWork, file: Protocol) -> tuple[OpenBag, ...]:
    """Every bag for patients that has not ended and was made after another revision than this file's."""
    digest = commissioned_digest(file.digest)
    bags = (read_bag(work, serial) for serial in work.bag_events.not_ended())
    earlier = _earlier_figures(work)
    return tuple(
        OpenBag(bag, _compare(bag, earlier, file), _is_released_again(work, bag, digest))
        for bag in bags
        if bag.started.commissioned and bag.started.protocol_digest != digest
    )


def check_listed(bags: Iterable[OpenBag], listed: Iterable[str]) -> tuple[Finding, ...]:
    """A stop for each bag that cannot be used any more and was not on the list that people saw."""
    seen = set(listed)
    return tuple(_differs(each) for each in bags if each.must_be_listed and each.serial not in seen)


def check_protocol_under(work: UnitOfWork, bag: Bag, protocol: Protocol) -> tuple[Finding, ...]:
    """`check_protocol_of`, but a hung bag is left alone, and one that was released again goes on."""
    if bag.state is BagState.HUNG or _is_released_again(work, bag, protocol.digest):
        return ()
    return check_protocol_of(bag, protocol)


def replacement(bag: Bag, rules: Rulebook, work: UnitOfWork, *, now: datetime) -> PlannedBag | None:
    """The bag as the order's plan has it under the new revision; None: there is no such plan."""
    stored = work.orders.with_number(bag.started.order_number)
    plan = work.plans.latest(bag.started.order_number)
    if stored is None or plan is None:
        return None
    order = replace(stored.order, bags=replace(stored.order.bags, sequence_h=plan.content.sequence_h))
    new = make_plan(order, replace(rules, protocol=commissioned(rules.as_filed)), now=now)
    return next((each for each in new.bags if each.number == bag.started.bag_number), None)


def keep_release_again(serial: str, station: Station, actor: Actor) -> None:
    """Keep the signature under a bag with the same figures; `actor` has just typed the secret."""
    rules, now = station.rulebook(), station.now()
    thing, act = f"bag {serial}", "bag-not-released-again"
    with station.open_unit_of_work() as work:
        require_bag(work, serial, act=act, actor=actor, at=now, site=rules.site)
        bag = read_bag(work, serial)
        found = _not_to_release(work, bag, rules)
        if found:
            refuse(work, RulesRefused(found), act=act, thing=thing, actor=actor, at=now, site=rules.site)
        values = values_of({name: figure.value for name, figure in rules.protocol.figures.items()})
        digest = digest_of({"bag": bag.signed_digest, "protocol": rules.protocol.digest})
        signed = GroupSigned(rules.protocol.digest, _group(serial), actor.person, now, values, digest)
        told = (("made after", bag.started.protocol_digest), ("goes on after", rules.protocol.digest))
        keep(
            work,
            work.signatures,
            signed,
            act="bag-released-under-revision",
            thing=thing,
            actor=actor,
            at=now,
            site=rules.site,
            told=told,
        )
        work.commit()


def _not_to_release(work: UnitOfWork, bag: Bag, rules: Rulebook) -> tuple[Finding, ...]:
    waiting = [each for each in open_bags(work, rules.as_filed) if each.serial == bag.serial]
    if not rules.protocol.commissioned or not waiting or waiting[0].hangs:
        return (_stop("commissioning.bag-does-not-wait", serial=bag.serial),)
    return () if waiting[0].goes_on else (_differs(waiting[0]),)


def _differs(each: OpenBag) -> Finding:
    if each.differences is None:
        return _stop("commissioning.bag-not-known", serial=each.serial)
    figures = ", ".join(difference.name for difference in each.differences)
    return _stop("commissioning.bag-differs", serial=each.serial, figures=figures)


def _stop(code: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, _RULE, Mark.DERIVED, **values)


def _earlier_figures(work: UnitOfWork) -> dict[str, tuple[FigureValue, ...]]:
    """What each protocol said under which this installation was opened, by its commissioned digest."""
    opened = work.installations.history(INSTALLATION)
    return {commissioned_digest(each.protocol_digest): each.figures for each in opened}


def _compare(
    bag: Bag, earlier: dict[str, tuple[FigureValue, ...]], file: Protocol
) -> tuple[BagDifference, ...] | None:
    old = earlier.get(bag.started.protocol_digest)
    if old is None:
        return None
    return compare_for_bag(old, file, duration_h=bag.started.duration_h, dose=bag.started.dose)


def _is_released_again(work: UnitOfWork, bag: Bag, digest: str) -> bool:
    keys = (digest, _group(bag.serial))
    return any((each.protocol_digest, each.group) == keys for each in work.signatures.all())


def _group(serial: str) -> str:
    """Under which name a signature for a bag is kept."""
    return f"bag {serial}"
