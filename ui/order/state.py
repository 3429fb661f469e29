"""What the presenter knows of the order that is shown. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.unit_of_work import StoredOrder
from ui.order.check import Check, Reading
from ui.order.draft import Draft, form_field

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk

REMINDER = "reminder."


@dataclass(frozen=True, slots=True)
class OnFile:
    """The orders on file, newest start first, and the numbers of those that are accepted as they stand."""

    stored: tuple[StoredOrder, ...]
    accepted: frozenset[str]


def orders_on_file(desk: Desk) -> OnFile:
    """What the list shows; asked on the gateway's thread."""
    return OnFile(desk.orders(), desk.accepted_orders())


@dataclass(frozen=True, slots=True)
class May:
    """What the person whose page this is may do. Saving by somebody who accepts is accepting too."""

    accept: bool = False
    give_reasons: bool = False


def may_of(desk: Desk) -> May:
    """Of whoever works here now; a page is one person's for good."""
    people = desk.people
    return May(people.may(Permission.ACCEPT_ORDER), people.may(Permission.GIVE_REASON))


@dataclass(frozen=True, slots=True)
class FormState:
    """What the presenter knows: a draft with its reading and check, or an order on file."""

    draft: Draft
    desk: Desk
    reading: Reading | None = None
    check: Check | None = None
    touched: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    refused_when_saving: tuple[Finding, ...] = ()
    saving: bool = False
    stored: StoredOrder | None = None
    plan: Plan | None = None
    accepted: bool = False
    may: May = May()


def current_findings(state: FormState) -> tuple[Finding, ...]:
    """The check's, as long as what each rests on has not been retyped; then those of the refused saving."""
    if state.check is None or state.reading is None:
        return ()
    before, now = state.check.reading, state.reading
    if before.draft == now.draft:
        return state.check.findings + _only_new(state.refused_when_saving, state.check.findings)
    still = now.readable
    return tuple(each for each in state.check.findings if form_field(each.field) in still)


def _only_new(findings: Sequence[Finding], known: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each not in known)
