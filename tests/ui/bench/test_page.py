"""The Bench page in the real window: a bag made by scans and keys, wrong scans, leaving and coming back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.finding import Severity
from pharmacy_app.workflow.cold_storage import Handled
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import (
    BACTERIOSTATIC,
    BAG,
    FILTER,
    SALINE,
    SECRET,
    STABILIZER,
    TUBING,
    VIAL,
    WATER,
)
from tests.support.cut_text import cut_texts
from tests.ui.bench.at_bench import TAG, AtBench, code
from tests.ui.conftest import settle
from ui.bench.dialogs import FormDialog
from ui.bench.page import BenchPage
from ui.main_window import MainWindow
from ui.page import PageName
from ui.person.second_person import SecondPersonDialog
from ui.widgets.ask_reason import AskReason

Open = Callable[[Desk], MainWindow]


def test_the_worklist_begins_with_the_bag_that_hangs_first(at_bench: AtBench) -> None:
    view = at_bench.page.presenter.view()
    assert [(row.bag, row.when, row.how_soon) for row in view.rows] == [
        (1, "Mon NOV-23 14:00", "in 76 h 0 min")]  # fmt: skip
    assert view.later == "Later: 6 more. The next one is to be hung Fri NOV-27 14:00."


@pytest.mark.req("REQ-MIX-007", "REQ-VER-007")
def test_a_bag_is_made_by_scans_and_keys_alone(at_bench: AtBench) -> None:
    serial = at_bench.start()
    assert serial == "2611200001"
    at_bench.to_drug()
    at_bench.type_volumes("10", "0.7")
    at_bench.press(at_bench.page.step.look)
    assert at_bench.state(serial) is BagState.PREPARED
    assert at_bench.page.presenter.view().done == ("Bag 1 is ready to be verified.", "261120 0001")
    at_bench.press(at_bench.page.ready.next_bag)
    assert at_bench.page.presenter.view().bag is None


@pytest.mark.req("REQ-MIX-007")
def test_a_wrong_scan_fills_the_page_and_only_the_right_one_clears_it(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.scan(TAG, code(BAG), code(TUBING), code(FILTER), code(WATER), code(VIAL, 1), code(STABILIZER))
    stop = at_bench.page.presenter.view().stop
    assert stop is not None
    assert (stop.scanned, stop.needs) == ("IV solution stabilizer", "Vial 2")
    assert at_bench.page.stop.isVisible()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        QTest.keyClick(at_bench.page.stop, key)
    at_bench.press(at_bench.page.stop.hint)
    assert at_bench.page.stop.isVisible()
    at_bench.scan(code(VIAL, 2))
    assert not at_bench.page.stop.isVisible()


@pytest.mark.req("REQ-SUP-006")
def test_the_wrong_saline_says_what_not_to_do(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.to_saline()
    at_bench.scan(TAG, code(BACTERIOSTATIC))
    stop = at_bench.page.presenter.view().stop
    assert stop is not None
    assert stop.sentence.endswith("Do not add it to the bag.")
    at_bench.press(at_bench.page.stop.call)
    with at_bench.desk.open_unit_of_work(reading=True) as work:
        from pharmacy_app.domain.audit import EntryFilter

        acts = [each.act for each in work.audit.entries(EntryFilter(), limit=3)]
    assert acts[:2] == ["pharmacist-called", "scan-stopped"]


def test_what_is_already_in_the_bag_rejects_it(at_bench: AtBench) -> None:
    serial = at_bench.start()
    at_bench.to_saline()
    at_bench.scan(TAG, code(BACTERIOSTATIC))
    at_bench.press(at_bench.page.stop.already)
    dialog = at_bench.page.acts.dialog
    assert isinstance(dialog, AskReason)
    QTest.keyClicks(dialog.reason.edit, "20 mL of bacteriostatic saline")
    at_bench.press(dialog.give)
    assert at_bench.state(serial) is BagState.REJECTED
    assert not at_bench.page.stop.isVisible()


@pytest.mark.req("REQ-MIX-009")
def test_a_reading_between_the_lines_is_refused_at_the_field_and_stays_as_typed(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.to_drug()
    at_bench.type_volumes("9.95", "0.7")
    remarks = at_bench.page.step.findings.remarks
    assert [each.sentence for each in remarks] == ["Given 9.95 mL: 10 mL syringe here reads to 0.2 mL."]
    assert [text for _, text in at_bench.page.step.volumes.typed] == ["9.95", "0.7"]
    assert at_bench.step == "drug"


@pytest.mark.req("REQ-MIX-009")
def test_a_volume_out_of_tolerance_stops_with_the_dose_it_would_give(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.to_drug()
    at_bench.type_volumes("10", "0.3")
    stop = at_bench.page.presenter.view().stop
    assert stop is not None
    assert stop.sentence == "Read 10.3 mL in all. This step asks for 10.7 mL, give or take 0.2 mL."
    # 10.3 × 12.5 ÷ 285.8 × 2.5 × 24 = 27.0294… mcg/day
    assert stop.others == ("The bag would give 27.03 mcg/day, -3.47 % from the ordered dose.",)


@pytest.mark.parametrize("typed", ["10,7", "1e1", "10.7 mL"])
def test_a_volume_that_cannot_be_read_is_refused(at_bench: AtBench, typed: str) -> None:
    at_bench.start()
    at_bench.to_drug()
    at_bench.type_volumes(typed, "0.7")
    assert [each.code for each in at_bench.page.step.findings.remarks] == ["expected.volume"]
    assert at_bench.step == "drug"


@pytest.mark.req("REQ-MIX-005")
def test_how_the_bag_was_filled_is_asked_and_never_assumed(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.to_saline()
    at_bench.scan(TAG, code(SALINE))
    at_bench.type_volumes("270")
    assert [each.code for each in at_bench.page.step.findings.remarks] == ["mix.fill-not-known"]
    assert at_bench.step == "saline-preservative-free"


def test_a_window_that_is_opened_again_goes_on_at_the_step_that_waits(
    at_bench: AtBench, open_window: Open
) -> None:
    at_bench.start()
    at_bench.scan(TAG, code(BAG))
    again = open_window(at_bench.desk)
    again.go_to(PageName.BENCH)
    settle(at_bench.qtbot, again)
    page = again.page
    assert isinstance(page, BenchPage)
    bag = page.presenter.view().bag
    assert bag is not None
    assert bag.resumed.startswith("Resumed at step 2.")


def test_work_that_stops_here_is_on_the_worklist_and_its_tag_opens_it(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.scan(TAG, code(BAG))
    at_bench.press(at_bench.page.leave)
    rows = at_bench.page.presenter.view().rows
    assert [(row.serial, row.act) for row in rows] == [("2611200001", "Go on")]
    at_bench.scan(TAG)
    assert at_bench.step == "supplies"


@pytest.mark.req("REQ-VER-004")
def test_abandoning_asks_why_and_how_many_vials(at_bench: AtBench) -> None:
    serial = at_bench.start()
    at_bench.scan(TAG)
    at_bench.press(at_bench.page.abandon)
    dialog = at_bench.page.acts.dialog
    assert isinstance(dialog, FormDialog)
    QTest.keyClicks(dialog.fields["vials"].edit, "two")
    at_bench.press(dialog.give)
    assert [each.code for each in dialog.remarks] == ["expected.whole-number"]
    dialog.fields["vials"].edit.clear()
    QTest.keyClicks(dialog.fields["vials"].edit, "0")
    QTest.keyClicks(dialog.fields["reason"].edit, "The hood failed")
    at_bench.press(dialog.give)
    assert at_bench.state(serial) is BagState.ABANDONED
    assert at_bench.page.presenter.view().bag is None


@pytest.mark.req("REQ-SUP-008")
def test_a_code_that_cannot_be_read_is_typed_and_a_second_person_signs(at_bench: AtBench) -> None:
    serial = at_bench.start()
    at_bench.scan(TAG)
    at_bench.press(at_bench.page.by_hand)
    dialog = at_bench.page.acts.dialog
    assert isinstance(dialog, FormDialog)
    QTest.keyClicks(dialog.fields["code"].edit, f"(01){BAG.code}(17)271130(10)A1")
    QTest.keyClicks(dialog.fields["reason"].edit, "Torn")
    at_bench.press(dialog.give)
    second = at_bench.page.acts.dialog
    assert isinstance(second, SecondPersonDialog)
    second.form.take_name("achen")
    QTest.keyClicks(second.form.secret.edit, SECRET)
    QTest.keyClick(second.form.secret.edit, Qt.Key.Key_Return)
    at_bench.wait()
    (unit,) = at_bench.day.bench().view(serial).bag.units
    assert unit.by_hand is not None
    assert (unit.by_hand.reason, unit.by_hand.second_person) == ("Torn", "achen")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_nothing_is_cut_at_any_step(at_bench: AtBench, size: tuple[int, int]) -> None:
    at_bench.window.resize(*size)
    at_bench.start()
    assert cut_texts(at_bench.page) == []
    at_bench.to_drug()
    assert cut_texts(at_bench.page) == []
    at_bench.scan(code(WATER))
    assert at_bench.page.stop.isVisible()
    assert cut_texts(at_bench.page.stop) == []


OUTSIDE = "Its lot is out of the refrigerator: 8 h left."


def notes(at_bench: AtBench) -> list[str]:
    return [each.code for each in at_bench.page.step.findings.remarks if each.severity is Severity.NOTE]


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_what_is_left_to_a_lot_that_is_out_stands_beside_the_scan_and_the_vials(
    at_bench: AtBench, size: tuple[int, int]
) -> None:
    at_bench.window.resize(*size)
    at_bench.start()
    at_bench.scan(TAG, code(BAG), code(TUBING), code(FILTER), code(WATER), code(VIAL, 1))
    before, line = cut_texts(at_bench.page), at_bench.window.scans.line
    assert OUTSIDE not in line.result.replace("\u00a0", " ")
    for product in (VIAL, STABILIZER):
        at_bench.desk.stock.take_out(Handled(product.code, "A1", "", "Delivery"))
    at_bench.scan(code(VIAL, 2))
    assert OUTSIDE in line.result.replace("\u00a0", " ")
    assert cut_texts(line) == []
    assert notes(at_bench) == ["lot.outside-now"]
    assert set(cut_texts(at_bench.page)) <= set(before)


@pytest.mark.req("REQ-BUD-007")
def test_while_a_volume_is_measured_the_note_gives_way_and_comes_again(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.desk.stock.take_out(Handled(VIAL.code, "A1", "", "Delivery"))
    at_bench.to_saline()
    assert notes(at_bench) == ["lot.outside-now"]
    at_bench.scan(TAG, code(SALINE))
    assert notes(at_bench) == []
    assert OUTSIDE not in at_bench.window.scans.line.result.replace("\u00a0", " "), "not of this lot"
    at_bench.page.step.fill.set_values(["pumped-into-empty-bag"])
    at_bench.type_volumes("270")
    assert notes(at_bench) == ["lot.outside-now"]
    at_bench.desk.stock.take_out(Handled(STABILIZER.code, "A1", "", "Delivery"))
    at_bench.scan(TAG, code(STABILIZER))
    assert notes(at_bench) == []
    assert OUTSIDE in at_bench.window.scans.line.result.replace("\u00a0", " ")
