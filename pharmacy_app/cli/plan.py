"""`plan ORDER.json`: the cycle's bags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.cli.answer import Answer, code_of
from pharmacy_app.cli.documents import plan_document
from pharmacy_app.cli.plan_text import plan_text
from pharmacy_app.intake.order_json import read_order_file
from pharmacy_app.workflow.plan import alternatives, make_plan

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.domain.plan import Plan
    from pharmacy_app.workflow.rulebook import Rulebook


def run(order_file: Path, rulebook: Rulebook, tools: Tools) -> Answer:
    """The plan of the order in a file, and what stands beside it."""
    plan = plan_of_file(order_file, rulebook, tools)
    beside = alternatives(plan, rulebook, now=tools.clock())
    zone = ZoneInfo(rulebook.site.time_zone)
    return Answer(
        code_of(plan.findings),
        plan_document(plan, beside, zone=zone, words=tools.words),
        plan_text(plan, beside, rulebook.site, tools.words),
    )


def plan_of_file(order_file: Path, rulebook: Rulebook, tools: Tools) -> Plan:
    """The plan of the order in a file; nothing but the file and the protocol is asked."""
    order = read_order_file(order_file, rulebook.protocol)
    return make_plan(order, rulebook, now=tools.clock())
