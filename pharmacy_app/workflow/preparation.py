"""The bench: a bag is prepared, every ingredient scanned, every volume typed (REQ-VER-007, REQ-MIX-007).

What is confirmed is on file at once: whoever comes back, after a stop, a lock or a power loss, goes on at the
step that waits. A refusal is an entry too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from pharmacy_app.domain.bag import BagMove
from pharmacy_app.domain.bag_event import (
    Abandoned,
    ByHand,
    Finished,
    Measured,
    MoreVials,
    Reading,
    Rejected,
    StepDone,
    TakenOver,
)
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.measuring import (
    KNOWN_FILL,
    check_fill_fits,
    check_readings,
    check_recorded_dose,
    check_vials,
    recorded_dose,
    would_give,
)
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.preparation import DRUG, Step, first_saline
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.domain.scan import Scan
from pharmacy_app.domain.supply import HowFilled, check_fill
from pharmacy_app.domain.verification import waste_of
from pharmacy_app.domain.vial_clock import check_vials_age
from pharmacy_app.workflow.bench_photograph import keep_photograph
from pharmacy_app.workflow.bench_scan import keep_scan
from pharmacy_app.workflow.bench_start import open_at, start_bag
from pharmacy_app.workflow.bench_turn import Turn, turn
from pharmacy_app.workflow.people import Credentials, second_person
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.workbench import Workbench, workbench
from pharmacy_app.workflow.worklist import Due, worklist


@dataclass(frozen=True, slots=True)
class Bench:
    """The commands of somebody who prepares, at one station."""

    station: Station

    def start(self, order_number: str, bag_number: int) -> str:
        """Take a planned bag; its serial. Raises as `start_bag`."""
        return start_bag(order_number, bag_number, self.station)

    def open_here(self) -> str | None:
        """The serial of the bag that is open at this bench; None: the bench is free."""
        with self.station.open_unit_of_work(reading=True) as work:
            found = open_at(work, self.station.seat.station)
        return found[0] if found else None

    def worklist(self) -> tuple[Due, ...]:
        """What is to be done now, by time due."""
        return worklist(self.station, after=self.station.now())

    def view(self, serial: str) -> Workbench:
        """The bag as the bench shows it. Raises InputRefused: there is no such bag."""
        with self.station.open_unit_of_work(reading=True) as work:
            return workbench(work, serial, self.station.rulebook(), now=self.station.now())

    def scan(self, serial: str, scan: Scan) -> Bag:
        """What was scanned, if it is the one thing that the step waits for.

        Raises:
            ScanStopped: it is not, or it may not be used; the stop is recorded.
        """
        with turn(self.station, serial) as now:
            kept = keep_scan(now, scan, by_hand=None)
            now.work.commit()
        return kept.bag

    def type_code(self, serial: str, scan: Scan, *, reason: str, second: Credentials) -> Bag:
        """A code that could not be read, typed, and read by a second person; it passes the same checks.

        Raises:
            ScanStopped: as `scan`.
            RulesRefused: no reason, or the second person is not another one with the right secret.
        """
        other = second_person(second, self.station)
        with turn(self.station, serial) as now:
            _require_reason(now, reason)
            kept = keep_scan(now, scan, by_hand=ByHand(reason, other.person))
            now.work.commit()
        return kept.bag

    def measure(self, serial: str, readings: Sequence[Reading], how_filled: HowFilled | None = None) -> Bag:
        """What went into the bag at the step that waits, as read, one reading for each syringe.

        Raises:
            RulesRefused: no volume is awaited, an instrument cannot show it, it is not what the step needs,
                the vials do not give it or are too old, or the bag's dose would be off; recorded.
        """
        with turn(self.station, serial) as now:
            step = _awaiting_volume(now)
            typed = ", ".join(f"{each.instrument}: {each.volume.text}" for each in readings)
            found = _check_volume(now, step, readings, how_filled)
            now.stop_on(found, act="volume-refused", told=(("step", step.code), ("read", typed)))
            kept = now.keep(Measured(step.code, tuple(readings), how_filled), told=(("read", typed),))
            now.work.commit()
        return kept.bag

    def look(self, serial: str, step: str) -> Bag:
        """Somebody looked, and it is done and right. After the last step the bag is ready to be verified.

        Raises:
            RulesRefused: that step does not wait for it.
        """
        with turn(self.station, serial) as now:
            waiting = now.progress.step
            if waiting is None or waiting.code != step or now.progress.waits_for_scan:
                _refuse(now, _stop("bench.not-this-step", "REQ-MIX-007", step=step))
            kept = now.keep(StepDone(step), told=(("step", step),))
            if kept.progress.step is None:
                kept = kept.keep(Finished())
            now.work.commit()
        return kept.bag

    def one_more_vial(self, serial: str, reason: str) -> Bag:
        """A vial yielded less than planned: one more is opened; never made up with diluent (REQ-MIX-010)."""
        with turn(self.station, serial) as now:
            _require_reason(now, reason)
            step = now.progress.step
            if step is None or step.code != DRUG:
                _refuse(now, _stop("bench.not-this-step", "REQ-MIX-007", step=DRUG))
            kept = now.keep(MoreVials(step.code, reason), told=(("reason", reason),))
            now.work.commit()
        return kept.bag

    def photograph(self, serial: str, step: str, name: str, content: bytes) -> Bag:
        """Attach a picture to a step: PNG or JPEG, at most 10 MB. Raises as `keep_photograph`."""
        with turn(self.station, serial) as now:
            kept = keep_photograph(now, step, name, content)
            now.work.commit()
        return kept.bag

    def take_over(self, serial: str) -> Bag:
        """Go on with a bag at this bench that was begun at another."""
        with turn(self.station, serial, here=False) as now:
            others = open_at(now.work, now.actor.station)
            if others:
                _refuse(now, _stop("bench.another-open", "REQ-VER-007", serial=others[0]))
            kept = now.keep(TakenOver(now.actor.station))
            now.work.commit()
        return kept.bag

    def abandon(self, serial: str, reason: str, *, vials: int) -> Bag:
        """Give the bag up; `vials` is how many somebody counts as opened. Its serial is dead, its waste kept.

        Raises:
            RulesRefused: no reason, or not as many vials as were scanned for the bag (REQ-VER-004); recorded.
        """
        with turn(self.station, serial, move=BagMove.ABANDON, here=False) as now:
            _require_reason(now, reason)
            waste = waste_of(now.bag, now.rules.protocol, vials=_opened(vials, now))
            kept = now.keep(Abandoned(reason, waste), told=_told(reason, waste.vials))
            now.work.commit()
        return kept.bag

    def reject(self, serial: str, reason: str) -> Bag:
        """Something wrong is in the bag: it is quarantined for good."""
        with turn(self.station, serial, move=BagMove.REJECT, here=False) as now:
            _require_reason(now, reason)
            waste = waste_of(now.bag, now.rules.protocol)
            kept = now.keep(Rejected(reason, waste), told=_told(reason, waste.vials))
            now.work.commit()
        return kept.bag

    def call_pharmacist(self, serial: str) -> None:
        """Record that a pharmacist was called to this bench."""
        self.station.permitted(Permission.PREPARE)
        with turn(self.station, serial, here=False) as now:
            now.note("pharmacist-called")
            now.work.commit()


def _told(reason: str, vials: int) -> tuple[tuple[str, str], ...]:
    return ("reason", reason), ("vials", str(vials))


def _opened(vials: int, now: Turn) -> int:
    """As many as were scanned: none of them goes back, and one without a scan has no lot on this record."""
    scanned = len(now.bag.vials)
    if vials != scanned:
        values = {"given": str(vials), "scanned": str(scanned)}
        _refuse(now, _stop("bench.vials-not-as-scanned", "REQ-VER-004", **values))
    return vials


def _require_reason(now: Turn, reason: str) -> None:
    if not reason.strip():
        _refuse(now, _stop("bench.reason-missing", "REQ-VER-006"))


def _refuse(now: Turn, found: Finding) -> NoReturn:
    """Record the refusal, then refuse."""
    now.refuse(RulesRefused((found,)), act="bench-refused")


def _awaiting_volume(now: Turn) -> Step:
    step = now.progress.step
    if step is None or now.progress.waits_for_scan or not now.progress.volume_missing:
        _refuse(now, _stop("measure.not-awaited", "REQ-MIX-009"))
    return step


def _check_volume(
    now: Turn, step: Step, readings: Sequence[Reading], how_filled: HowFilled | None
) -> list[Finding]:
    assert step.ingredient is not None  # a step that waits for a volume has one
    site, protocol = now.rules.site, now.rules.protocol
    found = [*_check_filling(now, step, readings, how_filled)]
    found += check_readings(readings, step.ingredient.volume, how_filled=how_filled, site=site)
    typed = Volume(sum((each.volume.value for each in readings), Decimal(0)))
    drug = typed if step.code == DRUG else now.bag.measured_at(DRUG)
    if step.code == DRUG:
        found += check_vials_age(now.bag, protocol, now=now.now, zone=now.zone)
        found += check_vials(now.bag, typed, protocol)
    if drug is not None and _is_last_addition(now, step):
        dose = recorded_dose(now.recipe, protocol, drug=drug, total=now.bag.content + typed)
        found += check_recorded_dose(dose, site)
        if any(each.code == "measure.out-of-tolerance" for each in found):
            found.append(would_give(dose))
    return found


def _is_last_addition(now: Turn, step: Step) -> bool:
    return [each.code for each in now.progress.steps if each.ingredient is not None][-1] == step.code


def _check_filling(
    now: Turn, step: Step, readings: Sequence[Reading], how_filled: HowFilled | None
) -> tuple[Finding, ...]:
    """How the starting volume was reached must be known, and fit the bag that was scanned (REQ-MIX-005)."""
    if step.code != first_saline(now.progress.steps).code:
        return () if how_filled is None else (_stop("measure.fill-not-asked", "REQ-MIX-005"),)
    if how_filled is None:
        return check_fill(None)
    container = next(each for each in now.bag.units if each.kind is ProductKind.BAG)
    product = now.work.products.latest(container.code)
    is_filled = product is not None and product.fill is not None
    if is_filled is not (how_filled is HowFilled.BAG_OF_KNOWN_FILL):
        return (_stop("measure.fill-differs", "REQ-MIX-005"),)
    if is_filled and [each.instrument for each in readings] != [KNOWN_FILL]:
        return (_stop("measure.fill-reading", "REQ-MIX-005"),)
    if is_filled and product is not None and product.volume is not None:
        return check_fill_fits(readings[0], product.volume)
    return ()


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
