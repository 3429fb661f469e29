"""`order add|list|show`: orders on file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.cli.answer import Answer, code_of, findings_document, findings_text, refused
from pharmacy_app.cli.documents import moment
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.order_document import order_document
from pharmacy_app.intake.order_json import read_order_file
from pharmacy_app.intake.strict_json import shortened

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.unit_of_work import StoredOrder


def add(desk: Desk, order_file: Path, tools: Tools) -> Answer:
    """Keep the order in a file; the same order twice is kept once. Its reasons stay open."""
    order = read_order_file(order_file, desk.protocol)
    found = desk.check_order(order)
    try:
        desk.keep_order(order, None)
    except RulesRefused as refusal:
        return refused(refusal.findings, tools.words)
    document: dict[str, object] = {
        "order_number": order.order_number,
        "findings": findings_document(found, tools.words),
    }
    lines = [tools.words("cli.order-added", order=order.order_number), *findings_text(found, tools.words)]
    return Answer(code_of(found), document, "\n".join(lines))


def list_orders(desk: Desk, tools: Tools) -> Answer:
    """Every order on file, newest start first."""
    stored = desk.orders()
    document: dict[str, object] = {"orders": [_row(each) for each in stored], "findings": []}
    lines = [_line(each) for each in stored] or [tools.words("cli.no-orders")]
    return Answer(0, document, "\n".join(lines))


def show(desk: Desk, order_number: str) -> Answer:
    """One order on file."""
    for stored in desk.orders():
        if stored.order.order_number == order_number:
            document: dict[str, object] = {
                "order": order_document(stored.order),
                "stored_at": moment(stored.stored_at),
                "reasons": dict(stored.reasons),
                "findings": [],
            }
            reasons = [f"{code}: {reason}" for code, reason in stored.reasons]
            return Answer(0, document, "\n".join([_line(stored), *reasons]))
    raise InputRefused("order", shortened(order_number), "expected.order-on-file")


def _row(stored: StoredOrder) -> dict[str, object]:
    order = stored.order
    return {
        "order_number": order.order_number,
        "record_number": order.patient.record_number,
        "family_name": order.patient.family_name,
        "given_names": order.patient.given_names,
        "indication": order.indication,
        "cycle": order.cycle,
        "start_at": _start(stored),
        "stored_at": moment(stored.stored_at),
    }


def _line(stored: StoredOrder) -> str:
    order = stored.order
    name = f"{order.patient.family_name}, {order.patient.given_names}"
    return f"{order.order_number}  {name}  {order.indication} {order.cycle}  {_start(stored)}"


def _start(stored: StoredOrder) -> str:
    """The start as the clock shows it at the place of infusion."""
    return moment(stored.starts_at.astimezone(ZoneInfo(stored.order.time_zone)))
