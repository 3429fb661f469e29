"""A renderer of worksheets for the pages' tests: what stands in the file is the labels' tests' business."""

from __future__ import annotations

from collections.abc import Sequence

from pharmacy_app.domain.finding import Finding
from pharmacy_app.workflow.ports import RenderedDocument
from pharmacy_app.workflow.worksheet import Worksheet


class PlainWorksheetRenderer:
    """Gives bytes that name the bag, or the findings it was made with."""

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        self._findings = tuple(findings)

    def draw(self, worksheet: Worksheet) -> RenderedDocument:
        pdf = b"" if self._findings else f"%PDF worksheet of bag {worksheet.bag.number}".encode()
        return RenderedDocument(pdf, self._findings)
