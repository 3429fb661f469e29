"""Ends with 0 if a display answers, else says on standard error which one did not and ends with 1.

Asked before Qt is loaded: Qt ends the whole process when its display does not answer. Standard library only.
"""

import ctypes
import os
import socket
import sys
from pathlib import Path


def wayland_answers(display: str) -> bool:
    """Whether something listens on the Wayland socket that `WAYLAND_DISPLAY` names."""
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / display
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def x11_answers(display: str) -> bool:
    """Whether the X server that `DISPLAY` names lets this user in."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    connection = x11.XOpenDisplay(display.encode())
    if connection is None:
        return False
    x11.XCloseDisplay(ctypes.c_void_p(connection))
    return True


def silent_displays() -> list[str] | None:
    """None if a display answers, else those that were named and do not answer."""
    named = []
    for variable, answers in (("WAYLAND_DISPLAY", wayland_answers), ("DISPLAY", x11_answers)):
        display = os.environ.get(variable, "")
        if display and answers(display):
            return None
        if display:
            named.append(f"{variable}={display}")
    return named


def main() -> int:
    """The exit code."""
    silent = silent_displays()
    if silent:
        print(f"The display does not answer: {', '.join(silent)}.", file=sys.stderr)
    return 0 if silent is None else 1


if __name__ == "__main__":
    sys.exit(main())
