"""Bag, tubing, filter, pump, access and diluents: what touches the drug, and what pushes it.

Not known is never a yes. Every answer that is missing is its own stop (REQ-SUP-001 to -006).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, stops_first
from pharmacy_app.domain.protocol import Diluent, FilterRule, Protocol
from pharmacy_app.domain.quantity import Rate, plain


class Absence(Enum):
    """Why there is no value: nobody knows, there is none, or the question is not part of this form."""

    NOT_KNOWN = "not known"
    NONE = "none"
    NOT_ASKED = "not asked"


class BagMaterial(Enum):
    """What a bag or set is made of."""

    POLYOLEFIN = "polyolefin"
    PVC = "PVC"
    EVA = "EVA"
    OTHER = "other"


class Line(Enum):
    """Where the infusion enters."""

    CENTRAL = "central"
    PERIPHERAL = "peripheral"


@dataclass(frozen=True, slots=True)
class Plastic:
    """Material and DEHP of a bag or set; None is not known."""

    material: BagMaterial | None
    dehp: bool | None


@dataclass(frozen=True, slots=True)
class Filter:
    """An in-line filter; None is not known."""

    pore_micron: Decimal | None
    low_protein_binding: bool | None
    sterile: bool | None
    non_pyrogenic: bool | None


@dataclass(frozen=True, slots=True)
class Pump:
    """None is not known. `approved` and `keep_open_rate_acceptable` are asked in the window only."""

    programmable: bool | None
    lockable: bool | None
    elastomeric: bool | None
    visual_alarm: bool | None
    auditory_alarm: bool | None
    tubing_compatible: bool | None
    rate_step: Decimal | None
    approved: bool | Absence | None = Absence.NOT_ASKED
    keep_open_rate_acceptable: bool | Absence | None = Absence.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Access:
    """The line into the patient; None is not known."""

    line: Line | None
    lumens: int | None
    dedicated_lumen: bool | None


@dataclass(frozen=True, slots=True)
class Supplies:
    """All answers about one bag's supplies. None is not known.

    `filter` and `built_in_filter` are a filter, NONE, or NOT_KNOWN. `accessories_dehp_free` is about
    central line, needle, filter housing and connectors.
    """

    duration_h: int | None
    rate: Rate | None
    bag: Plastic
    tubing: Plastic
    built_in_filter: Filter | Absence
    filter: Filter | Absence
    pump: Pump
    access: Access
    diluents: tuple[Diluent, ...] | None
    accessories_dehp_free: bool | Absence | None = Absence.NOT_ASKED


def check_supplies(supplies: Supplies, protocol: Protocol) -> tuple[Finding, ...]:
    """Every finding about the supplies, stops first."""
    found = [
        *_duration_and_rate(supplies, protocol),
        *check_plastic("bag", supplies.bag, protocol),
        *check_plastic("tubing", supplies.tubing, protocol),
        *_accessories(supplies.accessories_dehp_free),
        *_filters(supplies, protocol),
        *_pump(supplies.pump, supplies.rate),
        *_access(supplies.access),
        *_diluents(supplies, protocol),
    ]
    return stops_first(found)


def _stop(code: str, rule: str, source: Mark, *, field: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, source, field=field, **values)


def _duration_and_rate(supplies: Supplies, protocol: Protocol) -> Iterator[Finding]:
    rule, mark = "REQ-PLN-001", protocol.mark("bag.durations")
    if supplies.duration_h is None:
        durations = protocol.one_of("bag.durations")
        yield _stop("supply.duration-not-known", rule, mark, field="duration_h", durations=durations)
    if supplies.rate is None:
        yield _stop("supply.rate-not-known", rule, mark, field="rate_ml_per_h")
    if supplies.duration_h is None or supplies.rate is None:
        return
    figure = f"bag.{supplies.duration_h}h.rate"
    expected = Rate(protocol.number(figure))
    if supplies.rate != expected:
        values = {
            "duration": str(supplies.duration_h),
            "given": supplies.rate.number,
            "expected": expected.number,
        }
        yield _stop("supply.rate-differs", rule, protocol.mark(figure), field="rate_ml_per_h", **values)


def check_plastic(part: str, plastic: Plastic, protocol: Protocol) -> Iterator[Finding]:
    """Material and DEHP of one part, `bag` or `tubing` (REQ-SUP-001)."""
    rule, figure, field = "REQ-SUP-001", "supply.dehp_free_materials", f"{part}.material"
    mark, materials = protocol.mark(figure), protocol.one_of(figure)
    if plastic.material is None:
        yield _stop(f"supply.{part}-material-not-known", rule, mark, field=field, materials=materials)
    elif plastic.material.value not in protocol.names(figure):
        yield _stop(f"supply.{part}-material", rule, mark, field=field, materials=materials)
    if plastic.dehp is None:
        yield _stop(f"supply.{part}-dehp-not-known", rule, mark, field=f"{part}.dehp")
    elif plastic.dehp:
        yield _stop(f"supply.{part}-dehp", rule, mark, field=f"{part}.dehp")


def _accessories(dehp_free: bool | Absence | None) -> Iterator[Finding]:
    if dehp_free is Absence.NOT_ASKED or dehp_free is True:
        return
    code = "supply.accessories-dehp-not-known" if dehp_free is None else "supply.accessories-dehp"
    yield _stop(code, "REQ-SUP-001", Mark.PUBLISHED, field="accessories_dehp_free")


def _filters(supplies: Supplies, protocol: Protocol) -> Iterator[Finding]:
    places = (("filter", supplies.filter), ("tubing.built_in_filter", supplies.built_in_filter))
    required = _filter_rule(supplies.duration_h, protocol)
    rule = "REQ-SUP-003" if required is FilterRule.NONE else "REQ-SUP-002"
    known = supplies.duration_h is not None
    mark = protocol.mark(f"bag.{supplies.duration_h}h.filter" if known else "filter.pore_sizes")
    for field, present in places:
        code = "filter" if field == "filter" else "built-in-filter"
        match present:
            case Absence():
                if present is not Absence.NONE:
                    yield _stop(f"supply.{code}-not-known", rule, mark, field=field)
            case Filter():
                if required is FilterRule.NONE:
                    duration = str(supplies.duration_h)
                    yield _stop(f"supply.{code}-forbidden", rule, mark, field=field, duration=duration)
                else:
                    yield from check_filter(present, field, protocol)
    nowhere = supplies.filter is Absence.NONE and supplies.built_in_filter is Absence.NONE
    if required is FilterRule.REQUIRED and nowhere:
        yield _stop(
            "supply.filter-missing", rule, mark, field="filter", expected=protocol.one_of("filter.pore_sizes")
        )


def _filter_rule(duration_h: int | None, protocol: Protocol) -> FilterRule | None:
    return None if duration_h is None else FilterRule(protocol.figure(f"bag.{duration_h}h.filter").value)


def check_filter(present: Filter, field: str, protocol: Protocol) -> Iterator[Finding]:
    """Every property of a filter that is there, named by its field (REQ-SUP-002)."""
    rule = "REQ-SUP-002"
    place, expected, mark = (
        f"{field}.pore_micron",
        protocol.one_of("filter.pore_sizes"),
        protocol.mark("filter.pore_sizes"),
    )
    if present.pore_micron is None:
        yield _stop("supply.pore-not-known", rule, mark, field=place, expected=expected)
    elif present.pore_micron not in tuple(Decimal(pore) for pore in protocol.names("filter.pore_sizes")):
        given = plain(present.pore_micron)
        yield _stop("supply.pore", rule, mark, field=place, given=given, expected=expected)
    properties = (
        ("low_protein_binding", "low-protein-binding", present.low_protein_binding),
        ("sterile", "sterile", present.sterile),
        ("non_pyrogenic", "non-pyrogenic", present.non_pyrogenic),
    )
    for name, code, value in properties:
        if value is not True:
            ending = "-not-known" if value is None else ""
            yield _stop(f"supply.filter-{code}{ending}", rule, Mark.QUOTED, field=f"{field}.{name}")


def _pump(pump: Pump, rate: Rate | None) -> Iterator[Finding]:
    rule = "REQ-SUP-004"
    wanted = (
        ("programmable", pump.programmable, True),
        ("lockable", pump.lockable, True),
        ("elastomeric", pump.elastomeric, False),
        ("visual_alarm", pump.visual_alarm, True),
        ("auditory_alarm", pump.auditory_alarm, True),
        ("tubing_compatible", pump.tubing_compatible, True),
        ("approved", pump.approved, True),
        ("keep_open_rate_acceptable", pump.keep_open_rate_acceptable, True),
    )
    for name, value, right in wanted:
        if value is Absence.NOT_ASKED or value is right:
            continue
        ending = "-not-known" if value is None else ""
        source = Mark.DERIVED if name == "keep_open_rate_acceptable" else Mark.QUOTED
        yield _stop(f"supply.pump-{name.replace('_', '-')}{ending}", rule, source, field=f"pump.{name}")
    yield from _rate_step(pump.rate_step, rate)


def _rate_step(step: Decimal | None, rate: Rate | None) -> Iterator[Finding]:
    if rate is None or rate.value == rate.value.to_integral_value():
        return
    rule, field = "REQ-SUP-004", "pump.rate_step_ml_per_h"
    if step is None:
        yield _stop("supply.pump-step-not-known", rule, Mark.DERIVED, field=field, rate=rate.number)
    elif step == 0 or rate.value % step != 0:
        values = {"rate": rate.number, "step": plain(step)}
        yield _stop("supply.pump-step", rule, Mark.DERIVED, field=field, **values)


def _access(access: Access) -> Iterator[Finding]:
    rule = "REQ-SUP-005"
    if access.dedicated_lumen is not True:
        ending = "-not-known" if access.dedicated_lumen is None else ""
        yield _stop(f"supply.lumen-not-dedicated{ending}", rule, Mark.QUOTED, field="access.dedicated_lumen")
    reasons = (
        ("line-not-known", access.line is None, "line"),
        ("line-peripheral", access.line is Line.PERIPHERAL, "line"),
        ("lumens-not-known", access.lumens is None, "lumens"),
        ("lumens-single", access.lumens == 1, "lumens"),
    )
    for code, applies, name in reasons:
        if applies:
            yield finding(f"supply.{code}", Severity.REASON, rule, Mark.SITE, field=f"access.{name}")


def diluents_needed(main: Diluent) -> frozenset[Diluent]:
    """The salines that make a bag: a bacteriostatic bag is filled up with preservative-free saline."""
    return frozenset({main, Diluent.PRESERVATIVE_FREE})


def _diluents(supplies: Supplies, protocol: Protocol) -> Iterator[Finding]:
    rule = "REQ-SUP-006"
    known = supplies.duration_h is not None
    mark = protocol.mark(f"bag.{supplies.duration_h}h.diluent") if known else Mark.DERIVED
    if supplies.diluents is None:
        yield _stop("supply.diluents-not-known", rule, mark, field="diluents")
    elif supplies.duration_h is not None:
        needed = diluents_needed(protocol.diluent(supplies.duration_h))
        if sorted(each.value for each in supplies.diluents) != sorted(each.value for each in needed):
            code = (
                "supply.diluents-bacteriostatic" if len(needed) > 1 else "supply.diluents-preservative-free"
            )
            given = ", ".join(each.value for each in supplies.diluents) or "none"
            values = {"duration": str(supplies.duration_h), "given": given}
            yield _stop(code, rule, mark, field="diluents", **values)


class HowFilled(Enum):
    """How the starting volume of saline is reached."""

    PUMPED_INTO_EMPTY_BAG = "pumped-into-empty-bag"
    BAG_OF_KNOWN_FILL = "bag-of-known-fill"


def check_fill(how: HowFilled | None) -> tuple[Finding, ...]:
    """A starting volume that nobody knows is a stop: the dose rests on it (REQ-MIX-005)."""
    if how is None:
        return (_stop("mix.fill-not-known", "REQ-MIX-005", Mark.DERIVED, field="fill"),)
    return ()
