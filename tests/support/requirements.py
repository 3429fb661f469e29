"""Compares docs/requirements.md with the tests' `req` marks: `python -m tests.support.requirements`.

What is listed as done is named by a test, and what a test names is listed as done.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "requirements.md"
TESTS = ROOT / "tests"

ROW = re.compile(r"\| (REQ-[A-Z]{3}-[0-9]{3}) \| (done|planned) \| [^|]{20,} \| [A-Z, ]+ \|")
IDENTIFIER = re.compile(r"REQ-[A-Z]{3}-[0-9]{3}")


class ListError(Exception):
    """The list or a mark cannot be read; the text names the place."""


def listed(text: str) -> dict[str, str]:
    """`done` or `planned` by requirement. Raises ListError for a malformed or repeated row."""
    states: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("| REQ-"):
            continue
        row = ROW.fullmatch(line)
        if row is None:
            raise ListError(f"docs/requirements.md:{number}: not a row of four cells with done or planned")
        if row[1] in states:
            raise ListError(f"docs/requirements.md:{number}: {row[1]} is listed twice")
        states[row[1]] = row[2]
    return states


def is_req_mark(node: ast.AST) -> bool:
    """Whether the node is `pytest.mark.req`."""
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "pytest.mark.req"


def marks_of(source: str, place: str) -> Iterator[str]:
    """The requirements that one test file names. Raises ListError for a mark that names none."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_req_mark(node.func)]
    if len(calls) != sum(is_req_mark(node) for node in ast.walk(tree)):
        raise ListError(f"{place}: a req mark without a requirement")
    for call in calls:
        if not call.args:
            raise ListError(f"{place}:{call.lineno}: a req mark without a requirement")
        for argument in call.args:
            value = argument.value if isinstance(argument, ast.Constant) else None
            if not isinstance(value, str) or IDENTIFIER.fullmatch(value) is None:
                raise ListError(f"{place}:{argument.lineno}: a req mark names REQ-XXX-000 in plain text")
            yield value


def marked(folder: Path) -> dict[str, list[str]]:
    """The test files by the requirement that they name."""
    places: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        place = path.relative_to(folder).as_posix()
        for requirement in dict.fromkeys(marks_of(path.read_text(encoding="utf-8"), place)):
            places.setdefault(requirement, []).append(place)
    return places


def differences(states: Mapping[str, str], places: Mapping[str, list[str]]) -> list[str]:
    """One sentence for each requirement whose state and tests do not agree."""
    answers = []
    for requirement in sorted(states.keys() | places.keys()):
        named_in = ", ".join(places.get(requirement, []))
        match states.get(requirement):
            case "done" if not named_in:
                answers.append(f"{requirement} is listed as done, but no test names it")
            case "planned" if named_in:
                answers.append(f"{requirement} is listed as planned, but is named in {named_in}")
            case None:
                answers.append(f"{requirement} is not listed, but is named in {named_in}")
    return answers


def main() -> int:
    """The exit code; says what differs."""
    try:
        states = listed(LIST.read_text(encoding="utf-8"))
        answers = differences(states, marked(TESTS))
    except ListError as trouble:
        answers = [str(trouble)]
    for answer in answers:
        print(answer)  # noqa: T201 - this is a command
    return 1 if answers else 0


if __name__ == "__main__":
    sys.exit(main())
