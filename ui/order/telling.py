"""From what is known about an order to what the page shows, in words. Pure; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import offset_text, time_text
from pharmacy_app.domain.course import last_cycle
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.order import in_capitals
from pharmacy_app.workflow.unit_of_work import StoredOrder
from ui.dates import short_moment_text
from ui.order.asked import asked_by_draft, asked_by_plan
from ui.order.draft import FORM_FIELDS, Draft, form_field
from ui.order.state import REMINDER, FormState, OnFile, current_findings
from ui.order.view import FormView, OrderRow, OrdersView
from ui.remarks import Remark, remark_of_finding, remark_of_refusal

if TYPE_CHECKING:
    from ui.words import Words

LAST_CYCLE_SHOWN = 9


def orders_view(on_file: OnFile | None, *, draft: Draft | None, typing: bool, words: Words) -> OrdersView:
    """The list, with the draft on top. `on_file` is None until the file has answered."""
    rows = [] if draft is None else [_draft_row(draft, words)]
    stored = None if on_file is None else on_file.stored
    for each in stored or ():
        accepted = on_file is not None and each.order.order_number in on_file.accepted
        rows.append(_stored_row(each, words, accepted=accepted))
    return OrdersView(
        rows=tuple(rows),
        chosen=0 if typing else None,
        form=None,
        first_start=stored == () and draft is None,
        count=words("ui.orders.count", count=str(len(stored))) if stored else "",
    )


def _draft_row(draft: Draft, words: Words) -> OrderRow:
    family, given = draft.text("patient.family_name"), draft.text("patient.given_names")
    name = ", ".join(part for part in (in_capitals(family), given) if part)
    return OrderRow(
        order_number=draft.text("order_number"),
        name=name or words("ui.orders.no-name"),
        course=_course(draft.choice("indication"), draft.choice("cycle"), words),
        state=words("ui.orders.being-typed"),
        start="",
        typing=True,
    )


def _course(indication: str | None, cycle: str | None, words: Words) -> str:
    parts = []
    if indication:
        parts.append(words(f"ui.orders.indication-short.{indication}"))
    if cycle:
        parts.append(words("ui.orders.cycle-number", cycle=cycle))
    return " · ".join(parts)


def _stored_row(stored: StoredOrder, words: Words, *, accepted: bool) -> OrderRow:
    order = stored.order
    return OrderRow(
        order_number=order.order_number,
        name=order.patient.display_name,
        course=_course(order.indication, str(order.cycle), words),
        state=words("ui.orders.accepted" if accepted else "ui.orders.saved"),
        start=short_moment_text(order.start_at),
        typing=False,
        accepted=accepted,
    )


def form_view(state: FormState, words: Words) -> FormView:
    """Everything beside and inside the form."""
    if state.stored is not None:
        return _stored_form(state, state.stored, words)
    remarks = _remarks(state, words)
    shown = {name: each for name, each in remarks.items() if name in state.touched or name == ""}
    refused = [name for name in FORM_FIELDS if _has(remarks.get(name, ()), Severity.STOP)]
    missing = [name for name in FORM_FIELDS if _is_missing(name, state) or _hidden(name, refused, state)]
    visible = [name for name in refused if name not in missing]
    waiting = _fields_waiting_for_reasons(remarks, state) if state.may.give_reasons else []
    general = _general(state, words)
    stops = len(visible) + sum(each.severity is Severity.STOP for each in general)
    why_not = _why_not(state, words, open_points=len(missing) + stops + len(waiting))
    return FormView(
        title=_title(state.draft, words),
        state=words("ui.orders.being-typed-state"),
        locked=state.saving,
        draft=state.draft,
        remarks={name: each for name, each in shown.items() if name},
        general=general,
        asked=asked_by_draft(state, words),
        struck_cycles=_struck_cycles(state),
        indication_words=_indication_words(state.draft, words),
        to_fill_in=len(missing),
        refusals=stops,
        reasons=len(waiting),
        next_to_fill_in=missing[0] if missing else "",
        next_refusal=visible[0] if visible else "",
        next_reason=waiting[0] if waiting else "",
        may_save=not why_not,
        why_not=why_not,
        accepts=state.may.accept,
    )


def _hidden(name: str, refused: Sequence[str], state: FormState) -> bool:
    # Refused, but the keyboard is still there: it counts as not yet filled in.
    return name in refused and name not in state.touched


def _is_missing(name: str, state: FormState) -> bool:
    return state.reading is not None and name in state.reading.missing and name not in state.touched


def _has(remarks: Sequence[Remark], severity: Severity) -> bool:
    return any(each.severity is severity for each in remarks)


def _remarks(state: FormState, words: Words) -> dict[str, tuple[Remark, ...]]:
    found: dict[str, list[Remark]] = {}
    reading = state.reading
    if reading is not None:
        for refusal in reading.refusals:
            found.setdefault(form_field(refusal.field), []).append(remark_of_refusal(refusal, words))
        for name in reading.missing:
            found.setdefault(name, []).append(_not_answered(name, words))
    for finding in current_findings(state):
        name = form_field(finding.field)
        if name and not finding.code.startswith(REMINDER):
            remark = remark_of_finding(finding, words)
            if finding.severity is Severity.REASON and not state.may.give_reasons:
                remark = replace(remark, sentence=f"{remark.sentence} {words('ui.orders.reason-later')}")
            found.setdefault(name, []).append(remark)
    return {name: tuple(each) for name, each in found.items()}


def _not_answered(name: str, words: Words) -> Remark:
    code = "ui.orders.not-answered"
    return Remark(code, Severity.STOP, words("ui.finding.stop"), words(code), name)


def _general(state: FormState, words: Words) -> tuple[Remark, ...]:
    return tuple(
        remark_of_finding(each, words)
        for each in current_findings(state)
        if not form_field(each.field)
        and not each.code.startswith(REMINDER)
        and each.severity is not Severity.NOTE
    )


def _fields_waiting_for_reasons(remarks: Mapping[str, tuple[Remark, ...]], state: FormState) -> list[str]:
    return [
        name
        for name in FORM_FIELDS
        for remark in remarks.get(name, ())
        if remark.severity is Severity.REASON and not state.reasons.get(remark.code, "").strip()
    ]


def _why_not(state: FormState, words: Words, *, open_points: int) -> str:
    if state.saving:
        return words("ui.orders.saving")
    if open_points:
        return words("ui.orders.opens-when-settled")
    if state.check is None or state.reading is None or state.check.reading.draft != state.draft:
        return words("ui.orders.checking")
    if state.reading.order is None or any(each.severity is Severity.STOP for each in state.check.findings):
        return words("ui.orders.opens-when-settled")
    return ""


def _title(draft: Draft, words: Words) -> str:
    number = draft.text("order_number")
    return words("ui.orders.order", number=number) if number else words("ui.orders.new-order")


def _indication_words(draft: Draft, words: Words) -> str:
    indication = draft.choice("indication")
    return words(f"ui.orders.indication-full.{indication}") if indication else ""


def _struck_cycles(state: FormState) -> frozenset[str]:
    indication = state.draft.choice("indication")
    if not indication:
        return frozenset()
    last = last_cycle(indication, state.desk.protocol)
    return frozenset(str(cycle) for cycle in range(last + 1, LAST_CYCLE_SHOWN + 1))


def _stored_form(state: FormState, stored: StoredOrder, words: Words) -> FormView:
    stored_at = stored.stored_at.astimezone(ZoneInfo(state.desk.site.time_zone))
    saved = words("ui.orders.saved-at", moment=time_text(stored_at), offset=offset_text(stored_at))
    whose = "on-file" if state.accepted else "to-accept" if state.may.accept else "pharmacist-accepts"
    return FormView(
        title=_title(state.draft, words),
        state=words("ui.orders.and-accepted", saved=saved) if state.accepted else saved,
        general=tuple(remark_of_finding(each, words) for each in state.refused_when_saving),
        may_be_accepted=state.may.accept and not state.accepted,
        may_add_weight=state.accepted,
        on_file_note=words(f"ui.orders.{whose}"),
        locked=True,
        draft=state.draft,
        asked=asked_by_plan(state.plan, words),
        struck_cycles=_struck_cycles(state),
        indication_words=_indication_words(state.draft, words),
    )
