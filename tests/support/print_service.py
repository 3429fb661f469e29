"""A printing service that is none: its four commands note what they are given, and fail as a test wants.

The answers of the print server are those that CUPS 2.4.2 gave on loopback, byte for byte.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

_HEAD = (
    b"\x02\x00\x00\x00\x00\x00\x00\x01\x01G\x00\x12attributes-charset\x00\x05utf-8"
    b"H\x00\x1battributes-natural-language\x00\x02en"
)
COMPLETED = _HEAD + b"\x02#\x00\tjob-state\x00\x04\x00\x00\x00\x09\x03"
PENDING = _HEAD + b"\x02#\x00\tjob-state\x00\x04\x00\x00\x00\x03\x03"
CANCELED = (
    _HEAD + b"\x02#\x00\tjob-state\x00\x04\x00\x00\x00\x07A\x00\x19job-printer-state-message"
    b"\x00+Printer cannot print with supplied options.\x03"
)
NO_SUCH_JOB = (
    b"\x02\x00\x04\x06\x00\x00\x00\x01\x01G\x00\x12attributes-charset\x00\x05utf-8"
    b"H\x00\x1battributes-natural-language\x00\x02enA\x00\x0estatus-message"
    b"\x00\x17Job #99 does not exist.\x03"
)
ZEBRA_SIZES = "PageSize/Media Size: w90h18 w216h144 w288h216 *w288h360 w288h432 Custom.WIDTHxHEIGHT"
LABEL_SIZES = "PageSize/Media Size: 4x3.Borderless Custom.WIDTHxHEIGHT"
OFFICE_SIZES = "PageSize/Media Size: A4 Env10 EnvDL Legal *Letter"


@dataclass(slots=True)
class PrintService:
    """The folder on PATH that holds the commands, and what they shall do."""

    folder: Path

    def command(self, name: str, *, out: str = "", err: str = "", code: int = 0, seconds: float = 0) -> None:
        """Let a command say this and end so. It keeps its arguments, and what it reads, beside itself."""
        script = self.folder / name
        script.write_text(
            f"#!{sys.executable} -S\n"
            "import pathlib, sys, time\n"
            f"here = pathlib.Path({str(self.folder)!r})\n"
            f"(here / '{name}.arguments').write_text('\\n'.join(sys.argv[1:]))\n"
            f"(here / '{name}.document').write_bytes(sys.stdin.buffer.read())\n"
            f"time.sleep({seconds})\n"
            f"sys.stdout.write({out!r})\n"
            f"sys.stderr.write({err!r})\n"
            f"sys.exit({code})\n",
            encoding="utf-8",
        )
        script.chmod(0o755)

    def arguments(self, name: str) -> list[str]:
        """What a command was called with, the last time."""
        return (self.folder / f"{name}.arguments").read_text().splitlines()

    def document(self) -> bytes:
        """What `lp` was given to print."""
        return (self.folder / "lp.document").read_bytes()

    def was_called(self, name: str) -> bool:
        """Whether a command was called at all."""
        return (self.folder / f"{name}.arguments").exists()


class _Server(HTTPServer):
    answer = COMPLETED


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        question = self.rfile.read(int(self.headers["Content-Length"]))
        assert question.startswith(b"\x02\x00\x00\x09")
        assert self.headers["Content-Type"] == "application/ipp"
        self.send_response(200)
        self.send_header("Content-Length", str(len(server.answer)))
        self.end_headers()
        self.wfile.write(server.answer)

    def log_message(self, *_arguments: object) -> None:
        """Nothing on the console."""


@contextmanager
def print_server(answer: bytes = COMPLETED) -> Iterator[str]:
    """A print server on loopback that gives this answer to every question about a job; its address."""
    server = _Server(("127.0.0.1", 0), _Answers)
    server.answer = answer
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
