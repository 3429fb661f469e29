"""Measured volumes: with what they can be measured, and whether what was read is what the step asks for.

Nothing that was typed is rounded, clamped or repaired (REQ-MIX-009). The bag's dose is reckoned again from
the recorded fill and the measured drug (REQ-MIX-005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pharmacy_app.domain.bag_event import Reading
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.protocol import Protocol, Recipe
from pharmacy_app.domain.quantity import HOURS_PER_DAY, DoseRate, Volume, plain
from pharmacy_app.domain.rounding import two_decimals
from pharmacy_app.domain.site import Instrument, Site
from pharmacy_app.domain.supply import HowFilled

KNOWN_FILL = "known fill"  # the reading of a bag that is delivered with a known fill
MOST_AT_ONCE = 3
LEAST_SHARE = 20


def split(volume: Volume, instruments: Sequence[Instrument]) -> tuple[Reading, ...]:
    """How to measure a volume with the fewest instruments that show it exactly, and of those the smallest.

    None is offered for less than a twentieth of what it holds: so little is not read well on it. Empty where
    no three of them can: the site then has no instrument for it. 10.7 mL is 10 mL and 0.7 mL.
    """
    by_size = sorted(instruments, key=lambda each: each.largest)
    for count in range(1, MOST_AT_ONCE + 1):
        found = _split(volume, by_size, count)
        if found:
            return found
    return ()


def _split(volume: Volume, by_size: Sequence[Instrument], count: int) -> tuple[Reading, ...]:
    for each in by_size:
        part = volume if count == 1 else _most(volume, each)
        if not _shows(each, part) or volume - part > part or part.times(LEAST_SHARE) < each.largest:
            continue
        rest = () if count == 1 else _split(volume - part, by_size, count - 1)
        if count == 1 or rest:
            return (Reading(each.name, part), *rest)
    return ()


def _most(volume: Volume, instrument: Instrument) -> Volume:
    """The most of a volume that the instrument shows at once."""
    within = min(volume, instrument.largest).value
    return Volume(within - within % instrument.graduation.value)


def _shows(instrument: Instrument, volume: Volume) -> bool:
    is_on_a_line = volume.value % instrument.graduation.value == 0
    return Volume(Decimal(0)) < volume <= instrument.largest and is_on_a_line


def check_readings(
    readings: Sequence[Reading], planned: Volume, *, how_filled: HowFilled | None, site: Site
) -> tuple[Finding, ...]:
    """Whether the instruments can show what was read, and whether the sum is what the step asks for."""
    if not readings:
        return (_stop("measure.nothing-read", "REQ-MIX-009", planned=planned.number),)
    known = {each.name: each for each in site.instruments}
    if how_filled is HowFilled.BAG_OF_KNOWN_FILL:  # what a filled bag holds is judged by the dose
        return tuple(_not_above_zero(each) for each in readings if each.volume <= Volume(Decimal(0)))
    found = [found for each in readings for found in _check_reading(each, known)]
    if not found:
        found.extend(_check_sum(readings, planned, known, site))
    return tuple(found)


def _check_reading(reading: Reading, known: dict[str, Instrument]) -> Iterator[Finding]:
    instrument = known.get(reading.instrument)
    values = {"given": reading.volume.number, "instrument": reading.instrument}
    if instrument is None:
        yield finding("measure.no-such-instrument", Severity.STOP, "REQ-MIX-009", Mark.SITE, **values)
    elif reading.volume <= Volume(Decimal(0)):
        yield _not_above_zero(reading)
    elif reading.volume > instrument.largest:
        largest = instrument.largest.number
        yield _stop("measure.more-than-it-holds", "REQ-MIX-009", largest=largest, **values)
    elif not _shows(instrument, reading.volume):
        graduation = instrument.graduation.number
        yield _stop("measure.between-the-lines", "REQ-MIX-009", graduation=graduation, **values)


def check_fill_fits(reading: Reading, size: Volume) -> tuple[Finding, ...]:
    """No bag is filled with more than it holds; `size` is the catalogue's."""
    if reading.volume <= size:
        return ()
    values = {"given": reading.volume.number, "instrument": reading.instrument, "largest": size.number}
    return (_stop("measure.fill-above-size", "REQ-MIX-005", **values),)


def _not_above_zero(reading: Reading) -> Finding:
    values = {"given": reading.volume.number, "instrument": reading.instrument}
    return _stop("measure.not-above-zero", "REQ-MIX-009", **values)


def _check_sum(
    readings: Sequence[Reading], planned: Volume, known: dict[str, Instrument], site: Site
) -> Iterator[Finding]:
    total = Volume(sum((each.volume.value for each in readings), Decimal(0)))
    coarsest = max(known[each.instrument].graduation for each in readings)
    tolerance = coarsest if site.measured_tolerance is None else site.measured_tolerance
    if abs(total.value - planned.value) > tolerance.value:
        values = {"given": total.number, "planned": planned.number, "tolerance": tolerance.number}
        yield finding("measure.out-of-tolerance", Severity.STOP, "REQ-MIX-009", Mark.SITE, **values)


@dataclass(frozen=True, slots=True)
class RecordedDose:
    """The dose of what is recorded to be in the bag; both exact."""

    delivered: DoseRate
    deviation_percent: Decimal


def recorded_dose(recipe: Recipe, protocol: Protocol, *, drug: Volume, total: Volume) -> RecordedDose:
    """measured drug mL × mcg/mL ÷ recorded total mL × mL/h × 24, beside the ordered dose (REQ-MIX-005)."""
    micrograms = protocol.vial_concentration.times_volume(drug).value
    delivered = micrograms * recipe.rate.value * HOURS_PER_DAY / total.value
    return RecordedDose(DoseRate(delivered), (delivered - recipe.dose.value) * 100 / recipe.dose.value)


def check_recorded_dose(dose: RecordedDose, site: Site) -> tuple[Finding, ...]:
    """The limit is the site's own and has no default."""
    limit = site.recorded_dose_limit_percent
    if limit is None:
        return (finding("measure.recorded-limit-not-set", Severity.STOP, "REQ-MIX-005", Mark.SITE),)
    if abs(dose.deviation_percent) <= limit:
        return ()
    values = {
        "delivered": plain(two_decimals(dose.delivered.value)),
        "deviation": plain(two_decimals(dose.deviation_percent)),
        "limit": plain(limit),
    }
    return (finding("measure.recorded-dose", Severity.STOP, "REQ-MIX-005", Mark.SITE, **values),)


def would_give(dose: RecordedDose) -> Finding:
    """The dose that a volume would lead to, told beside a stop about the volume."""
    values = {
        "delivered": plain(two_decimals(dose.delivered.value)),
        "deviation": plain(two_decimals(dose.deviation_percent)),
    }
    return finding("measure.would-give", Severity.NOTE, "REQ-MIX-005", Mark.DERIVED, **values)


def check_vials(bag: Bag, drug: Volume, protocol: Protocol) -> tuple[Finding, ...]:
    """What was drawn up came out of the vials that were scanned."""
    most = protocol.vial_withdrawable.times(len(bag.vials))
    if drug <= most:
        return ()
    values = {"given": drug.number, "vials": str(len(bag.vials)), "most": most.number}
    mark = protocol.mark("vial.withdrawable")
    return (finding("measure.more-than-the-vials-give", Severity.STOP, "REQ-MIX-010", mark, **values),)


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
