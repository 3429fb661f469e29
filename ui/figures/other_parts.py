"""The parts of the Figures page beside the groups: opening for patients, open bags, two revisions. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pharmacy_app.domain.clock import date_text, time_text
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.plan import PlannedBag
from pharmacy_app.domain.protocol import Figure, Protocol
from pharmacy_app.domain.revision import FigureDifference
from pharmacy_app.workflow.commissioning_on_file import Overview
from pharmacy_app.workflow.open_bags import OpenBag
from ui.figures.group_rows import source_text
from ui.figures.names import figure_name, group_title, value_text
from ui.figures.view import BagRow, OpeningView, RevisionRow, RevisionsView
from ui.remarks import Remark, remark_of_refusal
from ui.words import Words


def opening_view(overview: Overview, words: Words, *, when: Callable[[datetime], datetime]) -> OpeningView:
    """Whether the installation is open, what keeps it from being opened, and who may."""
    opened = overview.opened
    since = ""
    if opened is not None and overview.commissioned:
        names = {"first": opened.first, "second": opened.second}
        since = words("ui.figures.opening.since", **names, at=time_text(when(opened.at)))
    waiting = not overview.commissioned
    stopped = tuple(each for each in overview.bags if each.must_be_listed)
    ready = words("ui.figures.opening.ready") if waiting and not overview.stops else ""
    return OpeningView(
        sentence=words(f"ui.figures.opening.{_standing(overview)}"),
        since=since,
        explained=words("ui.figures.opening.explained") if waiting else "",
        remarks=tuple(_stop(each, words) for each in overview.stops) if waiting else (),
        ready=ready,
        bags=tuple(words("ui.figures.bags.serial", serial=_serial(each.serial)) for each in stopped)
        if waiting
        else (),
        serials=tuple(each.serial for each in stopped),
        asks=waiting and overview.may_open and not overview.stops,
        why_not=_why_not_open(overview, words) if waiting else "",
    )


def _standing(overview: Overview) -> str:
    if overview.commissioned:
        return "patients"
    return "training" if overview.training else "waits"


def _why_not_open(overview: Overview, words: Words) -> str:
    if not overview.may_open:
        return words("ui.figures.opening.not-yours")
    return words("ui.figures.opening.why-not") if overview.stops else ""


def _stop(found: Finding, words: Words) -> Remark:
    values = dict(found.values)
    match found.code:
        case "commissioning.group-not-agreed":
            group = group_title(values["group"], words)
            signed, needed = values["signed"], values["needed"]
            sentence = words("ui.figures.opening.group", group=group, signed=signed, needed=needed)
        case "commissioning.site-not-set":
            sentence = words("ui.figures.opening.site", figure=figure_name(values["figure"], words))
        case _:  # somebody else's value is not told
            sentence = words("ui.figures.opening.differs", figure=figure_name(values["figure"], words))
    return Remark(found.code, Severity.STOP, words("ui.finding.stop"), sentence)


def bag_rows(overview: Overview, words: Words) -> tuple[BagRow, ...]:
    """Every open bag that was made after another revision."""
    return tuple(
        _bag_row(each, overview.replacements.get(each.serial), overview, words) for each in overview.bags
    )


def _bag_row(bag: OpenBag, replaced: PlannedBag | None, overview: Overview, words: Words) -> BagRow:
    started = bag.bag.started
    sentence, tone = _bag_sentence(bag, words)
    return BagRow(
        serial=bag.serial,
        title=words("ui.figures.bags.serial", serial=_serial(bag.serial)),
        order=words("ui.figures.bags.order", order=started.order_number, number=str(started.bag_number)),
        tone=tone,
        sentence=sentence,
        lines=_bag_lines(bag, replaced, overview.file, words) if bag.must_be_listed else (),
        may_release=bag.goes_on
        and not bag.hangs
        and not bag.released_again
        and overview.commissioned
        and overview.may_commission,
    )


def _bag_sentence(bag: OpenBag, words: Words) -> tuple[str, str]:
    if bag.hangs:
        return words("ui.figures.bags.hangs"), "note"
    if bag.released_again:
        return words("ui.figures.bags.gone-on"), "done"
    if bag.goes_on:
        return words("ui.figures.bags.same"), "reason"
    if bag.differences is None:
        return words("ui.figures.bags.not-known"), "stop"
    figures = ", ".join(figure_name(each.name, words) for each in bag.differences)
    return words("ui.figures.bags.differs", figures=figures), "stop"


def _bag_lines(bag: OpenBag, replaced: PlannedBag | None, file: Protocol, words: Words) -> tuple[str, ...]:
    lines = []
    for each in bag.differences or ():
        figure = file.figures.get(each.name)
        old, new = (
            (each.old, each.new)
            if figure is None
            else (value_text(figure, text, words) if text else words("ui.figures.revisions.missing")
                  for text in (each.old, each.new))
        )  # fmt: skip
        name = figure_name(each.name, words)
        lines.append(words("ui.figures.bags.difference", figure=name, old=old, new=new))
    if replaced is None:
        return (*lines, words("ui.figures.bags.no-replacement"))
    vials = replaced.recipe.vials
    counted = (
        words("ui.figures.bags.one-vial") if vials == 1 else words("ui.figures.bags.vials", count=str(vials))
    )
    drug, rate = replaced.recipe.drug.text, replaced.recipe.rate.text
    return (*lines, words("ui.figures.bags.replaced", drug=drug, vials=counted, rate=rate))


def _serial(serial: str) -> str:
    """As people read it: `261026 0317`."""
    return f"{serial[:6]} {serial[6:]}"


def revisions_view(
    file: Protocol,
    compared: tuple[Protocol, tuple[FigureDifference, ...]] | None,
    refused: InputRefused | None,
    words: Words,
) -> RevisionsView:
    """Two revisions side by side, once a file was chosen."""
    if compared is None:
        remarks = () if refused is None else (remark_of_refusal(refused, words),)
        return RevisionsView(("", ""), words("ui.figures.revisions.explained"), (), remarks)
    other, found = compared
    count = len(found)
    code = "same" if not count else "count-one" if count == 1 else "count"
    return RevisionsView(
        headings=(_heading("in-use", file, words), _heading("in-file", other, words)),
        sentence=words(f"ui.figures.revisions.{code}", **({"count": str(count)} if count > 1 else {})),
        rows=tuple(_revision_row(each, words) for each in found),
        remarks=(),
    )


def _heading(code: str, protocol: Protocol, words: Words) -> str:
    monograph, revision = date_text(protocol.monograph), str(protocol.revision)
    named = words("ui.figures.revisions.revision", monograph=monograph, revision=revision)
    return f"{words(f'ui.figures.revisions.{code}')} · {named}"


def _revision_row(each: FigureDifference, words: Words) -> RevisionRow:
    old, old_source = _side(each.old, words)
    new, new_source = _side(each.new, words)
    return RevisionRow(figure_name(each.name, words), old, old_source, new, new_source)


def _side(figure: Figure | None, words: Words) -> tuple[str, str]:
    if figure is None:
        return words("ui.figures.revisions.missing"), ""
    return value_text(figure, figure.value, words), source_text(figure, words)
