"""Worksheets for the Worksheet page's tests: any row of the protocol's table, as a bag of a plan."""

from __future__ import annotations

from pharmacy_app.workflow.worksheet import Worksheet, make_worksheet
from tests.support.rulebooks import rulebook
from tests.ui.plan.cycles import plan_with

LOW = {
    "24": ((24,) * 28, 1),
    "48": ((48, 48, 72, 168, 168, 168), 1),
    "72": ((72, 96, 168, 168, 168), 1),
    "96": ((96, 72, 168, 168, 168), 1),
    "168": ((168, 168, 168, 168), 1),
}
FULL = {
    "24": ((24,) * 28, 9),
    "48": ((168, 48, 96, 24, 168, 168), 2),
    "72": ((168, 72, 96, 168, 168), 2),
    "96": ((168, 96, 72, 168, 168), 2),
    "168": ((168, 168, 168, 168), 2),
}


def worksheet_of(dose: str, duration: str) -> Worksheet:
    """A worksheet of that row: `9` or `28`, `24` … `168`."""
    sequence, number = (LOW if dose == "9" else FULL)[duration]
    worksheet = make_worksheet(plan_with(*sequence), number, rulebook().site)
    assert (worksheet.bag.dose.number, str(worksheet.bag.duration_h)) == (dose, duration)
    return worksheet
