"""The Plan page in a real window, with hands at it: the edges of bags are moved with the mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.ui.conftest import settle
from tests.ui.desks import keep
from tests.ui.plan.cycles import autumn
from ui.main_window import MainWindow
from ui.page import PageName, Subject
from ui.plan.cycle_layout import PlacedBar
from ui.plan.page import PlanPage

Open = Callable[[Desk], MainWindow]
BEST = (96, 72, 96, 96, 72, 72, 72, 96)


def up_to_96(**changes: object) -> dict[str, object]:
    """The order of `autumn` without 7-day bags; its best plan is 96 72 96 96 72 72 72 96."""
    return autumn(**{"bags.durations_h": [24, 48, 72, 96], **changes})


def page_on(qtbot: QtBot, open_window: Open, desk: Desk, document: dict[str, object]) -> PlanPage:
    """The page about the order of a document, which is kept and accepted."""
    keep(desk, document)
    return page_in(qtbot, open_window(desk))


def page_in(qtbot: QtBot, window: MainWindow) -> PlanPage:
    """The page in a window about the order on file."""
    window.go_to(PageName.PLAN, Subject("RX-1001"))
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PlanPage)
    return page


def settle_page(qtbot: QtBot, page: PlanPage) -> None:
    """Until everything that was asked has been answered and laid out."""
    window = page.window()
    assert isinstance(window, MainWindow)
    settle(qtbot, window)
    QApplication.processEvents()


def sequence(page: PlanPage) -> tuple[int, ...]:
    """The durations of the plan in use."""
    plan = page.presenter.plan
    assert plan is not None
    return plan.sequence_h


def bars(page: PlanPage, number: int) -> list[PlacedBar]:
    """The pieces of a bag in the picture."""
    return [bar for bar in page.picture.drawing.bars if bar.piece.number == number]


def right_edge(page: PlanPage, number: int) -> QPoint:
    """Where the mouse takes the right edge of a bag."""
    box = bars(page, number)[-1].box
    return QPoint(box.right - 1, box.top + box.height // 2)


def left_edge(page: PlanPage, number: int) -> QPoint:
    """Where the mouse takes the left edge of a bag."""
    box = bars(page, number)[0].box
    return QPoint(box.left + 1, box.top + box.height // 2)


def days(page: PlanPage, count: int) -> QPoint:
    """So many days to the right."""
    grid = page.picture.drawing.grid
    return QPoint(grid.x(1440 * abs(count)) - grid.x(0), 0) * (1 if count > 0 else -1)


def rows(page: PlanPage, count: int) -> QPoint:
    """So many weeks down."""
    return QPoint(0, page.picture.drawing.grid.row_height * count)


def take(page: PlanPage, edge: QPoint) -> None:
    """Press the mouse on an edge."""
    QTest.mouseMove(page.picture, edge)
    QTest.mousePress(page.picture, Qt.MouseButton.LeftButton, pos=edge)


def move(page: PlanPage, to: QPoint) -> None:
    """Move the mouse, and let the picture be painted."""
    QTest.mouseMove(page.picture, to)
    QApplication.processEvents()


def drop(qtbot: QtBot, page: PlanPage, at: QPoint) -> None:
    """Let go of the mouse."""
    QTest.mouseRelease(page.picture, Qt.MouseButton.LeftButton, pos=at)
    settle_page(qtbot, page)


def drag(qtbot: QtBot, page: PlanPage, edge: QPoint, by: QPoint) -> None:
    """Take an edge, move it in steps, and let go."""
    take(page, edge)
    for part in (3, 2, 1):
        move(page, edge + by / part)
    drop(qtbot, page, edge + by)


def press(page: PlanPage, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key where the keyboard is in the picture."""
    QTest.keyClick(page.picture, key, held)


def spoken(page: PlanPage) -> str:
    """The sentence that stands in the row of the sequence."""
    return " ".join(each.sentence for each in page.presenter.view().sequence.first_remark)
