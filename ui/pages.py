"""The class of each page, loaded when the page is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ui.page import PageName

if TYPE_CHECKING:
    from ui.page import Page


Beside = Literal[PageName.COURSE, PageName.FIGURES, PageName.SUPPLIES, PageName.PEOPLE]


def page_class(name: PageName) -> type[Page]:
    """The page of this name."""
    match name:
        case PageName.ORDERS:
            from ui.order.page import OrderPage

            return OrderPage
        case PageName.PLAN:
            from ui.plan.page import PlanPage

            return PlanPage
        case PageName.WORKSHEET:
            from ui.worksheet.page import WorksheetPage

            return WorksheetPage
        case PageName.BENCH:
            from ui.bench.page import BenchPage

            return BenchPage
        case PageName.VERIFY:
            from ui.verify.page import VerifyPage

            return VerifyPage
        case PageName.LABEL:
            from ui.label.page import LabelPage

            return LabelPage
        case PageName.BAGS:
            from ui.bag.page import BagsPage

            return BagsPage
        case PageName.RECORD:
            from ui.record.page import RecordPage

            return RecordPage
        case _:
            return _beside(name)


def _beside(name: Beside) -> type[Page]:
    """Those beside the order of work."""
    match name:
        case PageName.COURSE:
            from ui.course.page import CoursePage

            return CoursePage
        case PageName.FIGURES:
            from ui.figures.page import FiguresPage

            return FiguresPage
        case PageName.SUPPLIES:
            from ui.supplies.page import SuppliesPage

            return SuppliesPage
        case PageName.PEOPLE:
            from ui.person.page import PeoplePage

            return PeoplePage
