"""What the stop screen says. Knows no Qt."""

from __future__ import annotations

from datetime import datetime

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.product import Product
from pharmacy_app.domain.scan import ProductScan
from pharmacy_app.workflow.bench_scan import ScanStopped
from pharmacy_app.workflow.workbench import Workbench
from ui.bench.bag import next_unit, step_name
from ui.bench.view import StopView
from ui.words import Words

AT_THE_FIELD = (
    "measure.nothing-read",
    "measure.not-above-zero",
    "measure.more-than-it-holds",
    "measure.between-the-lines",
    "measure.no-such-instrument",
    "mix.fill-not-known",
    "measure.fill-differs",
    "measure.fill-reading",
    "bench.reason-missing",
)


OF_OLD_VIALS = ("measure.vials-too-old", "measure.vials-clock")


def belongs_to_a_field(refusal: RulesRefused) -> bool:
    """Whether it is about what was typed, so that it is said there and the page stays."""
    return all(each.code in AT_THE_FIELD for each in _stops(refusal))


def stop_view(refusal: RulesRefused, bench: Workbench, *, at: datetime, words: Words) -> StopView:
    """The stop that fills the page: the first finding large, every other one under it."""
    stops = _stops(refusal)
    sentences = [words.finding(each) for each in stops]
    scanned = refusal.scanned if isinstance(refusal, ScanStopped) else None
    product = refusal.product if isinstance(refusal, ScanStopped) else None
    is_scan = isinstance(refusal, ScanStopped)
    stage = "scan" if is_scan else "volume"
    if any(each.code in OF_OLD_VIALS for each in stops):
        stage = "vials"  # neither another scan nor another volume leads on
    return StopView(
        sentence=sentences[0],
        others=(*sentences[1:], *(words.finding(each) for each in refusal.findings if each not in stops)),
        scanned=_scanned(scanned, product, words) if is_scan else words("ui.bench.you-typed"),
        scanned_lines=_scanned_lines(scanned, words),
        needs=words("ui.bench.new-vials") if stage == "vials" else _needs(bench, words),
        needs_lines=() if stage == "vials" else _needs_lines(bench, words),
        to_do=tuple(words(f"ui.bench.stop-{stage}-{n}") for n in ("first", "then")),
        why=tuple(dict.fromkeys(_why(each, words) for each in stops)),
        recorded=words("ui.bench.recorded", time=f"{at:%H:%M:%S}"),
        hint=words(f"ui.bench.on-after-{stage}"),
        leads_back=stage != "scan",
    )


def _stops(refusal: RulesRefused) -> list[Finding]:
    return [each for each in refusal.findings if each.severity is Severity.STOP]


def _why(each: Finding, words: Words) -> str:
    return words("ui.finding.rule", requirement=each.requirement, source=words.source(each.source))


def _scanned(scanned: ProductScan | None, product: Product | None, words: Words) -> str:
    if product is not None:
        return product.name
    return words("ui.bench.a-bag-code") if scanned is None else scanned.code


def _scanned_lines(scanned: ProductScan | None, words: Words) -> tuple[str, ...]:
    if scanned is None:
        return ()
    expires = "" if scanned.expires_on is None else date_text(scanned.expires_on)
    parts = {"lot": scanned.lot, "expires": expires, "serial": scanned.unit_serial}
    return tuple(words(f"ui.bench.scanned-{name}", text=text) for name, text in parts.items() if text)


def _needs(bench: Workbench, words: Words) -> str:
    progress = bench.progress
    if progress.step is None:
        return words("ui.bench.nothing-needed")
    if progress.tag_missing:
        return words("ui.bench.tag-of", serial=shown_serial(bench.bag.serial))
    if progress.missing:
        return next_unit(bench, words)
    return step_name(progress.step, words)


def _needs_lines(bench: Workbench, words: Words) -> tuple[str, ...]:
    step = bench.progress.step
    if step is None or step.ingredient is None:
        return ()
    values = {"volume": step.ingredient.volume.text, "hours": str(bench.recipe.duration_h)}
    return (words("ui.bench.for-a-bag", **values),)
