"""The command line as scripts use it: in this process where that is quicker, else in one of its own."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from db.engine import Database
from pharmacy_app import bootstrap
from pharmacy_app.cli.main import run
from pharmacy_app.cli.schema import run as schema_answer
from pharmacy_app.cli.tools import OpenDesk, Tools
from pharmacy_app.workflow.desk import Desk
from tests.support.rulebooks import NOW
from tests.support.sources import ROOT

EXAMPLES = ROOT / "docs" / "examples"
ORDER = EXAMPLES / "relapsed-refractory-cycle-1.json"


@dataclass(frozen=True, slots=True)
class Result:
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on standard output; nothing else may stand there, nor on standard error."""
        assert self.err == "", self.err
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    @property
    def error(self) -> dict[str, str]:
        """The refusal of an input that is not what it should be."""
        document = self.document
        assert errors_of("error", document) == []
        return cast("dict[str, str]", document["error"])

    @property
    def codes(self) -> list[str]:
        """The codes of the findings, in their order."""
        return [each["code"] for each in self.document["findings"]]


def tools(**changes: Any) -> Tools:
    """What the program uses, at a fixed present time, with what a test wants to be different."""
    return dataclasses.replace(bootstrap.tools(), **{"clock": lambda: NOW, **changes})


def ask(*arguments: str | Path, using: Tools | None = None) -> Result:
    """One command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    opened: list[Desk] = []
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(each) for each in arguments], using or tools(open_desk=_at_a_fixed_time(opened)))
    for desk in opened:
        cast(Database, desk.open_unit_of_work).close()
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Result(code, *texts)


def _at_a_fixed_time(opened: list[Desk]) -> OpenDesk:
    """Opens desks whose clock stands still; they are added to the list, so that they can be closed."""

    def open_desk(database: str | None, protocol: Path | None, *, create: bool = True) -> Desk:
        desk = bootstrap.open_desk(database, protocol, create=create).at_time(lambda: NOW)
        opened.append(desk)
        return desk

    return open_desk


def environment(home: Path, **variables: str) -> dict[str, str]:
    """What a process of its own gets: no display, no settings of this shell, a home of its own."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "error",
        **variables,
    }


def start(
    *arguments: str | Path | bytes,
    home: Path,
    variables: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdout: int | IO[bytes] = subprocess.PIPE,
    options: tuple[str, ...] = ("-P",),
) -> Result:
    """One command in a process of its own, with `options` for Python."""
    command: list[Any] = [sys.executable, *options, "-m", "pharmacy_app", *arguments]
    answer = subprocess.run(
        command,
        env=environment(home, **(variables or {})),
        cwd=cwd or home,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    return Result(answer.returncode, (answer.stdout or b"").decode("utf-8"), answer.stderr.decode("utf-8"))


def errors_of(name: str, document: object) -> list[str]:
    """Where a document is not what its schema says."""
    found: list[ValidationError] = list(_validator(name).iter_errors(document))
    return [f"{each.json_path}: {each.message}" for each in found]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_answer(name).document)


def write(folder: Path, document: object, name: str = "order.json") -> Path:
    """A file with a document, or with these bytes."""
    path = folder / name
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return path


def leftovers(folder: Path) -> list[str]:
    """The names of all files below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
