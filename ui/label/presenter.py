"""What the Label page shows: one label as it will be printed, what was read back, what the rules say.

Each request names all that was chosen; only the answer to the newest request is shown, so a picture never
stands beside other choices than its own. Knows no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.plan import Plan
from pharmacy_app.files import write_whole
from pharmacy_app.workflow.label import MadeLabel
from pharmacy_app.workflow.ports import Picture
from ui.plan.loading import plan_in_use
from ui.remarks import Remark, in_order, remark_of_finding
from ui.words import Words

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk

RESOLUTIONS = (203, 300)
_AIM_PT = Decimal(9)


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """Which label is wanted: all that a person chose."""

    order_number: str
    bag: int
    stock: str
    dpi: int


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """What became of a request. `made` is None where the plan has no bags; `picture` where nothing was drawn.

    `plan_revision` is that of the plan on file, 0 where the plan was not accepted.
    """

    request: LabelRequest
    plan: Plan
    plan_revision: int
    made: MadeLabel | None
    picture: Picture | None


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


def make_label(desk: Desk, request: LabelRequest) -> LabelAnswer | None:
    """Draw, read back and judge a label; None: no such order. A bag beyond the plan's last is its last."""
    found = plan_in_use(desk, request.order_number)
    if found is None:
        return None
    revision = (desk.plan_revision(request.order_number) or 0) if found.kept else 0
    if not found.plan.bags:
        return LabelAnswer(request, found.plan, revision, None, None)
    bag = min(max(request.bag, 1), len(found.plan.bags))
    made = desk.label(found.plan, bag, stock=request.stock, dpi=request.dpi, plan_revision=max(revision, 1))
    picture = desk.picture(made.pdf, dpi=request.dpi) if made.pdf else None
    return LabelAnswer(replace(request, bag=bag), found.plan, revision, made, picture)


def save_label(desk: Desk, made: MadeLabel, plan_revision: int, path: Path) -> Path:
    """Keep that the label was made, then give it out: no label leaves without its entry in the record."""
    desk.keep_label(made, plan_revision=plan_revision)
    write_whole(path, made.pdf)
    return path


class LabelPresenter:
    """Holds what was chosen and the newest answer to it."""

    def __init__(self, words: Words, *, stock: str) -> None:
        self._words = words
        self._request = LabelRequest("", 1, stock, RESOLUTIONS[0])
        self._answer: LabelAnswer | None = None

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
        if answer.made is None:
            remarks = in_order(remark_of_finding(each, words) for each in answer.plan.findings)
            return self._view(notice=words("ui.label.refused"), notice_remarks=remarks)
        why_not = self._why_not_save(answer.made)
        return replace(
            self._view(),
            last_bag=len(answer.plan.bags),
            picture=answer.picture,
            signs=self._signs(answer.made),
            remarks=self._remarks(answer.made),
            may_save=not why_not,
            why_not_save=why_not,
        )

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
        )

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

    def _remarks(self, made: MadeLabel) -> tuple[Remark, ...]:
        """What is about the label, and whatever is more than a note; the plan's notes stand with the plan."""
        shown = (
            each
            for each in made.findings
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
