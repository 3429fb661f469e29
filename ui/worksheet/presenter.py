"""What the Worksheet page shows of one bag, and what becomes of the answers. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.supply import check_fill
from pharmacy_app.workflow.worksheet import Worksheet
from ui.plan.loading import PlanInUse, plan_in_use
from ui.remarks import Remark, count, in_order, remark_of_finding, remark_of_refusal
from ui.words import Words
from ui.worksheet.sheet import sheet_view
from ui.worksheet.supplies_form import FILL, GROUPS, NOT_KNOWN, Question, SuppliesForm
from ui.worksheet.view import QuestionView, SheetView, SuppliesView, WorksheetView

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class LoadedWorksheet:
    """A plan with the worksheet of one of its bags; None: the plan has no bags."""

    plan: Plan
    kept: bool
    worksheet: Worksheet | None


def load_worksheet(desk: Desk, order_number: str, bag: int) -> LoadedWorksheet | None:
    """The worksheet of a bag of the plan in use (its last bag where it has fewer); None: no such order."""
    found = plan_in_use(desk, order_number)
    if found is None:
        return None
    return LoadedWorksheet(found.plan, found.kept, _worksheet(desk, found, bag))


def _worksheet(desk: Desk, found: PlanInUse, bag: int) -> Worksheet | None:
    if not found.plan.bags:
        return None
    return desk.worksheet(found.plan, min(max(bag, 1), len(found.plan.bags)))


class WorksheetPresenter:
    """Holds one worksheet and the answers about its supplies. Each bag's answers are its own."""

    def __init__(self, desk: Desk, words: Words) -> None:
        self._desk = desk
        self._words = words
        self._loaded: LoadedWorksheet | None = None
        self._forms: dict[tuple[str, int, int], SuppliesForm] = {}

    def take(self, loaded: LoadedWorksheet | None) -> None:
        """A worksheet came."""
        self._loaded = loaded

    def answer(self, key: str, values: Sequence[str]) -> None:
        """Someone answered a question about the supplies."""
        form = self._form()
        if form is not None:
            form.answer(key, tuple(values))

    @property
    def worksheet(self) -> Worksheet | None:
        """The worksheet that is shown."""
        return self._loaded.worksheet if self._loaded else None

    @property
    def bag(self) -> int:
        """The number of the bag that is shown; 0: none."""
        return self.worksheet.bag.number if self.worksheet else 0

    @property
    def last_bag(self) -> int:
        """The number of the plan's last bag; 0: none."""
        return len(self._loaded.plan.bags) if self._loaded else 0

    def file_name(self) -> str:
        """A name for the saved worksheet."""
        assert self._loaded is not None
        return f"worksheet-{self._loaded.plan.order.order_number.replace('/', '-')}-bag-{self.bag}.pdf"

    def view(self) -> WorksheetView:
        """Everything the page shows now."""
        if self._loaded is None:
            return self._without_sheet(
                self._words("ui.worksheet.name"), (), self._words("ui.worksheet.empty"), ()
            )
        if self._loaded.worksheet is None:
            remarks = in_order(remark_of_finding(each, self._words) for each in self._loaded.plan.findings)
            return self._without_sheet(
                self._name(), self._facts(), self._words("ui.worksheet.refused"), remarks
            )
        supplies = self._supplies(self._loaded.worksheet)
        return WorksheetView(
            title=self._name(),
            facts=self._facts(),
            notice="",
            notice_remarks=(),
            bag=self.bag,
            last_bag=self.last_bag,
            which=self._which(self._loaded.worksheet),
            accepted=self._loaded.kept,
            sheet=self._sheet(self._loaded.worksheet, supplies),
            supplies=supplies,
            may_save=self._loaded.worksheet.dose_check.agrees,
        )

    def _without_sheet(
        self, title: str, facts: tuple[tuple[str, str], ...], notice: str, remarks: tuple[Remark, ...]
    ) -> WorksheetView:
        return WorksheetView(
            title=title,
            facts=facts,
            notice=notice,
            notice_remarks=remarks,
            bag=0,
            last_bag=0,
            which="",
            accepted=False,
            sheet=None,
            supplies=None,
            may_save=False,
        )

    def _name(self) -> str:
        assert self._loaded is not None
        return self._loaded.plan.order.patient.display_name

    def _facts(self) -> tuple[tuple[str, str], ...]:
        assert self._loaded is not None
        order, words = self._loaded.plan.order, self._words
        return (
            (words("ui.worksheet.mrn"), order.patient.record_number),
            (words("ui.worksheet.born"), date_text(order.patient.date_of_birth)),
        )

    def _which(self, worksheet: Worksheet) -> str:
        bag, cycle = worksheet.bag, str(worksheet.plan.order.cycle)
        code = "ui.worksheet.cycle-day" if bag.first_day == bag.last_day else "ui.worksheet.cycle-days"
        return self._words(code, cycle=cycle, first=str(bag.first_day), last=str(bag.last_day))

    def _form(self) -> SuppliesForm | None:
        worksheet = self.worksheet
        if worksheet is None:
            return None
        key = (worksheet.plan.order.order_number, worksheet.bag.number, worksheet.bag.duration_h)
        return self._forms.setdefault(key, SuppliesForm())

    def _sheet(self, worksheet: Worksheet, supplies: SuppliesView) -> SheetView:
        form = self._form()
        assert form is not None
        fill = next(each for _name, group in supplies.groups for each in group if each.key == FILL)
        return sheet_view(
            worksheet,
            self._words,
            pharmacy_zone=self._desk.site.time_zone,
            fill=fill,
            fill_known=form.values(FILL) != (NOT_KNOWN,),
        )

    def _supplies(self, worksheet: Worksheet) -> SuppliesView:
        form = self._form()
        assert form is not None
        found = (*check_fill(form.how_filled()), *self._desk.check_supplies(form.supplies(worksheet.bag)))
        remarks = self._remarks(form, found)
        unanswered = form.unanswered()
        stops = count(remarks, Severity.STOP)
        return SuppliesView(
            groups=tuple(
                (
                    self._words(f"ui.worksheet.group.{name}"),
                    tuple(self._question(question, form, worksheet, remarks) for question in questions),
                )
                for name, questions in GROUPS
            ),
            stops=stops,
            reasons=count(remarks, Severity.REASON),
            summary=self._summary(stops, len(unanswered)),
        )

    def _remarks(self, form: SuppliesForm, found: Sequence[Finding]) -> tuple[Remark, ...]:
        """What a rule says of an unreadable answer is said once: by the refusal."""
        refusals = form.refusals()
        refused = {refusal.field for refusal in refusals}
        return (
            *(remark_of_refusal(refusal, self._words) for refusal in refusals),
            *(remark_of_finding(each, self._words) for each in found if each.field not in refused),
        )

    def _summary(self, stops: int, unanswered: int) -> str:
        if not stops:
            return self._words("ui.worksheet.supplies-hold")
        return self._words("ui.worksheet.supplies-stop", stops=str(stops), unanswered=str(unanswered))

    def _question(
        self, question: Question, form: SuppliesForm, worksheet: Worksheet, remarks: Sequence[Remark]
    ) -> QuestionView:
        key = question.key
        volume = worksheet.ingredients[0].volume.text
        return QuestionView(
            key=key,
            kind=question.kind,
            text=self._words(f"ui.worksheet.question.{key.replace('.', '-')}", volume=volume),
            options=tuple(
                (option, self._words(f"ui.worksheet.option.{option}")) for option in question.options
            ),
            values=form.values(key),
            asked=form.is_asked(key),
            answered=bool(form.values(key)),
            remarks=tuple(each for each in remarks if each.field == key),
        )
