"""Only the plan in force is given out, and every copy and every refusal has its entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.engine import open_database
from labels.plan_pdf import PdfPlanRenderer
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.plan_exports import PlanExport, PlanExports
from tests.labels.plans import Reworded
from tests.support.pdf_text import read_page
from tests.support.plan_calendars import read
from tests.support.record_books import whole_record
from tests.support.rulebooks import plan_of
from tests.support.stations import ADMINISTRATOR, TECHNICIAN
from tests.ui.desks import ORDER, keep, order_document, real_desk

Draw = Callable[[PlanExports, str], PlanExport]
BOTH: list[tuple[Draw, str]] = [
    (PlanExports.paper, "plan-printed"),
    (PlanExports.calendar, "calendar-exported"),
]
EIGHT = [96, 72, 96, 96, 96, 96, 96, 24]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    file = tmp_path / "records.db"
    open_database(f"sqlite:///{file}").close()
    return real_desk(file)


def accept(desk: Desk, **changes: object) -> None:
    order = desk.read_order(order_document(**changes)).order
    assert order is not None
    desk.keep_plan(desk.plan(order))


def accepted(desk: Desk) -> Desk:
    keep(desk, ORDER)
    accept(desk)
    return desk


def seated(desk: Desk, actor: Actor | None) -> Desk:
    desk.station.seat.actor = actor
    return desk


def refusal(act: Callable[[], object]) -> list[str]:
    with pytest.raises(RulesRefused) as caught:
        act()
    return [each.code for each in caught.value.findings]


def last_entry(desk: Desk) -> tuple[str, str, str, dict[str, str]]:
    """Act, thing, person and what it tells."""
    entry = whole_record(desk.open_unit_of_work)[-1]
    return entry.act, entry.thing, entry.person, dict(json.loads(entry.facts))


def test_the_accepted_plan_is_given_out_on_paper_and_as_a_calendar(desk: Desk) -> None:
    accepted(desk)
    paper, calendar = desk.exports.paper("RX-1001"), desk.exports.calendar("RX-1001")
    assert (paper.name, calendar.name) == ("plan-RX-1001-1.pdf", "plan-RX-1001-1.ics")
    assert "PLAN 1 of order RX-1001" in read_page(paper.content).text
    assert len(read(calendar.content)) == 4 + 1


@pytest.mark.req("REQ-AUD-001")
@pytest.mark.parametrize(("draw", "act"), BOTH)
def test_giving_a_copy_out_is_an_entry_with_its_digest(desk: Desk, draw: Draw, act: str) -> None:
    export = draw(accepted(desk).exports, "RX-1001")
    before = len(whole_record(desk.open_unit_of_work))
    desk.exports.keep(export)
    digest = hashlib.sha256(export.content).hexdigest()
    told = {"file": export.name, "plan": "1", "sha256": digest}
    assert last_entry(desk) == (act, "order RX-1001", "achen", told)
    assert len(whole_record(desk.open_unit_of_work)) == before + 1
    assert desk.check_record().findings == ()


@pytest.mark.parametrize(("draw", "act"), BOTH)
def test_a_plan_that_nobody_accepted_is_not_given_out(desk: Desk, draw: Draw, act: str) -> None:
    keep(desk, ORDER)
    assert refusal(lambda: draw(desk.exports, "RX-1001")) == ["plan-export.not-accepted"]
    told = {"findings": "plan-export.not-accepted"}
    assert last_entry(desk) == (f"{act}-refused", "order RX-1001", "achen", told)


@pytest.mark.parametrize(("draw", "act"), BOTH)
def test_an_order_that_is_not_on_file_has_none_and_is_not_named_in_the_record(
    desk: Desk, draw: Draw, act: str
) -> None:
    assert refusal(lambda: draw(desk.exports, "correct horse 7")) == ["plan-export.not-accepted"]
    assert last_entry(desk)[:2] == (f"{act}-refused", "orders")


@pytest.mark.req("REQ-PLN-009")
@pytest.mark.parametrize(("draw", "act"), BOTH)
def test_where_todays_rules_lead_to_other_bags_the_plan_is_not_in_force(
    desk: Desk, draw: Draw, act: str
) -> None:
    accepted(desk)
    rules = desk.rulebook
    other = replace(rules, protocol=replace(rules.protocol, digest="sha256:" + "0" * 64))
    changed = replace(desk, station=replace(desk.station, rulebook=lambda: other))
    assert refusal(lambda: draw(changed.exports, "RX-1001")) == ["plan-export.not-in-force"]
    assert last_entry(desk)[0] == f"{act}-refused"


@pytest.mark.req("REQ-VER-002")
@pytest.mark.parametrize(("draw", "act"), BOTH)
def test_the_plan_of_another_order_than_the_accepted_one_is_not_given_out(
    desk: Desk, draw: Draw, act: str
) -> None:
    accepted(desk)
    other = plan_of(order_document(destination="Home"))
    exports = replace(desk.exports, plan_on_file=lambda _number: other)
    assert refusal(lambda: draw(exports, "RX-1001")) == ["order.not-accepted"]
    assert last_entry(desk)[0] == f"{act}-refused"


@pytest.mark.req("REQ-PLN-009")
@pytest.mark.parametrize(("draw", "act"), BOTH)
def test_a_copy_of_a_plan_that_was_replaced_meanwhile_is_not_given_out(
    desk: Desk, draw: Draw, act: str
) -> None:
    export = draw(accepted(desk).exports, "RX-1001")
    accept(desk, bags__sequence_h=EIGHT)
    assert refusal(lambda: desk.exports.keep(export)) == ["plan-export.not-in-force"]
    assert last_entry(desk)[0] == f"{act}-refused"


@pytest.mark.req("REQ-PLN-009")
def test_the_calendar_of_a_new_plan_moves_the_entries_of_the_one_before_and_cancels_the_rest(
    desk: Desk,
) -> None:
    keep(desk, ORDER)
    accept(desk, bags__sequence_h=EIGHT)
    before = read(desk.exports.calendar("RX-1001").content)
    accept(desk)
    after = read(desk.exports.calendar("RX-1001").content)
    assert [each.sequence for each in (*before, *after)] == [1] * 9 + [2] * 9
    assert {each.uid for each in before} == {each.uid for each in after}
    assert [each.status for each in after] == ["CONFIRMED"] * 5 + ["CANCELLED"] * 4


def test_a_technician_may_give_a_copy_out_and_an_administrator_may_not(desk: Desk) -> None:
    accepted(desk)
    assert seated(desk, TECHNICIAN).exports.paper("RX-1001").content
    assert refusal(lambda: seated(desk, ADMINISTRATOR).exports.paper("RX-1001")) == [
        "person.not-permitted.print"
    ]
    assert last_entry(desk)[0] == "not-permitted"


def test_a_page_that_cannot_be_drawn_is_refused_with_what_has_no_room(desk: Desk) -> None:
    accepted(desk)
    narrow = PdfPlanRenderer(Reworded({"plan-paper.footer": "footer " * 60}))
    drawers = replace(desk.plan_drawers, page=narrow)
    changed = replace(desk, plan_drawers=drawers)
    assert refusal(lambda: changed.exports.paper("RX-1001")) == ["plan-paper.cannot-draw-outside"]
    assert last_entry(desk)[0] == "plan-printed-refused"


def test_the_same_plan_gives_the_same_files(desk: Desk) -> None:
    exports = accepted(desk).exports
    assert exports.paper("RX-1001") == exports.paper("RX-1001")
    assert exports.calendar("RX-1001") == exports.calendar("RX-1001")
