"""The independent check: own figures first, then everything side by side, then release or rejection.

Nothing that the technician measured is shown to a verifier who has not typed own figures (REQ-VER-003).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pharmacy_app.domain.bag import BagMove, BagState, check_move
from pharmacy_app.domain.bag_event import Measured, OwnFigures, ProductScanned, Rejected, Released
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.cold_storage import KIT
from pharmacy_app.domain.commissioning import check_commissioned
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, stops_first
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.preparation_scan import check_fit_still
from pharmacy_app.domain.product import Product, lot_key
from pharmacy_app.domain.protocol import Recipe
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.domain.verification import (
    ReleaseCheck,
    check_kept_cold,
    check_lots,
    check_own_figures,
    check_release,
    check_verifier,
    check_weight,
    waste_of,
)
from pharmacy_app.workflow.bag_on_file import keep_happening, read_bag_on_file, require_bag, thing_of
from pharmacy_app.workflow.bench_turn import Turn, progress
from pharmacy_app.workflow.cold_storage_on_file import stays_of
from pharmacy_app.workflow.course_on_file import check_answered, check_course_of
from pharmacy_app.workflow.open_bags import check_protocol_under
from pharmacy_app.workflow.people import confirm_secret
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.record import refuse
from pharmacy_app.workflow.rules_in_force import fresh
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Check:
    """What a verifier sees. Until own figures are typed `measured` and `units` are empty and `check` is None.

    `own` are the verifier's newest own figures. `people` are display names by account name. `accepted_by` is
    empty where the order is not accepted.
    """

    bag: Bag
    order: Order
    planned: BagRecord | None
    bags: int
    recipe: Recipe
    own: OwnFigures | None
    measured: tuple[Measured, ...]
    units: tuple[ProductScanned, ...]
    products: dict[str, Product]
    check: ReleaseCheck | None
    findings: tuple[Finding, ...]
    people: dict[str, str]
    accepted_by: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The commands of a verifying pharmacist. `words` gives the sentence that is signed."""

    station: Station
    words: Phrases

    def waiting(self) -> tuple[Bag, ...]:
        """Every bag that waits to be verified, the earliest finished first."""
        with self.station.open_unit_of_work(reading=True) as work:
            bags = [read_bag_on_file(work, serial).bag for serial in work.bag_events.not_ended()]
        prepared = [bag for bag in bags if bag.state is BagState.PREPARED]
        return tuple(sorted(prepared, key=lambda bag: bag.events[-1].at))

    def open(self, serial: str) -> Check:
        """The bag as this verifier may see it now.

        Raises:
            RulesRefused: no pharmacist is signed in, the verifier had a hand in the preparation, or the bag
                is not waiting to be verified.
            InputRefused: there is no such bag.
        """
        with self._turn(serial) as now:
            return _check(now)

    def type_figures(self, serial: str, *, drug: Volume, total: Volume) -> Check:
        """The verifier's own figures; each try is kept. What differs stands among the findings."""
        with self._turn(serial) as now:
            kept = now.keep(OwnFigures(drug, total), told=(("drug", drug.text), ("total", total.text)))
            kept.work.commit()
            return _check(kept)

    def release(self, serial: str, *, secret: str) -> Bag:
        """Sign with the secret and release: who, when, meaning, and the digest of what was signed.

        Raises:
            RulesRefused: the secret is wrong, or a rule stops the release; recorded.
        """
        confirm_secret(secret, self.station)
        with self._turn(serial) as now:
            check = _release_check(now)
            now.stop_on(check.findings, act="release-refused")
            if check.times is None or check.dose is None:
                raise AssertionError("a release without times or dose passed its checks")
            told = (("signed", now.bag.signed_digest),)
            released = Released(
                meaning=self._meaning(now),
                signed_digest=now.bag.signed_digest,
                dose_deviation_percent=check.dose.deviation_percent,
                prepared_at=now.bag.mixed_at or now.now,
                start_by=check.times.start_by,
                expires=check.times.expires,
                reasons=(),
            )
            kept = now.keep(released, told=told)
            kept.work.commit()
        return kept.bag

    def reject(self, serial: str, reason: str) -> Bag:
        """Quarantine the bag for good; its waste is booked. A released bag can be rejected too.

        Raises:
            RulesRefused: no reason, or the bag's state does not allow it.
        """
        actor, rules, at = (
            self.station.permitted(Permission.VERIFY),
            self.station.rulebook(),
            self.station.now(),
        )
        act, site = "verification-refused", rules.site
        with self.station.open_unit_of_work() as work:
            require_bag(work, serial, act=act, actor=actor, at=at, site=site)
            bag = read_bag_on_file(work, serial).bag
            found = [*check_move(bag.state, BagMove.REJECT)]
            if not reason.strip():
                found.append(_stop("bench.reason-missing", "REQ-VER-006"))
            if found:
                stops = RulesRefused(stops_first(found))
                refuse(work, stops, act=act, thing=thing_of(serial), actor=actor, at=at, site=site)
            waste = waste_of(bag, rules.protocol)
            told = (("reason", reason), ("vials", str(waste.vials)))
            kept = keep_happening(
                work, bag, Rejected(reason, waste), actor=actor, at=at, site=site, told=told
            )
            work.commit()
        return kept

    def _meaning(self, now: Turn) -> str:
        number = str(now.bag.started.bag_number)
        return self.words("verification.meaning", bag=number, person=now.actor.display_name)

    @contextmanager
    def _turn(self, serial: str) -> Iterator[Turn]:
        actor, at = self.station.permitted(Permission.VERIFY), self.station.now()
        with self.station.open_unit_of_work() as work:
            rules, act = fresh(self.station, work), "verification-refused"
            require_bag(work, serial, act=act, actor=actor, at=at, site=rules.site)
            file = read_bag_on_file(work, serial)
            recipe = file.recipe(rules.protocol)
            ours = Turn(work, actor, rules, at, file, recipe, progress(file, recipe, rules, work))
            found = (*check_move(file.bag.state, BagMove.CHECK), *check_verifier(file.bag, actor.person))
            ours.stop_on(found, act=act)
            yield ours


def _release_check(now: Turn) -> ReleaseCheck:
    """Every rule of the release, all findings at once."""
    work, rules, order = now.work, now.rules, now.file.order.order
    check = check_release(
        now.bag, now.recipe, now.file.in_force,
        person=now.actor.person, protocol=rules.protocol, site=rules.site, now=now.now,
    )  # fmt: skip
    lots = [work.lots.latest(lot_key(each.code, each.lot)) for each in now.bag.units]
    kit = dict.fromkeys((each.code, each.lot) for each in now.bag.units if each.kind in KIT)
    stays = [stay for code, lot in kit for stay in stays_of(work, code, lot)]
    later = [each.weight for each in work.weights.history(order.order_number)]
    found = (
        *check.findings,
        *_check_steps(now),
        *check_fit_still(now.bag, now.recipe, rules.protocol, product=work.products.latest),
        *check_lots({each.key: each for each in lots if each is not None}.values()),
        *check_kept_cold(now.bag, stays, limit=rules.site.kit_room_limit),
        *check_weight(order.patient, later, rules.protocol),
        *check_commissioned(rules.protocol, rules.site),
        *check_protocol_under(work, now.bag, rules.protocol),
        *check_course_of(work, now.file, rules.protocol),
        *check_answered(work, now.file),
    )
    return replace(check, findings=stops_first(found))


def _check_steps(now: Turn) -> tuple[Finding, ...]:
    """What the catalogue says since the bag was made may ask for more: a filter, where none is built in."""
    step = now.progress.step
    return () if step is None else (_stop("verify.step-open", "REQ-MIX-007", step=step.code),)


def _check(now: Turn) -> Check:
    own = now.bag.own_figures_of(now.actor.person)
    check = None if own is None else _release_check(now)
    found = check_own_figures(own, now.bag, now.recipe) if check is None else check.findings
    products = {each.code: now.work.products.latest(each.code) for each in now.bag.units}
    accepted = now.work.acceptances.latest(now.file.order.order.order_number)
    return Check(
        bag=now.bag,
        order=now.file.order.order,
        planned=now.file.planned,
        bags=len(now.file.plan.content.bags),
        recipe=now.recipe,
        own=own,
        measured=() if own is None else now.bag.measured,
        units=() if own is None else now.bag.units,
        products={code: product for code, product in products.items() if product is not None},
        check=check,
        findings=stops_first(found),
        people=display_names(now.work),
        accepted_by="" if accepted is None else accepted.person,
    )


def display_names(work: UnitOfWork) -> dict[str, str]:
    """How people are called, by account name."""
    return {each.name: each.display_name for each in work.people.all()}


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
