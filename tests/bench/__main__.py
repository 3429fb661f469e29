"""Figures: `python -m tests.bench`. Measures, prints a table, writes `out/bench.json`.

Peers get environments of their own in `.bench/`, made at the first run. Ends with 0 whatever the figures
are: they are shown, not asserted. Exit 1 when something could not be measured at all.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pharmacy_app.bootstrap import use_pinned_zones
from tests.bench import bad_input, dragging, label, optimum, plan, record, window
from tests.bench.figures import Figure, Result
from tests.bench.processes import BenchFault
from tests.bench.report import as_document, as_text, write_document
from tests.bench.setting import FULL, QUICK, ROOT, Setting

MEASUREMENTS: dict[str, Callable[[Setting], Result]] = {
    "label": label.measure,
    "window": window.measure,
    "dragging": dragging.measure,
    "optimum": optimum.measure,
    "plan": plan.measure,
    "bad-input": bad_input.measure,
    "record": record.measure,
}


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for; the exit code."""
    options = _options(arguments)
    use_pinned_zones()
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(QUICK if options.quick else FULL, not options.no_install, Path(folder))
        results = [_result(name, setting) for name in options.only or MEASUREMENTS]
    write_document(as_document(results, quick=options.quick), options.out)
    sys.stdout.write(f"{as_text(results)}\nWritten: {options.out}\n")
    return int(any(figure.name == "fault" for result in results for figure in result.figures))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measures, prints a table, writes JSON.")
    parser.add_argument(
        "only", nargs="*", metavar="WHAT", help=f"of {', '.join(MEASUREMENTS)}; all when absent"
    )
    parser.add_argument("--quick", action="store_true", help="measure hardly anything, to see that it works")
    parser.add_argument(
        "--no-install", action="store_true", help="use the peers that are there, install none"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench.json", help="the JSON file")
    options = parser.parse_args(arguments)
    unknown = set(options.only) - MEASUREMENTS.keys()
    if unknown:
        parser.error(f"given {', '.join(sorted(unknown))}, expected {', '.join(MEASUREMENTS)}")
    return options


def _result(name: str, setting: Setting) -> Result:
    sys.stderr.write(f"Measuring: {name} …\n")
    try:
        return MEASUREMENTS[name](setting)
    except BenchFault as fault:
        return Result((Figure("fault", f"{name}: not measured", "ms", missing=str(fault)),))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
