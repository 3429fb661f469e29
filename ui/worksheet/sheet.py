"""Turns a worksheet into what the page shows: every figure as text, every word from the catalogue."""

from __future__ import annotations

from decimal import Decimal

from pharmacy_app.domain.clock import offset_text
from pharmacy_app.domain.finding import Mark
from pharmacy_app.domain.protocol import FilterRule, IngredientKind
from pharmacy_app.domain.quantity import DoseRate, plain
from pharmacy_app.domain.rounding import two_decimals
from pharmacy_app.workflow.worksheet import MixingStep, Worksheet
from ui.pharmacy_clock import at_the_pharmacy, moment_text
from ui.remarks import in_order, remark_of_finding
from ui.words import Words
from ui.worksheet.bag_layout import BagContents, Layer
from ui.worksheet.view import DoseView, QuestionView, Rows, SheetView, StripItem, WayView

_HUNDRED = Decimal(100)
_PLACES = ("first", "second", "third", "last")


def sheet_view(
    worksheet: Worksheet, words: Words, *, pharmacy_zone: str, fill: QuestionView, fill_known: bool
) -> SheetView:
    """The worksheet in words."""
    recipe = worksheet.bag.recipe
    pores = worksheet.plan.protocol.one_of("filter.pore_sizes")
    return SheetView(
        contents=bag_contents(worksheet, words),
        total=recipe.bag_volume.text,
        fill_known=fill_known,
        fill=fill,
        strip=_strip(worksheet, words),
        dose=dose_view(worksheet, words),
        filter_text=words(f"ui.worksheet.filter.{recipe.filter.value}", pores=pores),
        times_title=_times_title(worksheet, words),
        times=_times(worksheet, words, pharmacy_zone),
        steps=_steps(worksheet, words),
        limits=_limits(worksheet, words),
        storage=_storage(worksheet, words),
        reminders=tuple(
            words.finding(each) for each in worksheet.findings if each.code.startswith("reminder.")
        ),
        remarks=in_order(remark_of_finding(each, words) for each in worksheet.findings),
    )


def bag_contents(worksheet: Worksheet, words: Words) -> BagContents:
    """The layers in the order in which they go in; the two salines named in full."""
    bag = worksheet.bag
    last = len(worksheet.ingredients) - 1
    layers = tuple(
        Layer(
            kind=each.kind.value,
            volume=each.volume.value,
            volume_text=each.volume.text,
            words=words(
                "ui.worksheet.layer",
                name=words(f"ui.worksheet.ingredient.{each.kind.value}"),
                place=words(f"ui.worksheet.place.{_PLACES[3 if at == last else at]}"),
            ),
        )
        for at, each in enumerate(worksheet.ingredients)
    )
    return BagContents(
        layers=layers,
        infuse=bag.volume_to_infuse.value,
        infuse_lines=(bag.volume_to_infuse.text, words("ui.worksheet.infuse")),
        overfill=bag.overfill.value,
        overfill_lines=(bag.overfill.text, *_at_the_end("overfill", worksheet, words).splitlines()),
        closing=words("ui.worksheet.to-scale"),
    )


def dose_view(worksheet: Worksheet, words: Words) -> DoseView:
    """Both ways to the dose with their working."""
    check, dose = worksheet.dose_check, worksheet.bag.dose
    difference = two_decimals(check.delivered.value - dose.value)
    values = {
        "difference": signed(plain(difference)),
        "deviation": signed(plain(two_decimals(check.deviation_percent))),
        "limit": plain(check.limit_percent),
    }
    verdict = words("ui.worksheet.they-agree" if check.agrees else "ui.worksheet.they-differ", **values)
    return DoseView(
        check.agrees,
        verdict,
        _table_way(worksheet, words),
        _principles_way(worksheet, words),
        None if check.agrees else 0,
    )


def signed(number: str) -> str:
    """With a sign that is seen: `+0.14`, `–1.8`, and `0` without one."""
    if number == "0":
        return number
    return f"–{number[1:]}" if number.startswith("-") else f"+{number}"


def _strip(worksheet: Worksheet, words: Words) -> tuple[StripItem, ...]:
    bag = worksheet.bag
    days = bag.last_day - bag.first_day + 1
    vials = "one-vial" if bag.recipe.vials == 1 else "vials"
    elapsed = bag.elapsed.text
    runs = "ui.worksheet.one-day" if days == 1 else "ui.worksheet.days"
    return (
        StripItem(
            words("ui.worksheet.dose"),
            bag.dose.text,
            words("ui.worksheet.over", amount=bag.ordered.text, elapsed=elapsed),
        ),
        StripItem(
            words("ui.worksheet.draw-up"),
            bag.recipe.drug.text,
            words(f"ui.worksheet.from-{vials}", vials=str(bag.recipe.vials)),
        ),
        StripItem(words("ui.worksheet.rate"), bag.rate.text, words("ui.worksheet.one-rate")),
        StripItem(words("ui.worksheet.runs"), elapsed, words(runs, days=str(days))),
    )


def _table_way(worksheet: Worksheet, words: Words) -> WayView:
    bag = worksheet.bag
    recipe = bag.recipe
    others = [each.volume.number for each in recipe.ingredients if each.kind is not IngredientKind.DRUG]
    row = words("ui.worksheet.table-row", duration=str(bag.duration_h), dose=recipe.dose.text)
    return WayView(
        title=words("ui.worksheet.table-title"),
        rows=(
            (row, recipe.drug.text),
            (words(f"ui.worksheet.without-drug.{recipe.diluent.value}"), f"{' + '.join(others)} mL"),
            (words("ui.worksheet.rate"), recipe.rate.text),
        ),
        remark=_marks(worksheet, words),
        result=recipe.dose.text,
        below=words("ui.worksheet.ordered"),
    )


def _marks(worksheet: Worksheet, words: Words) -> str:
    """Each figure of the row with its own mark."""
    protocol, recipe = worksheet.plan.protocol, worksheet.bag.recipe
    rate = protocol.figure(f"bag.{recipe.duration_h}h.rate")
    marked = [
        (words(f"ui.worksheet.marked.{each.kind.value}"), protocol.ingredient_figure(recipe, each.kind))
        for each in sorted(recipe.ingredients, key=lambda each: each.kind is not IngredientKind.DRUG)
    ]
    marked.append((words("ui.worksheet.marked.rate"), rate))
    return words(
        "ui.worksheet.marks",
        marked=", ".join(f"{name} {words(f'ui.worksheet.mark.{each.mark.value}')}" for name, each in marked),
    )


def _principles_way(worksheet: Worksheet, words: Words) -> WayView:
    check, dose = worksheet.dose_check, worksheet.bag.dose
    low, high = (
        DoseRate(dose.value * (_HUNDRED + sign * check.limit_percent) / _HUNDRED) for sign in (-1, 1)
    )
    return WayView(
        title=words("ui.worksheet.principles-title"),
        rows=tuple((line.left, line.right) for line in worksheet.working),
        remark=words(
            "ui.worksheet.allowed",
            low=low.number,
            high=high.text,
            limit=plain(check.limit_percent),
            drug=plain(two_decimals(check.first_principles_drug.value)),
        ),
        result=f"{two_decimals(check.delivered.value)} mcg/day",
        below=words("ui.worksheet.delivered"),
    )


def _at_the_end(code: str, worksheet: Worksheet, words: Words) -> str:
    """The words for the end of the cycle where this bag is the last, else for a change."""
    return words(f"ui.worksheet.{code}-last" if worksheet.is_last else f"ui.worksheet.{code}")


def _times(worksheet: Worksheet, words: Words, pharmacy_zone: str) -> Rows:
    rows: list[tuple[str, str]] = []
    end = "ends" if worksheet.is_last else "change"
    for code, moment in (("hang", worksheet.bag.start_at), (end, worksheet.bag.change_at)):
        rows.append((words(f"ui.worksheet.{code}"), moment_text(moment)))
        there = at_the_pharmacy(moment, pharmacy_zone)
        if there:
            rows.append((words("ui.worksheet.at-the-pharmacy"), there))
    return tuple(rows)


def _times_title(worksheet: Worksheet, words: Words) -> str:
    """With the offset from UTC, once where both times share it."""
    hang, change = offset_text(worksheet.bag.start_at), offset_text(worksheet.bag.change_at)
    if hang == change:
        return words("ui.worksheet.times", offset=hang)
    code = "times-two-last" if worksheet.is_last else "times-two"
    return words(f"ui.worksheet.{code}", hang=hang, change=change)


def _steps(worksheet: Worksheet, words: Words) -> tuple[str, ...]:
    return tuple(_step(each, worksheet, words) for each in worksheet.steps)


def _step(step: MixingStep, worksheet: Worksheet, words: Words) -> str:
    recipe, water = worksheet.bag.recipe, worksheet.plan.protocol.figure("vial.water").value
    values = {"vials": str(recipe.vials), "water": water, "total": recipe.bag_volume.text}
    if step.ingredient is not None:
        name = words(f"ui.worksheet.ingredient.{step.ingredient.kind.value}")
        values |= {"volume": step.ingredient.volume.text, "name": name}
    return words(f"ui.worksheet.step.{step.code}", **values)


def _limits(worksheet: Worksheet, words: Words) -> Rows:
    """The limits on the time before hanging; a training pharmacy's own are examples."""
    rows = []
    for each in worksheet.limits:
        name = words(each.code)
        if each.source is Mark.SITE and worksheet.example_limits:
            name = words("ui.worksheet.training-example", limit=name)
        rows.append((name, each.limit.text))
    return tuple(rows)


def _storage(worksheet: Worksheet, words: Words) -> tuple[str, ...]:
    protocol = worksheet.plan.protocol
    low, high = protocol.figure("storage.minimum").value, protocol.figure("storage.maximum").value
    texts = [words("ui.worksheet.storage", low=low, high=high, limit=worksheet.room_limit.text)]
    if worksheet.straight_from_refrigerator:
        texts.append(words("ui.worksheet.straight-from-refrigerator"))
    if worksheet.bag.line_change:
        texts.append(words("ui.worksheet.new-set"))
    if worksheet.bag.recipe.filter is FilterRule.NONE:
        texts.append(words("ui.worksheet.no-filter"))
    return tuple(texts)
