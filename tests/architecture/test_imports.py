"""Importing a module does nothing: no file, no connection, no process, no thread, no word."""

import ast
import json
import subprocess
import sys

from tests.support.sources import PACKAGES, ROOT, Source, sources

# Alembic runs these; they are not imported.
RUN_BY_ALEMBIC = ("db/migrations/env.py", "db/migrations/versions/")

# Imports each module named on standard input and tells what that did.
PROBE = """
import importlib, json, logging, os, sys, threading
seen = []
def listen(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        seen.append(f"opened {arguments[0]} for writing")
    elif event == "open" and str(arguments[0]).endswith((".toml", ".json")):
        seen.append(f"read {arguments[0]}")
    elif event in {"os.mkdir", "os.remove", "os.rename"}:
        seen.append(event)
    elif event.split(".")[0] in {"socket", "sqlite3", "subprocess"} and event != "socket.__new__":
        seen.append(event)
def environment_of_ours():
    # PySide6 sets variables of its own when it is first imported.
    return {name: value for name, value in os.environ.items() if not name.startswith("PYSIDE6_")}
names = json.load(sys.stdin)
environment = environment_of_ours()
sys.addaudithook(listen)
for name in names:
    importlib.import_module(name)
    if threading.active_count() > 1 or logging.getLogger().handlers or environment_of_ours() != environment:
        seen.append("a thread, a log handler or a changed environment")
    if seen:
        sys.exit(f"{name}: {seen}")
if "PySide6.QtCore" in sys.modules and sys.modules["PySide6.QtCore"].QCoreApplication.instance() is not None:
    sys.exit("a Qt application was made")
"""


def importable() -> list[Source]:
    return [source for source in sources(*PACKAGES) if not source.path.startswith(RUN_BY_ALEMBIC)]


def is_declaration(node: ast.stmt) -> bool:
    """Whether a statement at the top of a module only names something."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=test, body=body, orelse=orelse):
            is_main = ast.unparse(test) == "__name__ == '__main__'"
            return is_main or all(is_declaration(inner) for inner in [*body, *orelse])
        case _:
            kinds = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Assert)
            return isinstance(node, (*kinds, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def test_modules_only_declare() -> None:
    assert [
        f"{source.path}:{node.lineno}"
        for source in importable()
        for node in source.tree.body
        if not is_declaration(node)
    ] == []


def test_importing_every_module_leaves_no_trace() -> None:
    answer = subprocess.run(
        [sys.executable, "-B", "-P", "-c", PROBE],
        input=json.dumps([source.module for source in importable()]),
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert not answer.stdout + answer.stderr, answer.stdout + answer.stderr
    assert answer.returncode == 0
