"""Without arguments the desktop, with arguments the command line."""

from __future__ import annotations

import sys

from pharmacy_app import bootstrap

if __name__ == "__main__":
    sys.exit(bootstrap.command_line(sys.argv[1:]) if sys.argv[1:] else bootstrap.desktop())
