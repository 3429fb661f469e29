"""Handing a label to the system's printing service: always with its size, and every failure seen."""

from __future__ import annotations

import socket
from pathlib import Path
from threading import Thread

import pytest

from labels.ipp import JobState, NoAnswer, ask_job
from labels.printers import FOLDER_NAME, AllPrinters, PdfFolder, SystemPrinters
from pharmacy_app.wording import load
from pharmacy_app.workflow.printers import Delivery, Sent
from tests.support.print_service import (
    CANCELED,
    COMPLETED,
    LABEL_SIZES,
    NO_SUCH_JOB,
    OFFICE_SIZES,
    PENDING,
    ZEBRA_SIZES,
    PrintService,
    print_server,
)

PDF = b"%PDF-1.4 a label"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PrintService:
    """A printing service with one queue, Zebra, on whose job nothing is known."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    made = PrintService(folder)
    made.command("lp", out="request id is Zebra-17 (1 file(s))\n")
    made.command("lpstat", out="127.0.0.1:1\n")
    made.command("lpoptions", out=f"{ZEBRA_SIZES}\nResolution/Resolution: *203dpi\n")
    return made


def printers(*, timeout_s: float = 15) -> SystemPrinters:
    """The system's printers, looked after without a pause."""
    return SystemPrinters(timeout_s=timeout_s, sleep=lambda _: None)


def send(service: PrintService, *, stock: str = "4x3", answer: bytes = COMPLETED) -> Sent:
    """Print on Zebra while the server gives this answer."""
    with print_server(answer) as address:
        service.command("lpstat", out=f"{address}\n")
        return printers().send("Zebra", PDF, stock=stock, title="261123031701")


def said(sent: Sent) -> str:
    assert sent.trouble is not None
    return load().error(sent.trouble)


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize(
    ("sizes", "stock", "media"),
    [
        (ZEBRA_SIZES, "4x3", "w288h216"),
        (ZEBRA_SIZES, "4x6", "w288h432"),
        (ZEBRA_SIZES, "3x2", "w216h144"),
        (LABEL_SIZES, "4x3", "Custom.288x216"),
        (LABEL_SIZES, "3x2", "Custom.216x144"),
    ],
)
def test_a_label_is_never_sent_without_its_size_nor_scaled(
    service: PrintService, sizes: str, stock: str, media: str
) -> None:
    service.command("lpoptions", out=sizes)
    sent = send(service, stock=stock)
    assert service.arguments("lp") == [
        "-d", "Zebra", "-t", "261123031701", "-o", f"media={media}", "-o", "print-scaling=none", "-",
    ]  # fmt: skip
    assert service.document() == PDF
    assert (sent.delivery, sent.reference, sent.told) == (Delivery.TAKEN, "17", "completed")


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize("sizes", [OFFICE_SIZES, "", "lpoptions: Unable to get PPD file for Zebra"])
def test_a_printer_that_does_not_have_the_size_gets_nothing(service: PrintService, sizes: str) -> None:
    service.command("lpoptions", out=sizes, code=0 if sizes else 1)
    sent = send(service)
    assert sent.delivery is Delivery.REFUSED
    assert said(sent) == (
        "Printer Zebra does not have 4 × 3 in among its sizes and takes no other. Nothing was printed."
    )
    assert not service.was_called("lp")


@pytest.mark.req("REQ-LBL-009")
def test_a_refusal_is_told_with_its_reason(service: PrintService) -> None:
    service.command("lp", err='lp: Destination "Zebra" is not accepting jobs.\n', code=1)
    sent = send(service)
    assert sent.delivery is Delivery.REFUSED
    assert said(sent).startswith('Printer Zebra refused the label: Destination "Zebra" is not accepting')


@pytest.mark.req("REQ-LBL-009")
def test_a_service_that_hangs_leaves_it_unknown(service: PrintService) -> None:
    service.command("lp", seconds=60)
    sent = printers(timeout_s=0.5).send("Zebra", PDF, stock="4x3", title="t")
    assert sent.delivery is Delivery.NOT_KNOWN
    assert said(sent).startswith("Printer Zebra did not answer in time. Nobody knows whether the label")


@pytest.mark.req("REQ-LBL-009")
def test_a_service_that_does_not_name_the_job_leaves_it_unknown(service: PrintService) -> None:
    service.command("lp", out="queued\n")
    assert send(service).delivery is Delivery.NOT_KNOWN


@pytest.mark.req("REQ-LBL-009")
def test_a_job_that_the_printer_rejects_after_the_queue_took_it_is_seen(service: PrintService) -> None:
    sent = send(service, answer=CANCELED)
    assert sent.delivery is Delivery.NOT_KNOWN
    assert (sent.reference, sent.told) == ("17", "canceled: Printer cannot print with supplied options.")
    assert "gave the label up: Printer cannot print with supplied options." in said(sent)


@pytest.mark.parametrize(("answer", "told"), [(PENDING, "pending"), (NO_SUCH_JOB, ""), (b"", "")])
def test_a_job_that_waits_or_is_not_answered_for_was_taken(
    service: PrintService, answer: bytes, told: str
) -> None:
    sent = send(service, answer=answer)
    assert (sent.delivery, sent.reference, sent.told) == (Delivery.TAKEN, "17", told)


def test_the_printers_are_those_of_the_service(service: PrintService) -> None:
    service.command("lpstat", out="Zebra\nLabel_2\n")
    found = printers().found()
    assert (found.names, found.trouble) == (("Zebra", "Label_2"), None)
    assert service.arguments("lpstat") == ["-e"]


def test_without_the_commands_there_is_no_printing_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = printers().found()
    assert found.names == ()
    assert found.trouble is not None
    assert load().error(found.trouble).startswith("There is no printing service on this station")
    sent = printers().send("Zebra", PDF, stock="4x3", title="t")
    assert (sent.delivery, said(sent)) == (Delivery.REFUSED, load().error(found.trouble))


@pytest.mark.parametrize(("err", "code"), [("lpstat: Unable to connect to server\n", 1), ("", 0)])
def test_a_service_that_does_not_run_is_told(service: PrintService, err: str, code: int) -> None:
    service.command("lpstat", err=err, code=code)
    found = printers().found()
    assert found.names == ()
    assert found.trouble is not None
    assert found.trouble.code == "trouble.printer.no-printers"


@pytest.mark.req("REQ-LBL-009")
def test_a_training_station_without_printer_writes_into_a_folder(tmp_path: Path) -> None:
    folder = PdfFolder(tmp_path / "prints")
    assert folder.found().names == (FOLDER_NAME,)
    assert not folder.on_paper(FOLDER_NAME)
    sent = folder.send(FOLDER_NAME, PDF, stock="4x3", title="261123031701")
    assert sent.delivery is Delivery.TAKEN
    assert (tmp_path / "prints" / "261123031701-4x3.pdf").read_bytes() == PDF
    assert folder.ask(FOLDER_NAME, sent.reference).delivery is Delivery.TAKEN


def test_a_folder_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "prints").write_text("a file")
    sent = PdfFolder(tmp_path / "prints").send(FOLDER_NAME, PDF, stock="4x3", title="t")
    assert sent.delivery is Delivery.REFUSED
    assert "cannot be written" in said(sent)


def test_the_folder_is_offered_beside_the_services_printers(service: PrintService, tmp_path: Path) -> None:
    service.command("lpstat", out="Zebra\n")
    both = AllPrinters(printers(), PdfFolder(tmp_path / "prints"))
    assert both.found().names == ("Zebra", FOLDER_NAME)
    assert (both.on_paper("Zebra"), both.on_paper(FOLDER_NAME)) == (True, False)
    both.send(FOLDER_NAME, PDF, stock="4x3", title="t")
    assert (tmp_path / "prints" / "t-4x3.pdf").exists()
    assert not service.was_called("lp")


def test_without_a_service_the_folder_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    both = AllPrinters(printers(), PdfFolder(tmp_path / "prints"))
    found = both.found()
    assert found.names == (FOLDER_NAME,)
    assert found.trouble is not None


def test_the_server_is_asked_in_the_file_system_too(tmp_path: Path) -> None:
    path = tmp_path / "cups.sock"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            asked = b""
            while not asked.endswith(b"job-printer-state-message\x03"):
                asked += connection.recv(65536)
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(CANCELED)}\r\n\r\n"
            connection.sendall(head.encode() + CANCELED)

    thread = Thread(target=answer)
    thread.start()
    found = ask_job(str(path), 17, timeout_s=5)
    thread.join()
    listener.close()
    assert (found.state, found.message) == (
        JobState.CANCELED,
        "Printer cannot print with supplied options.",
    )


@pytest.mark.parametrize("server", ["127.0.0.1:1", "/nowhere/cups.sock", ""])
def test_a_server_that_is_not_there_gives_no_answer(server: str) -> None:
    with pytest.raises(NoAnswer):
        ask_job(server, 17, timeout_s=1)


@pytest.mark.parametrize("length", range(0, len(CANCELED) - 1, 7))
def test_half_an_answer_is_none(length: int) -> None:
    with print_server(CANCELED[:length]) as address, pytest.raises(NoAnswer):
        ask_job(address, 17, timeout_s=5)
