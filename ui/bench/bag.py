"""What the bench shows of the bag that is being made. Knows no Qt."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_event import ProductScanned
from pharmacy_app.domain.clock import date_text, span_text
from pharmacy_app.domain.preparation import DRUG, TAG, Step, first_saline
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.workbench import Workbench
from ui.bench.view import BagView, Mark, StepRow, StepView, UnitCard
from ui.words import Words

_SOON = timedelta(minutes=30)
_FULL = Decimal(1000)
_BRIM = Decimal("1.12")  # the drawn bag is a little larger than what goes in


def bag_view(bench: Workbench, *, site: Site, words: Words, resumed: bool) -> BagView:
    """The bag, its steps, and the step that waits."""
    patient = bench.order.patient
    numbers = {"number": str(bench.bag.started.bag_number), "bags": str(bench.bags)}
    what = words(f"ui.bench.diluent.{bench.recipe.diluent.value}")
    vials, mark = vials_left(bench, site, words, now=bench.now)
    return BagView(
        title=patient.display_name,
        facts=(
            (words("ui.bench.mrn"), patient.record_number),
            (words("ui.bench.born"), date_text(patient.date_of_birth)),
            (words("ui.bench.bag-of", **numbers), f"{bench.recipe.duration_h} h · {what}"),
        ),
        serial=bench.bag.serial,
        steps=tuple(_step_row(bench, each, words) for each in bench.progress.steps),
        step=_step_view(bench, site, words),
        in_the_bag=bench.bag.content.text,
        after_step=bench.after_step.text,
        filled=_share(bench.bag.content, bench),
        filled_after=_share(bench.after_step, bench),
        vials=vials,
        vials_mark=mark,
        resumed=_resumed(bench, words) if resumed else "",
    )


def _share(volume: Volume, bench: Workbench) -> int:
    return int(volume.value * _FULL / (bench.recipe.bag_volume.value * _BRIM))


def step_name(step: Step, words: Words) -> str:
    """The step in a few words."""
    return words(f"ui.bench.step.{step.code}")


def _resumed(bench: Workbench, words: Words) -> str:
    return words("ui.bench.resumed", number=str(bench.progress.number)) if len(bench.bag.events) > 1 else ""


def _step_row(bench: Workbench, step: Step, words: Words) -> StepRow:
    progress = bench.progress
    is_now = progress.step is not None and step.code == progress.step.code
    mark = Mark.DONE if step.code in progress.done else Mark.NOW if is_now else Mark.TO_DO
    return StepRow(step_name(step, words), _detail(bench, step, words), mark)


def _detail(bench: Workbench, step: Step, words: Words) -> str:
    """What was recorded for a step, or what it will take."""
    lots = dict.fromkeys(each.lot for each in bench.bag.units if each.step == step.code)
    read = bench.bag.measured_at(step.code)
    planned = "" if step.ingredient is None else step.ingredient.volume.text
    volume = planned if read is None else read.text
    lot = words("ui.bench.lot", lot=", ".join(lots)) if lots else ""
    return " · ".join(part for part in (volume, lot) if part)


def _step_view(bench: Workbench, site: Site, words: Words) -> StepView | None:
    progress, step = bench.progress, bench.progress.step
    if step is None:
        return None
    values = {"number": str(progress.number), "last": str(len(progress.steps))}
    ingredient = step.ingredient
    is_first = ingredient is not None and step.code == first_saline(progress.steps).code
    waiting = progress.waits_for_scan
    return StepView(
        count=words("ui.bench.step-of", **values),
        name=words(f"ui.bench.do.{step.code}"),
        volume="" if ingredient is None else ingredient.volume.number,
        hints=_hints(bench, step, words),
        cards=_cards(bench, step, words),
        sentence=_sentence(bench, step, words),
        asks_tag=step.code == TAG,
        asks_volume=ingredient is not None,
        opens_later=words("ui.bench.opens-later") if ingredient is not None and waiting else "",
        asks_fill=is_first and not waiting,
        instruments=tuple(each.instrument for each in bench.readings),
        all_instruments=tuple(each.name for each in site.instruments),
        look=words(f"ui.bench.looked.{step.code}") if step.looked_at else "",
        may_add_vial=step.code == DRUG,
    )


def _hints(bench: Workbench, step: Step, words: Words) -> tuple[str, ...]:
    if step.ingredient is None:
        return ()
    parts = [
        words("ui.bench.measure", instrument=each.instrument, volume=each.volume.text)
        for each in bench.readings
    ]
    return tuple(parts)


def _sentence(bench: Workbench, step: Step, words: Words) -> str:
    recipe = bench.recipe
    values = {"vials": str(recipe.vials), "total": recipe.bag_volume.text}
    return words(f"ui.bench.sentence.{step.code}", **values)


def _cards(bench: Workbench, step: Step, words: Words) -> tuple[UnitCard, ...]:
    """The tag, and one card for each unit that the step has or still asks for."""
    cards = []
    progress = bench.progress
    if step.with_tag:
        mark = Mark.NOW if progress.tag_missing else Mark.DONE
        detail = words("ui.bench.scan-now") if progress.tag_missing else shown_serial(bench.bag.serial)
        cards.append(UnitCard(words("ui.bench.tag"), detail, mark))
    seen: dict[ProductKind, int] = {}
    for unit in bench.bag.units:
        if unit.step == step.code:
            seen[unit.kind] = seen.get(unit.kind, 0) + 1
            cards.append(_scanned(unit, seen[unit.kind], words))
    first = not progress.tag_missing
    for need in progress.missing:
        for count in range(1, need.count + 1):
            number = seen.get(need.kind, 0) + count
            mark = Mark.NOW if first else Mark.TO_DO
            detail = words("ui.bench.scan-now") if first else ""
            cards.append(UnitCard(unit_name(need.kind, number, words), detail, mark))
            first = False
    return tuple(cards)


def unit_name(kind: ProductKind, number: int, words: Words) -> str:
    """A unit in a few words; vials are numbered."""
    return words(f"ui.bench.unit.{kind.value}", number=str(number))


def next_unit(bench: Workbench, words: Words) -> str:
    """The unit that is to be scanned next."""
    progress = bench.progress
    first = progress.missing[0]
    step = "" if progress.step is None else progress.step.code
    done = sum(each.kind is first.kind and each.step == step for each in bench.bag.units)
    return unit_name(first.kind, done + 1, words)


def _scanned(unit: ProductScanned, number: int, words: Words) -> UnitCard:
    values = {"lot": unit.lot, "expires": date_text(unit.expires_on)}
    return UnitCard(unit_name(unit.kind, number, words), words("ui.bench.lot-expires", **values), Mark.DONE)


def vials_left(bench: Workbench, site: Site, words: Words, *, now: datetime) -> tuple[str, Mark]:
    """How long the reconstituted vials may still be used, until their drug is in the bag."""
    until = bench.vials_good_until
    if until is None or bench.bag.measured_at(DRUG) is not None:
        return "", Mark.TO_DO
    left = until - now
    shown = f"{until.astimezone(ZoneInfo(site.time_zone)):%H:%M}"
    if left <= timedelta(0):
        return words("ui.bench.vials-over", time=shown), Mark.STOP
    mark = Mark.LATE if left < _SOON else Mark.TO_DO
    return words("ui.bench.vials-until", time=shown, left=span_text(left)), mark
