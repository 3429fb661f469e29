"""Our side of the label's measurement: `python -m tests.bench.label_worker COUNT SEED`.

Answers a line by a line: `draw N` and `read N` by milliseconds of the processor, `pdf N` by the file in
base64. N counts through the kinds: all of the first, then all of the second.
"""

from __future__ import annotations

import base64
import sys
import time

from pharmacy_app import bootstrap
from pharmacy_app.domain.label import LabelContent
from tests.bench.label_contents import KINDS, contents

STOCK, DPI = "4x3", 203


class Bench:
    """Draws, reads back and notes the labels; a drawing is timed without its read-back."""

    def __init__(self, count: int, seed: int) -> None:
        self._renderer = bootstrap.label_renderer()
        self._contents: list[LabelContent] = [
            content for kind in KINDS for content in contents(kind, count, seed=seed)
        ]
        self._drawn: dict[int, bytes] = {}

    def draw(self, number: int) -> str:
        """Milliseconds for the PDF."""
        started = time.process_time_ns()
        document = self._renderer.draw(self._contents[number], stock=STOCK, dpi=DPI)
        ended = time.process_time_ns()
        if document.findings:
            sys.exit(f"a label was refused: {document.findings}")
        self._drawn[number] = document.pdf
        return f"{(ended - started) / 1e6}"

    def read(self, number: int) -> str:
        """Milliseconds for the read-back of a label that was drawn."""
        started = time.process_time_ns()
        found = self._renderer.read_back(self._drawn[number], dpi=DPI)
        ended = time.process_time_ns()
        if found.code128 is None or found.datamatrix is None:
            sys.exit("a label could not be read back")
        return f"{(ended - started) / 1e6}"

    def pdf(self, number: int) -> str:
        """The file."""
        self.draw(number)
        return base64.b64encode(self._drawn[number]).decode("ascii")


def main(count: str, seed: str) -> None:
    """Answer until the input ends."""
    bench = Bench(int(count), int(seed))
    deeds = {"draw": bench.draw, "read": bench.read, "pdf": bench.pdf}
    for line in sys.stdin:
        deed, number = line.split()
        sys.stdout.write(deeds[deed](int(number)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
