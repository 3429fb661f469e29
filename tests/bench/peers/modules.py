"""Runs `python -m pharmacy_app …` in this process and tells which standard modules were loaded, in order.

`modules.py FILE ARGUMENTS…`: the names go into FILE, one a line. Measures nothing.
"""

import runpy
import sys
from pathlib import Path


def main(file: str, arguments: list[str]) -> None:
    """Run, then write."""
    sys.argv = ["pharmacy_app", *arguments]
    try:
        runpy.run_module("pharmacy_app", run_name="__main__", alter_sys=True)
    finally:
        names = [name for name in sys.modules if name.split(".")[0] in sys.stdlib_module_names]
        Path(file).write_text("\n".join(names), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
