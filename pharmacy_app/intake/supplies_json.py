"""The supplies document: what is absent or null is not known, and not known is never a yes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.protocol import Diluent, Protocol
from pharmacy_app.domain.quantity import Rate
from pharmacy_app.domain.supply import Absence, Access, BagMaterial, Filter, Line, Plastic, Pump, Supplies
from pharmacy_app.intake.fields import (
    Fields,
    choice,
    decimal,
    list_of,
    nullable,
    one_of,
    whole,
    yes_no_or_unknown,
)
from pharmacy_app.intake.strict_json import read_file

MOST_LUMENS = 9


def read_supplies_file(path: Path, protocol: Protocol) -> Supplies:
    """The supplies in a file.

    Raises:
        InputRefused: the first thing that is not what it should be.
    """
    refusals: list[InputRefused] = []
    supplies = read_supplies(read_file(path), protocol, refusals)
    if refusals:
        raise refusals[0]
    return supplies


def read_supplies(
    document: Mapping[str, object], protocol: Protocol, refusals: list[InputRefused]
) -> Supplies:
    """The supplies in a document; what is refused goes to `refusals`: then do not use the answer."""
    fields = Fields(document, "", refusals)
    rate = fields.optional("rate_ml_per_h", nullable(decimal), None)
    tubing = _object(fields, "tubing", refusals)
    supplies = Supplies(
        duration_h=fields.optional("duration_h", nullable(one_of(protocol.durations_h)), None),
        rate=None if rate is None else Rate(rate),
        bag=_plastic(_object(fields, "bag", refusals)),
        built_in_filter=_filter(tubing, "built_in_filter", "tubing.built_in_filter", refusals),
        tubing=_plastic(tubing),
        filter=_filter(fields, "filter", "filter", refusals),
        pump=_pump(_object(fields, "pump", refusals)),
        access=_access(_object(fields, "access", refusals)),
        diluents=fields.optional("diluents", nullable(list_of(choice(Diluent))), None),
    )
    fields.finish()
    return supplies


def _object(fields: Fields, name: str, refusals: list[InputRefused]) -> Fields:
    """An object that may be absent or null: then nothing in it is known."""
    value = fields.value(name)
    return Fields({} if value is None else value, name, refusals)


def _plastic(fields: Fields) -> Plastic:
    plastic = Plastic(
        material=fields.optional("material", nullable(choice(BagMaterial)), None),
        dehp=fields.optional("dehp", yes_no_or_unknown, None),
    )
    fields.finish()
    return plastic


def _filter(fields: Fields, name: str, path: str, refusals: list[InputRefused]) -> Filter | Absence:
    """Null is *none*, an object is *present*, absent is *not known*."""
    if not fields.has(name):
        return Absence.NOT_KNOWN
    value = fields.value(name)
    if value is None:
        return Absence.NONE
    inner = Fields(value, path, refusals)
    present = Filter(
        pore_micron=inner.optional("pore_micron", nullable(decimal), None),
        low_protein_binding=inner.optional("low_protein_binding", yes_no_or_unknown, None),
        sterile=inner.optional("sterile", yes_no_or_unknown, None),
        non_pyrogenic=inner.optional("non_pyrogenic", yes_no_or_unknown, None),
    )
    inner.finish()
    return present


def _pump(fields: Fields) -> Pump:
    def flag(name: str) -> bool | None:
        return fields.optional(name, yes_no_or_unknown, None)

    step: Callable[[object, str], Decimal | None] = nullable(decimal)
    pump = Pump(
        programmable=flag("programmable"),
        lockable=flag("lockable"),
        elastomeric=flag("elastomeric"),
        visual_alarm=flag("visual_alarm"),
        auditory_alarm=flag("auditory_alarm"),
        tubing_compatible=flag("tubing_compatible"),
        rate_step=fields.optional("rate_step_ml_per_h", step, None),
    )
    fields.finish()
    return pump


def _access(fields: Fields) -> Access:
    access = Access(
        line=fields.optional("line", nullable(choice(Line)), None),
        lumens=fields.optional("lumens", nullable(whole(1, MOST_LUMENS)), None),
        dedicated_lumen=fields.optional("dedicated_lumen", yes_no_or_unknown, None),
    )
    fields.finish()
    return access
