"""The Plan page as the hands of the tests find it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.ui.plan.pages import BEST, Open, page_on, sequence, up_to_96
from ui.plan.page import PlanPage


@pytest.fixture
def page(qtbot: QtBot, open_window: Open, desk: Desk) -> PlanPage:
    """The page on a plan that nobody has changed."""
    page = page_on(qtbot, open_window, desk, up_to_96())
    assert sequence(page) == BEST
    return page
