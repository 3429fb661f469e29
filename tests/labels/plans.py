"""Accepted plans for tests, as they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from labels.plan_pdf import PdfPlanRenderer
from pharmacy_app.wording import Catalogue, load
from pharmacy_app.workflow.plan_paper import PaperSize, PlanPaper, plan_paper
from tests.support.orders import order_document
from tests.support.pdf_text import ReadPage, read_page
from tests.support.rulebooks import plan_of, rulebook

ACCEPTED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

BAGS_OF_96_H: dict[str, object] = {"bags.sequence_h": [96, 72, 96, 96, 96, 96, 96, 24]}
BAGS_OF_24_H: dict[str, object] = {"bags.sequence_h": [24] * 28}
# The end of daylight saving time lies in bag 4.
AUTUMN: dict[str, object] = {
    "start_at": "2026-10-19T14:00",
    "patient.weight_taken_on": "2026-10-18",
    "bags.sequence_h": [96, 72, 96, 96, 72, 96, 48, 96],
}
# Its beginning does.
SPRING: dict[str, object] = {
    "start_at": "2027-03-01T14:00",
    "patient.weight_taken_on": "2027-02-28",
    "bags.sequence_h": [96, 72, 96, 96, 72, 96, 48, 96],
}
STOPPED: dict[str, object] = {
    "bags.durations_h": [24, 48, 72, 96],
    "interruptions": [
        {"stopped_at": "2026-12-03T09:20", "restarted_at": "2026-12-06T17:45", "kind": "plain"}
    ],
}
STOPPED_24_H: dict[str, object] = {**STOPPED, "bags.durations_h": [24]}
GRADE_3: dict[str, object] = {
    "bags.durations_h": [48, 72, 96],
    "interruptions": [
        {"stopped_at": "2026-12-03T09:20", "restarted_at": "2026-12-09T17:45", "kind": "grade-3"}
    ],
}
LONG: dict[str, object] = {
    "order_number": "RX-12345678901234567",
    "patient.family_name": "Wolfeschlegelsteinhausenbergerdorff-" * 5 + "X",
    "patient.given_names": "Anne-Marie Élisabeth " * 9 + "X",
    "prescriber": "Dr. Maximilienne " * 11 + "Y",
    "destination": "Home care, 1200 rue Saint-Jean-Baptiste Ouest, appartement 1204, " * 3 + "Q",
}


def paper(changes: Mapping[str, object] | None = None, *, revision: int = 2) -> PlanPaper:
    plan = plan_of(order_document(**(changes or {})))
    assert not plan.refused, [load().finding(each) for each in plan.findings]
    return plan_paper(plan, rulebook(), revision=revision, accepted_at=ACCEPTED)


def drawn(sheet: PlanPaper, size: PaperSize = PaperSize.LETTER) -> bytes:
    document = PdfPlanRenderer(load()).draw(sheet, size=size)
    assert [load().finding(each) for each in document.findings] == []
    return document.pdf


def read_plan(changes: Mapping[str, object] | None = None, size: PaperSize = PaperSize.LETTER) -> ReadPage:
    """Its one page."""
    return read_page(drawn(paper(changes), size))


class Reworded(Catalogue):
    """The catalogue with other sentences."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        self._others, self._catalogue = changes, load()

    def __call__(self, code: str, **values: str) -> str:
        return self._others.get(code) or self._catalogue(code, **values)
