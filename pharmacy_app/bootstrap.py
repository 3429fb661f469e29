"""The one place that sees everything: one function for each way to start, importing inside what it builds."""

from __future__ import annotations

import os
import platform
import sys
import time
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.domain.errors import InputRefused
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.listing import ListingRenderer
    from pharmacy_app.workflow.plan_exports import PlanDrawers
    from pharmacy_app.workflow.ports import LabelRenderer, Phrases, WorksheetRenderer
    from pharmacy_app.workflow.printers import Printers
    from pharmacy_app.workflow.rulebook import Rulebook
    from pharmacy_app.workflow.training_codes import CodeSheetRenderer

BUG = 1
BROKEN_OFF = 130  # by Ctrl+C, as shells count it


def use_pinned_zones() -> None:
    """Zone rules come from the pinned package, never from the system (REQ-PLN-010)."""
    zoneinfo.reset_tzpath(to=())


def now() -> datetime:
    """The station's clock."""
    return datetime.now(UTC)


def steady() -> timedelta:
    """The time since some moment, by a clock that nobody can set and that goes on while the station sleeps.

    Linux and macOS name that clock; on Windows it is the one that Python takes anyway.
    """
    clock = getattr(time, "CLOCK_BOOTTIME", None) or getattr(time, "CLOCK_MONOTONIC", None)
    nanoseconds = time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)
    return timedelta(microseconds=nanoseconds // 1000)


def command_line(arguments: Sequence[str]) -> int:
    """Run one command; its exit code."""
    from pharmacy_app.cli.main import run

    use_pinned_zones()
    return _guarded(lambda: run(arguments, tools()))


def desktop() -> int:
    """Open the window; the exit code when it is closed."""
    use_pinned_zones()
    if not _has_display():
        return _say_no_display()
    return _guarded(_window)


def _window() -> int:
    """The window, with the prefix that PHARMACY_APP_SCANNER_PREFIX says the station's scanner sends."""
    from pharmacy_app.domain.errors import InputRefused
    from ui.application import run_window

    prefix = os.environ.get("PHARMACY_APP_SCANNER_PREFIX", "")
    try:
        return run_window(open_desk=desk_for_people, scanner_prefix=prefix)
    except InputRefused as refusal:
        return _say_refusal(refusal)


def _say_refusal(refusal: InputRefused) -> int:
    from pharmacy_app.cli.answer import NOT_READABLE
    from pharmacy_app.cli.output import say

    words = _words()
    expected = words.error(refusal)
    say(words("refusal.sentence", field=refusal.field, given=refusal.given, expected=expected))
    return NOT_READABLE


def _has_display() -> bool:
    """Whether a display is named: without one Qt ends the whole process, and Python cannot catch that."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _say_no_display() -> int:
    from pharmacy_app.cli.answer import TROUBLE
    from pharmacy_app.cli.output import say

    say(_words()("trouble.no-display"))
    return TROUBLE


def _guarded(start: Callable[[], int]) -> int:
    """The only place that catches every error: a bug gets a reference, and its details go to the log."""
    try:
        return start()
    except Exception:  # noqa: BLE001 - the one place; everywhere else an error is foreseen or a bug
        from pharmacy_app.cli.output import say
        from pharmacy_app.crash_log import report_bug

        reference = report_bug(sys.exc_info())
        say(_words()("trouble.bug", reference=reference))
        return BUG
    except KeyboardInterrupt:
        return BROKEN_OFF


def _words() -> Phrases:
    from pharmacy_app.wording import load

    return load("en")


def tools() -> Tools:
    """What the command line may build, each part at its first use."""
    from pharmacy_app.cli.tools import Tools

    return Tools(
        words=_words(),
        clock=now,
        rulebook=rulebook,
        label_renderer=label_renderer,
        worksheet_renderer=worksheet_renderer,
        open_desk=open_desk,
    )


def rulebook(protocol: Path | None) -> Rulebook:
    """The protocol of a file, or the shipped one; the training site; the holidays; the zone rules."""
    from pharmacy_app.intake.protocol_file import read_protocol, shipped_protocol
    from pharmacy_app.intake.public_holidays import PublicHolidays
    from pharmacy_app.intake.site_file import training_site
    from pharmacy_app.intake.zones import zone_data_version
    from pharmacy_app.workflow.rulebook import Rulebook

    base = shipped_protocol() if protocol is None else read_protocol(protocol)
    return Rulebook(
        protocol=base,
        site=training_site(base),
        holidays=PublicHolidays(),
        zone_data=zone_data_version(),
    )


def label_renderer() -> LabelRenderer:
    """Draws labels as PDF."""
    from labels.renderer import PdfLabelRenderer

    return PdfLabelRenderer()


def worksheet_renderer() -> WorksheetRenderer:
    """Draws worksheets as PDF."""
    from labels.worksheet import PdfWorksheetRenderer

    return PdfWorksheetRenderer(_words())


def code_sheet_renderer() -> CodeSheetRenderer:
    """Draws codes to be scanned as PDF."""
    from labels.code_sheet import PdfCodeSheetRenderer

    return PdfCodeSheetRenderer()


def listing_renderer() -> ListingRenderer:
    """Draws lists as PDF: the record, and the bags of a lot."""
    from labels.record_pdf import PdfListingRenderer

    return PdfListingRenderer()


def plan_drawers() -> PlanDrawers:
    """Draws plans as PDF, and writes them as calendars."""
    from labels.calendar_file import IcsCalendarWriter
    from labels.plan_pdf import PdfPlanRenderer
    from pharmacy_app.workflow.plan_exports import PlanDrawers

    return PlanDrawers(PdfPlanRenderer(_words()), IcsCalendarWriter())


def printers() -> Printers:
    """The printers of the system, and for training a folder: PHARMACY_APP_PRINT_FOLDER, or the program's."""
    from db.address import data_folder
    from labels.printers import AllPrinters, PdfFolder, SystemPrinters

    named = os.environ.get("PHARMACY_APP_PRINT_FOLDER")
    return AllPrinters(SystemPrinters(), PdfFolder(Path(named) if named else data_folder() / "prints"))


def open_desk(database: str | None, protocol: Path | None, *, create: bool = True) -> Desk:
    """The desk on a database: of the URL, of PHARMACY_APP_DATABASE, or in the user's data directory.

    Without `create`, a database that is named must be there already.

    Raises:
        StationTrouble: the database cannot be opened.
        InputRefused: the protocol file is not what it should be.
    """
    from db.engine import default_url, open_database
    from pharmacy_app.intake.catalogue_csv import CatalogueCsv
    from pharmacy_app.intake.order_json import read_order
    from pharmacy_app.intake.protocol_file import read_protocol
    from pharmacy_app.intake.scan import read_scan
    from pharmacy_app.intake.site_file import training_texts
    from pharmacy_app.secret_hash import Argon2Hasher
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.rules_in_force import RulesInForce
    from pharmacy_app.workflow.station import ClockWatch, Seat, Station

    named = database or os.environ.get("PHARMACY_APP_DATABASE")
    base = rulebook(protocol or protocol_from_environment())
    open_unit_of_work = open_database(named or default_url(), create=create or not named)
    rules = RulesInForce(base, training_texts(base.protocol), open_unit_of_work)
    rules.refresh()  # here, so that the window's own thread never asks the database
    return Desk(
        station=Station(
            rulebook=rules,
            clock=now,
            open_unit_of_work=open_unit_of_work,
            hasher=Argon2Hasher(),
            seat=Seat(platform.node(), command_line_actor()),
            watch=ClockWatch(steady),
        ),
        words=_words(),
        order_reader=read_order,
        scan_reader=read_scan,
        label_renderer=label_renderer(),
        worksheet_renderer=worksheet_renderer(),
        listing_renderer=listing_renderer(),
        plan_drawers=plan_drawers(),
        printers=printers(),
        stock_files=CatalogueCsv(),
        code_sheet_renderer=code_sheet_renderer(),
        protocol_reader=read_protocol,
        examples=example_orders,
    )


def desk_for_people() -> Desk:
    """The desk of a window: nobody is signed in yet. What was printing here when the program last stopped
    is not known from now on, and waits for a person. Raises as `open_desk`."""
    desk = open_desk(None, None)
    desk.station.seat.actor = None
    desk.printing.settle()
    return desk


def command_line_actor() -> Actor:
    """Who gives a command where nobody signs in: a station, which enters orders and prints labels."""
    from pharmacy_app.domain.person import Actor, Role

    return Actor("command-line", "command line", (Role.STATION,), platform.node())


def protocol_from_environment() -> Path | None:
    """The protocol file that the environment names, if any."""
    named = os.environ.get("PHARMACY_APP_PROTOCOL")
    return Path(named) if named else None


def example_orders() -> tuple[Mapping[str, object], ...]:
    """The training pharmacy's order documents, one for each indication."""
    from pharmacy_app.intake.example_orders import example_orders as read

    return read()
