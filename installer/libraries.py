"""Says which of the system's libraries and programs are missing, by loading them.

`libraries.py window|test` prints one line for each missing one: the names of the package that holds it,
since releases of Debian and Ubuntu name the same library differently. Prints nothing when all is there.
Standard library only.
"""

import ctypes
import shutil
import sys

# The shared object that Qt links to or opens, then the names of its package: newer releases first.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0t64 libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libz.so.1": "zlib1g",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}


def is_loadable(library: str) -> bool:
    """Whether the dynamic linker finds the library and everything that it needs in turn."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(purpose: str) -> list[str]:
    """The package names, each once, of what `window` or `test` needs and the system lacks."""
    missing = [packages for library, packages in QT_LIBRARIES.items() if not is_loadable(library)]
    if purpose == "test":
        missing += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    return list(dict.fromkeys(missing))


if __name__ == "__main__":
    for packages in missing_packages(sys.argv[1]):
        print(packages)
