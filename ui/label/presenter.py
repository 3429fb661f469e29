"""What the Label page shows: one label as it will be printed, what was read back, what the rules say.

Of a bag that was not released it is a specimen, of a released one the label of its newest or next print.

Each request names all that was chosen; only the answer to the newest request is shown, so a picture never
stands beside other choices than its own. Knows no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.finding import Severity
from pharmacy_app.workflow.label import MadeLabel
from pharmacy_app.workflow.ports import Picture
from pharmacy_app.workflow.printers import PrinterList
from ui.label.giving import Giving, UnknownPrint, Way, giving_of, unknown_print
from ui.label.making import AtThePrinter, LabelAnswer, LabelRequest
from ui.remarks import Remark, in_order, remark_of_finding
from ui.words import Words

if TYPE_CHECKING:
    from pharmacy_app.domain.print_job import PrintJob

RESOLUTIONS = (203, 300)
_AIM_PT = Decimal(9)
_SPECIMEN = Giving(Way.SAVE, "", "", "")


@dataclass(frozen=True, slots=True)
class Sign:
    """A shape's name and the word beside it."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class LabelView:
    """Everything the page shows. Without a picture the preview is empty."""

    title: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    notice_remarks: tuple[Remark, ...]
    request: LabelRequest
    last_bag: int
    picture: Picture | None
    signs: tuple[Sign, ...]
    remarks: tuple[Remark, ...]
    may_save: bool
    why_not_save: str
    giving: Giving
    printers: tuple[str, ...]
    printer_trouble: str
    unknown: tuple[UnknownPrint, ...]


class LabelPresenter:
    """Holds what was chosen and the newest answer to it."""

    def __init__(self, words: Words, *, stock: str) -> None:
        self._words = words
        self._request = LabelRequest("", 1, stock, RESOLUTIONS[0])
        self._answer: LabelAnswer | None = None
        self._printer = AtThePrinter(PrinterList(()), (), "UTC")

    @property
    def serial(self) -> str:
        """The released bag's ten digits; empty: a specimen is shown."""
        label = self._answer.label if self._answer else None
        return "" if label is None else label.serial

    @property
    def newest(self) -> PrintJob | None:
        """The newest print of the released bag's label."""
        label = self._answer.label if self._answer else None
        return label.jobs[-1] if label is not None and label.jobs else None

    @property
    def request(self) -> LabelRequest:
        """What is wanted now."""
        return self._request

    @property
    def made(self) -> MadeLabel | None:
        """The label that is shown."""
        return self._answer.made if self._answer else None

    @property
    def plan_revision(self) -> int:
        """The revision of the plan on file; 0: not accepted."""
        return self._answer.plan_revision if self._answer else 0

    def want(self, request: LabelRequest) -> None:
        """Something else was chosen: what was shown is over."""
        self._request, self._answer = request, None

    def take(self, answer: LabelAnswer | None) -> None:
        """The answer to what is wanted came; None: there is no such order any more."""
        self._answer = answer
        if answer is None:
            self._request = replace(self._request, order_number="")
        else:
            self._request = answer.request

    def take_printers(self, found: AtThePrinter) -> None:
        """What this station can print on, and what was left open, as it is now."""
        self._printer = found

    def file_name(self) -> str:
        """A name for the saved label."""
        number = self._request.order_number.replace("/", "-")
        return f"label-{number}-bag-{self._request.bag}-{self._request.stock}.pdf"

    def view(self) -> LabelView:
        """Everything the page shows now."""
        answer, words = self._answer, self._words
        if not self._request.order_number:
            return self._view(notice=words("ui.label.empty"))
        if answer is None:
            return self._view()
        if answer.label is not None and answer.made is None:
            remarks = in_order(remark_of_finding(each, words) for each in answer.label.findings)
            view = self._view(notice=words("ui.label.not-now"), notice_remarks=remarks)
            return replace(view, last_bag=len(answer.plan.bags))
        if answer.made is None:
            remarks = in_order(remark_of_finding(each, words) for each in answer.plan.findings)
            return self._view(notice=words("ui.label.refused"), notice_remarks=remarks)
        why_not = self._why_not_save(answer.made)
        return replace(
            self._view(),
            last_bag=len(answer.plan.bags),
            picture=answer.picture,
            signs=self._signs(answer.made),
            remarks=self._remarks(answer),
            may_save=not why_not,
            why_not_save=why_not,
            giving=self._giving(answer),
        )

    def _giving(self, answer: LabelAnswer) -> Giving:
        if answer.label is None:
            return _SPECIMEN
        names = self._printer.printers.names
        return giving_of(answer.label, self._words, zone=self._printer.zone, printers=names)

    def _view(self, *, notice: str = "", notice_remarks: tuple[Remark, ...] = ()) -> LabelView:
        return LabelView(
            title=self._title(),
            facts=self._facts(),
            notice=notice,
            notice_remarks=notice_remarks,
            request=self._request,
            last_bag=0,
            picture=None,
            signs=(),
            remarks=(),
            may_save=False,
            why_not_save="",
            giving=_SPECIMEN,
            printers=self._printer.printers.names,
            printer_trouble=self._printer_trouble(),
            unknown=self._unknown(),
        )

    def _printer_trouble(self) -> str:
        trouble = self._printer.printers.trouble
        return "" if trouble is None else self._words.error(trouble)

    def _unknown(self) -> tuple[UnknownPrint, ...]:
        """The open prints of other bags; that of this one stands beside its label."""
        jobs = (each for each in self._printer.unknown if each.serial != self.serial)
        return tuple(unknown_print(each, self._words, zone=self._printer.zone) for each in jobs)

    def _title(self) -> str:
        if self._answer is None:
            return self._words("ui.label.name")
        return self._answer.plan.order.patient.display_name

    def _facts(self) -> tuple[tuple[str, str], ...]:
        if self._answer is None:
            return ()
        patient, words = self._answer.plan.order.patient, self._words
        return (
            (words("ui.label.mrn"), patient.record_number),
            (words("ui.label.born"), date_text(patient.date_of_birth)),
        )

    def _why_not_save(self, made: MadeLabel) -> str:
        if made.refused or not made.pdf:
            return self._words("ui.label.not-saved.refused")
        return "" if self.plan_revision else self._words("ui.label.not-saved.not-accepted")

    def _remarks(self, answer: LabelAnswer) -> tuple[Remark, ...]:
        """What is about the label, and whatever is more than a note; the plan's notes stand with the plan."""
        findings = () if answer.made is None else answer.made.findings
        shown = (
            each
            for each in (findings if answer.label is None else answer.label.findings)
            if each.severity is not Severity.NOTE or each.code.startswith("label")
        )
        return in_order(remark_of_finding(each, self._words) for each in shown)

    def _signs(self, made: MadeLabel) -> tuple[Sign, ...]:
        words, read_back = self._words, made.read_back
        if read_back is None:
            return (Sign("stop", words("ui.label.not-drawn")),)
        stops = {each.code for each in made.findings if each.severity is Severity.STOP}
        codes_wrong = stops & {"label-lint.code128", "label-lint.datamatrix", "label-lint.symbologies"}
        text_wrong = {code for code in stops if code.startswith("label-lint.")} - codes_wrong
        return (
            Sign("stop", words("ui.label.codes-differ"))
            if codes_wrong
            else Sign("done", words("ui.label.codes-read", serial=made.content.serial)),
            Sign("stop", words("ui.label.text-differs"))
            if text_wrong
            else Sign("done", words("ui.label.text-holds")),
            self._smallest(read_back.smallest_pt),
        )

    def _smallest(self, smallest_pt: str) -> Sign:
        if not smallest_pt:
            return Sign("unknown", self._words("ui.label.smallest-not-known"))
        under = Decimal(smallest_pt) < _AIM_PT
        code = "ui.label.smallest-under-aim" if under else "ui.label.smallest"
        return Sign("note" if under else "done", self._words(code, size=smallest_pt))
