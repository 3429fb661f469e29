"""Peers' environments: each its own, in `.bench/<name>`, from the pinned and hashed lines of our own lock, or
of a lock of its own where the program does not use the peer's packages.

An environment is used again as long as its lines and its Python are the same. Where one cannot be made,
without a network for example, a run says so in the table and goes on.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.processes import BenchFault
from tests.bench.setting import ROOT, Setting

LOCK = ROOT / "requirements.lock"
FOLDER = ROOT / ".bench"
WHEELHOUSE = ROOT / "wheelhouse"
_REQUIREMENT = re.compile(r"^([a-z0-9.-]+)==[^\\\n]*\\\n(?:    --hash=[^\n]*\n?)+", re.MULTILINE)


def locked_lines(lock: str, names: tuple[str, ...]) -> str:
    """The lock's lines of these packages alone. Raises `BenchFault` when one is not locked.

    >>> print(locked_lines("a==1 \\\\\\n    --hash=sha256:00\\nb==2 \\\\\\n    --hash=sha256:01\\n", ("b",)))
    b==2 \\
        --hash=sha256:01
    <BLANKLINE>
    """
    found = {match[1]: match[0] for match in _REQUIREMENT.finditer(lock)}
    missing = [name for name in names if name not in found]
    if missing:
        message = f"not in {LOCK.name}: {', '.join(missing)}"
        raise BenchFault(message)
    return "".join(found[name] for name in names)


def peer_python(name: str, packages: tuple[str, ...], setting: Setting, *, lock: Path | None = None) -> str:
    """The interpreter of a peer's environment, made where it is missing or outdated.

    Of a `lock` of its own all packages are taken.

    Raises:
        BenchFault: it cannot be made, or may not be.
    """
    if lock is None:
        lines = locked_lines(LOCK.read_text(encoding="ascii"), packages)
    else:
        lines = lock.read_text(encoding="ascii")
    folder, python = FOLDER / name, FOLDER / name / "bin" / "python"
    base = Path(sys.executable).resolve()
    digest = f"{hashlib.sha256(lines.encode()).hexdigest()} {base}"
    stamp = folder / ".stamp"
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return str(python)
    if not setting.may_install:
        message = f"the peer's environment .bench/{name} is missing, and this run may not install it"
        raise BenchFault(message)
    sys.stderr.write(f"Setting up the peer in .bench/{name} …\n")
    shutil.rmtree(folder, ignore_errors=True)
    _install(folder, lines)
    stamp.write_text(digest, encoding="utf-8")
    return str(python)


def _install(folder: Path, lines: str) -> None:
    packages = ["--without-pip"] if not lines else []
    _call([sys.executable, "-I", "-m", "venv", *packages, str(folder)], folder.name)
    if not lines:
        return
    wanted = folder / "requirements.lock"
    wanted.write_text(lines, encoding="ascii")
    source = ["--no-index", "--find-links", str(WHEELHOUSE)] if WHEELHOUSE.is_dir() else []
    python = str(folder / "bin" / "python")
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--only-binary",
        ":all:",
        "--require-hashes",
    ]
    _call([python, "-I", "-m", "pip", "install", *options, *source, "-r", str(wanted)], folder.name)
    _call([python, "-I", "-m", "compileall", "-q", str(folder / "lib")], folder.name, must=False)


def _call(command: list[str], name: str, *, must: bool = True) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if must and done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines() or ["no words"]
        message = f"the peer's environment .bench/{name} could not be made: {words[-1][:100]}"
        raise BenchFault(message)
