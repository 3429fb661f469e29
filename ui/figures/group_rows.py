"""One group of figures as the page shows it: rows, progress, signatures, whether it may be signed. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import time_text
from pharmacy_app.domain.commissioning import check_readable
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.figure_group import TEXTS_DIFFER, mark_of, program_value
from pharmacy_app.domain.figure_value import FigureKind, choices_of, kind_of
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.protocol import Figure
from pharmacy_app.domain.quantity import HOURS_PER_DAY, plain
from pharmacy_app.domain.site import PrimedBy
from pharmacy_app.domain.site_figure import SiteFigure, SiteKind
from pharmacy_app.workflow.commissioning_on_file import GroupOnFile, Overview
from ui.figures.names import choice_word, figure_name, group_title, row_name, unset_text, value_text
from ui.figures.view import FigureRow, GroupView, InputKind
from ui.remarks import Remark, remark_of_refusal
from ui.words import Words


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a field and is not on file: on its way there, or refused."""

    text: str
    refusal: InputRefused | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person is with some figures."""

    same: int
    differs: int
    to_do: int

    @property
    def done(self) -> int:
        """Typed, right or not."""
        return self.same + self.differs


def progress_of(group: GroupOnFile) -> Progress:
    """How far the person is with a group. A figure of the site that may stay unset is never still to do."""
    differs = sum(bool(check_readable(each, group.typed[each.name])) for each in _typed(group))
    to_do = sum(
        each.name not in group.typed and not (isinstance(each, SiteFigure) and not each.required)
        for each in group.group.figures
    )
    return Progress(len(_typed(group)) - differs, differs, to_do)


def _typed(group: GroupOnFile) -> list[Figure | SiteFigure]:
    return [each for each in group.group.figures if each.name in group.typed]


def progress_text(progress: Progress, every: int, words: Words) -> str:
    """`41 of 58 figures agree · 1 differs · 16 to do`."""
    parts = [words("ui.figures.progress", same=str(progress.same), all=str(every))]
    if progress.differs:
        code = "ui.figures.progress-differs-one" if progress.differs == 1 else "ui.figures.progress-differs"
        parts.append(words(code, count=str(progress.differs)))
    if progress.to_do:
        parts.append(words("ui.figures.progress-to-do", count=str(progress.to_do)))
    return " · ".join(parts)


def group_view(
    group: GroupOnFile, drafts: Mapping[str, Draft], overview: Overview, words: Words, *, zone: ZoneInfo
) -> GroupView:
    """The group with what stands in its fields."""
    of_site, progress = group.group.of_site, progress_of(group)
    typed = "ui.figures.set-column" if of_site else "ui.figures.typed-column"
    known = "ui.figures.site-column" if of_site else "ui.figures.program-column"
    every = len(group.group.figures)
    return GroupView(
        key=group.group.name,
        title=group_title(group.group.name, words),
        columns=(words("ui.figures.figure-column"), words(known), words(typed)),
        rows=tuple(
            _row(each, group, drafts.get(each.name), overview=overview, words=words)
            for each in group.group.figures
        ),
        progress=words("ui.figures.site-progress", done=str(progress.done), all=str(every))
        if of_site
        else progress_text(progress, every, words),
        signatures=_signatures(group, words, zone),
        meaning=words("ui.figures.sign-meaning"),
        sign_word=words("ui.figures.sign"),
        may_type=overview.may_commission,
        why_not=_why_not_sign(group, progress, drafts, overview=overview, words=words),
    )


def _row(
    figure: Figure | SiteFigure, group: GroupOnFile, draft: Draft | None, *, overview: Overview, words: Words
) -> FigureRow:
    kept = group.typed.get(figure.name)
    refused = draft.refusal if draft else None
    verdict, tone, remarks = ("", "", ()) if draft else _verdict(figure, group, words)
    if refused is not None:
        remarks = (remark_of_refusal(refused, words),)
    kind, options = input_of(figure, words)
    return FigureRow(
        name=figure.name,
        caption=row_name(figure.name, words),
        note=_note(figure, kept, words),
        program=_known(figure, kept, overview, words),
        unit=figure.unit,
        kind=kind,
        options=options,
        example=_example(figure, words),
        text=draft.text if draft else kept or "",
        verdict=verdict,
        tone=tone,
        remarks=remarks,
    )


def _known(figure: Figure | SiteFigure, kept: str | None, overview: Overview, words: Words) -> str | None:
    """The program's value once something is typed; for a figure of the site what is in force."""
    program = program_value(figure)
    if program is not None:
        return None if kept is None else value_text(figure, program, words)
    agreed = overview.agreed.get(figure.name)
    if agreed:
        return value_text(figure, agreed, words)
    return words("ui.figures.example" if figure.name in overview.examples else "ui.figures.not-in-force")


def _verdict(
    figure: Figure | SiteFigure, group: GroupOnFile, words: Words
) -> tuple[str, str, tuple[Remark, ...]]:
    differs = words("ui.figures.differs-word")
    if figure.name in group.differing:
        return (
            differs,
            "stop",
            (_differs("commissioning.site-differs", words("ui.figures.site-differs"), words),),
        )
    kept = group.typed.get(figure.name)
    if kept is None:
        return "", "", ()
    program = program_value(figure)
    if program is None:
        return words("ui.figures.kept"), "note", ()
    if not check_readable(figure, kept):
        return words("ui.figures.same"), "done", ()
    sentence = words(
        "ui.figures.differs",
        figure=figure_name(figure.name, words),
        program=value_text(figure, program, words),
        typed=value_text(figure, kept, words),
    )
    return differs, "stop", (_differs("commissioning.differs", sentence, words),)


def _differs(code: str, sentence: str, words: Words) -> Remark:
    return Remark(code, Severity.STOP, words("ui.finding.stop"), sentence)


def _note(figure: Figure | SiteFigure, kept: str | None, words: Words) -> str:
    if isinstance(figure, SiteFigure):
        if figure.required:
            return words("ui.figures.required")
        return "" if kept else unset_text(figure, words)
    if figure.name in TEXTS_DIFFER:
        days = words("ui.figures.days", count=plain(Decimal(figure.value) / HOURS_PER_DAY))
        return words(
            "ui.figures.two-texts", hours=f"{figure.value} {figure.unit}", days=days, source=figure.source
        )
    return source_text(figure, words)


def source_text(figure: Figure, words: Words) -> str:
    """The mark and the source in words, each said once."""
    mark = words(f"ui.figures.mark.{mark_of(figure).value}")
    said = figure.source.lower().startswith(mark)
    return figure.source if said else words("ui.figures.source", mark=mark, source=figure.source)


def input_of(figure: Figure | SiteFigure, words: Words) -> tuple[InputKind, tuple[tuple[str, str], ...]]:
    """How a figure is given, and from which names."""
    if isinstance(figure, SiteFigure):
        if figure.kind is not SiteKind.PRIMED_BY:
            return InputKind.LINE, ()
        return InputKind.ONE, tuple((each.value, choice_word(each.value, words)) for each in PrimedBy)
    options = tuple((each, choice_word(each, words)) for each in choices_of(figure.name))
    match kind_of(figure.name):
        case FigureKind.NUMBER | FigureKind.NUMBERS:
            return InputKind.LINE, ()
        case FigureKind.NAME:
            return InputKind.ONE, options
        case FigureKind.NAMES:
            return InputKind.MANY, options
        case FigureKind.NAMES_IN_ORDER:
            return InputKind.IN_ORDER, options


def _example(figure: Figure | SiteFigure, words: Words) -> str:
    """How a list is written, where one is typed."""
    if isinstance(figure, SiteFigure):
        code = {SiteKind.SYRINGES: "syringes-example", SiteKind.PUMP: "pump-example"}.get(figure.kind)
        return words(f"ui.figures.{code}") if code else ""
    return words("ui.figures.list-example") if kind_of(figure.name) is FigureKind.NUMBERS else ""


def _signatures(group: GroupOnFile, words: Words, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    found = [("done", _signed(each.display_name, each.at, own=each.own, words=words, zone=zone))
             for each in group.signatures]  # fmt: skip
    if not found:
        return (("note", words("ui.figures.nobody-signed")),)
    if len(found) == 1:
        found.append(("note", words("ui.figures.second-waits")))
    return tuple(found)


def _signed(name: str, at: datetime, *, own: bool, words: Words, zone: ZoneInfo) -> str:
    time = time_text(at.astimezone(zone))
    return (
        words("ui.figures.signed-by-you", at=time)
        if own
        else words("ui.figures.signed-by", name=name, at=time)
    )


def _why_not_sign(
    group: GroupOnFile, progress: Progress, drafts: Mapping[str, Draft], *, overview: Overview, words: Words
) -> str:
    if not overview.may_commission:
        return words("ui.figures.not-yours")
    refused = any(each.refusal for name, each in drafts.items() if name in group.group.names)
    if progress.differs or refused:
        return words("ui.figures.differs-line")
    if progress.to_do:
        return words("ui.figures.not-typed-line", missing=str(progress.to_do))
    return words("ui.figures.signed-already") if group.signed else ""
