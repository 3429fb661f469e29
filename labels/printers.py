"""The printers of a station: those of the system, and for training a folder into which labels are written.

A document is handed to the system's printing service (CUPS) by its own commands, always with its size and
never scaled: without a size a queue once put a 4 × 3 in label on Letter.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from labels.ipp import JobState, NoAnswer, ask_job
from labels.layout import layout, stocks
from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.files import write_whole
from pharmacy_app.workflow.printers import Delivery, PrinterList, Printers, Sent

FOLDER_NAME = "PDF folder"
TIMEOUT_S = 15.0
_WATCHED_S, _PAUSE_S = 2.0, 0.2
_REQUEST = re.compile(r"request id is (\S+)-([0-9]+) ")
_SIZES = re.compile(r"^PageSize/[^:]*:(?P<choices>.*)$", re.MULTILINE)
_CUSTOM = "Custom.WIDTHxHEIGHT"
_COMPLETED = JobState.COMPLETED.name.lower()
_ENDED_BADLY = (JobState.CANCELED, JobState.ABORTED)
_LONGEST_TOLD = 200


@dataclass(frozen=True, slots=True)
class _Ran:
    """A command that came to its end; `code` None: it did not in time."""

    code: int | None
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it complained of, on one line."""
        text = " ".join((self.err or self.out).split()).removeprefix("lp: ").removeprefix("Error - ")
        return text[:_LONGEST_TOLD]


class SystemPrinters:
    """The queues of the station's printing service. `timeout_s` is how long one command may take."""

    def __init__(self, *, timeout_s: float = TIMEOUT_S, sleep: Callable[[float], None] = time.sleep) -> None:
        self._timeout_s = timeout_s
        self._sleep = sleep

    def found(self) -> PrinterList:
        if shutil.which("lp") is None or shutil.which("lpstat") is None:
            return PrinterList((), StationTrouble("trouble.printer.no-service"))
        listed = self._run(["lpstat", "-e"])
        if listed.code != 0:
            return PrinterList((), _no_printers(listed))
        names = tuple(listed.out.split())
        if names:
            return PrinterList(names)
        running = self._run(["lpstat", "-r"])
        silent = running.code != 0 or "is running" not in running.out
        return PrinterList((), _no_printers(running) if silent else None)

    def on_paper(self, printer: str) -> bool:
        return bool(printer)

    def send(self, printer: str, pdf: bytes, *, stock: str, title: str) -> Sent:
        if shutil.which("lp") is None:
            return _refused(StationTrouble("trouble.printer.no-service"))
        size = self._size(printer, stock)
        if isinstance(size, Sent):
            return size
        command = ["lp", "-d", printer, "-t", title, "-o", f"media={size}", "-o", "print-scaling=none", "-"]
        ran = self._run(command, document=pdf)
        if ran.code is None:
            return _not_known(printer, "")
        if ran.code != 0:
            values = {"printer": printer, "reason": ran.said}
            return _refused(StationTrouble("trouble.printer.refused", values), ran.said)
        request = _REQUEST.search(ran.out)
        if request is None:
            return _not_known(printer, ran.said)
        return self._watch(printer, request[2])

    def ask(self, printer: str, reference: str) -> Sent:
        where = self._run(["lpstat", "-H"])
        try:
            answer = ask_job(where.out.strip(), int(reference), timeout_s=self._timeout_s)
        except NoAnswer:
            return Sent(Delivery.TAKEN, reference)
        told = f"{answer.state.name.lower().replace('_', ' ')}: {answer.message}".removesuffix(": ")
        if answer.state in _ENDED_BADLY:
            values = {"printer": printer, "reason": answer.message or answer.state.name.lower()}
            return Sent(
                Delivery.NOT_KNOWN, reference, told, StationTrouble("trouble.printer.gave-up", values)
            )
        return Sent(Delivery.TAKEN, reference, told)

    def _watch(self, printer: str, reference: str) -> Sent:
        """Look after a job for a moment: most printers refuse what they do not like at once."""
        sent = self.ask(printer, reference)
        for _ in range(round(_WATCHED_S / _PAUSE_S)):
            if sent.delivery is not Delivery.TAKEN or sent.told.startswith(_COMPLETED):
                break
            self._sleep(_PAUSE_S)
            sent = self.ask(printer, reference)
        return sent

    def _size(self, printer: str, stock: str) -> str | Sent:
        """The queue's own name for the stock's size; refused where it has none and takes no other."""
        width, height = _points(stock)
        listed = self._run(["lpoptions", "-p", printer, "-l"])
        sizes = _SIZES.search(listed.out)
        choices = [] if sizes is None else [each.removeprefix("*") for each in sizes["choices"].split()]
        named = f"w{width}h{height}"
        if named in choices:
            return named
        if _CUSTOM in choices:
            return f"Custom.{width}x{height}"
        values = {"printer": printer, "stock": _title(stock)}
        told = "" if choices else listed.said
        return _refused(StationTrouble("trouble.printer.no-such-size", values), told)

    def _run(self, command: Sequence[str], *, document: bytes = b"") -> _Ran:
        """Run a command of the printing service in plain English; one that hangs is ended."""
        environment = {**os.environ, "LC_ALL": "C"}
        try:
            done = subprocess.run(
                command,
                input=document,
                capture_output=True,
                timeout=self._timeout_s,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _Ran(None, "", "no answer in time")
        except OSError as error:
            return _Ran(127, "", error.strerror or str(error))
        return _Ran(done.returncode, _text(done.stdout), _text(done.stderr))


class PdfFolder:
    """Writes labels as PDF into a folder: for a training station without a printer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def found(self) -> PrinterList:
        return PrinterList((FOLDER_NAME,))

    def on_paper(self, printer: str) -> bool:
        return printer != FOLDER_NAME

    def send(self, _printer: str, pdf: bytes, /, *, stock: str, title: str) -> Sent:
        path = self._folder / f"{title}-{stock}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, pdf)
        except OSError as error:
            values = {"path": str(self._folder), "reason": error.strerror or str(error)}
            return _refused(StationTrouble("trouble.printer.folder", values))
        except StationTrouble as trouble:
            return _refused(StationTrouble("trouble.printer.folder", trouble.values))
        return Sent(Delivery.TAKEN, path.name, "written")

    def ask(self, _printer: str, reference: str, /) -> Sent:
        return Sent(Delivery.TAKEN, reference, "written")


class AllPrinters:
    """Several kinds of printers as one. Where two have one name, the first is meant."""

    def __init__(self, *kinds: Printers) -> None:
        self._kinds = kinds

    def found(self) -> PrinterList:
        lists = [each.found() for each in self._kinds]
        names = tuple(dict.fromkeys(name for each in lists for name in each.names))
        return PrinterList(names, next((each.trouble for each in lists if each.trouble is not None), None))

    def on_paper(self, printer: str) -> bool:
        return self._of(printer).on_paper(printer)

    def send(self, printer: str, pdf: bytes, *, stock: str, title: str) -> Sent:
        return self._of(printer).send(printer, pdf, stock=stock, title=title)

    def ask(self, printer: str, reference: str) -> Sent:
        return self._of(printer).ask(printer, reference)

    def _of(self, printer: str) -> Printers:
        return next((each for each in self._kinds if printer in each.found().names), self._kinds[0])


def _points(stock: str) -> tuple[int, int]:
    """Width and height of a stock in points."""
    chosen = layout(stock) if stock in stocks() else layout(stock, "tag")
    return round(chosen.width), round(chosen.height)


def _title(stock: str) -> str:
    return (layout(stock) if stock in stocks() else layout(stock, "tag")).title


def _refused(trouble: StationTrouble, told: str = "") -> Sent:
    return Sent(Delivery.REFUSED, told=told, trouble=trouble)


def _not_known(printer: str, told: str) -> Sent:
    trouble = StationTrouble("trouble.printer.not-known", {"printer": printer})
    return Sent(Delivery.NOT_KNOWN, told=told, trouble=trouble)


def _no_printers(ran: _Ran) -> StationTrouble:
    return StationTrouble("trouble.printer.no-printers", {"reason": ran.said or "no answer"})


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace")
