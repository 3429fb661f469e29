"""Ways to start that need no window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from db.engine import Database
from pharmacy_app import bootstrap
from tests.support.bench import MORNING, Day
from tests.support.printing import ZEBRA, FakePrinters, PowerLoss, released_bag


def test_without_a_display_the_window_says_so_instead_of_ending_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    assert bootstrap.desktop() == 4
    assert "There is no display here" in capsys.readouterr().err


def test_a_scanner_prefix_that_people_could_type_is_refused_before_the_window_opens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PHARMACY_APP_SCANNER_PREFIX", "~")

    assert bootstrap.desktop() == 2
    assert capsys.readouterr().err == (
        "PHARMACY_APP_SCANNER_PREFIX: given ~. Expected control characters in caret notation, such as ^B;"
        " empty where the scanner sends no prefix.\n"
    )


def test_breaking_off_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_off(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("pharmacy_app.cli.main.run", broken_off)

    assert bootstrap.command_line(["plan", "order.json"]) == 130
    assert capsys.readouterr() == ("", "")


def test_in_the_window_nobody_is_signed_in_at_first_and_the_command_line_is_no_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PHARMACY_APP_DATABASE", f"sqlite:///{tmp_path / 'records.sqlite3'}")
    bootstrap.open_desk(f"sqlite:///{tmp_path / 'records.sqlite3'}", None)

    assert bootstrap.desk_for_people().people.actor is None
    actor = bootstrap.open_desk(None, None).people.actor
    assert actor is not None
    assert (actor.person, [role.value for role in actor.roles]) == ("command-line", ["station"])


@pytest.mark.req("REQ-LBL-009")
def test_a_window_that_starts_does_not_know_what_became_of_the_label_it_was_printing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def dies() -> None:
        raise PowerLoss

    monkeypatch.setenv("PHARMACY_APP_DATABASE", f"sqlite:///{tmp_path / 'records.sqlite3'}")
    before = bootstrap.open_desk(f"sqlite:///{tmp_path / 'records.sqlite3'}", None).at_time(lambda: MORNING)
    serial = released_bag(Day(before.open_unit_of_work))
    with pytest.raises(PowerLoss):
        replace(before, printers=FakePrinters(before=dies)).printing.print_label(serial, ZEBRA)
    assert before.printing.unknown_jobs() == ()

    after = bootstrap.desk_for_people()
    (job,) = after.printing.unknown_jobs()
    assert (job.serial, job.number) == (serial, 1)
    for desk in (before, after):
        cast(Database, desk.open_unit_of_work).close()
