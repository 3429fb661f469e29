"""Every act that the program writes into the record has its words, and no words are left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pharmacy_app.domain.clock_jump import CLOCK_JUMPED
from pharmacy_app.wording import load
from pharmacy_app.workflow.record_acts import ACTS, act_text
from tests.support.sources import Source, sources

# Functions that take an act among their positional arguments. Everybody else calls it `act=`.
TAKE_ACTS = {"entry", "tell", "_tell", "note", "refuse", "add_lot", "stop_on", "course_turn", "keep"}
TABLES = re.compile(r"_?[A-Z_]*(ACTS|MOVES)")
ACT = re.compile(r"[a-z]+(-[a-z]+)*")


def texts(expression: ast.expr, own: set[str]) -> Iterator[str]:
    """The acts that an expression can be. `own` are those of the tables in its module."""
    match expression:
        case ast.Constant(value=str(text)) if ACT.fullmatch(text):
            yield text
        case ast.IfExp(body=body, orelse=otherwise):
            yield from texts(body, own)
            yield from texts(otherwise, own)
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(end))]):
            yield from (f"{each}{end}" for each in own)
        case _:
            pass


def of_tables(source: Source) -> Iterator[str]:
    """The acts in the tables of a module: the values, or the first of each value's parts."""
    for node in source.tree.body:
        name = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else ""
        if isinstance(node, ast.Assign) and TABLES.fullmatch(name) and isinstance(node.value, ast.Dict):
            for value in node.value.values:
                yield from texts(value.elts[0] if isinstance(value, ast.Tuple) else value, set())


def of_calls(source: Source, own: set[str]) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        given = [*node.args] if name in TAKE_ACTS else []
        given += [each.value for each in node.keywords if each.arg == "act"]
        for each in given:
            yield from texts(each, own)


def of_names(source: Source, own: set[str]) -> Iterator[str]:
    """The acts that stand beside the name `act`: given to it, or taken where nothing else is said."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign):
            for name, value in pairs(node.targets[0], node.value):
                if name == "act":
                    yield from texts(value, own)
        elif isinstance(node, ast.arguments):
            for each, usual in zip(node.kwonlyargs, node.kw_defaults, strict=True):
                if each.arg == "act" and usual is not None:
                    yield from texts(usual, own)


def pairs(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    """Each name on the left of an assignment with what stands for it on the right."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return [(ast.unparse(each), other) for each, other in zip(target.elts, value.elts, strict=True)]
    return [(ast.unparse(target), value)]


def used() -> set[str]:
    """Every act that a command can write."""
    found = {CLOCK_JUMPED}
    for source in sources("pharmacy_app/workflow"):
        if not source.path.endswith("record_acts.py"):
            own = set(of_tables(source))
            found |= own | set(of_calls(source, own)) | set(of_names(source, own))
    return found


def test_every_act_of_a_command_is_in_the_list_of_acts_and_no_other_is() -> None:
    assert {"without words": used() - ACTS, "never used": ACTS - used()} == {
        "without words": set(),
        "never used": set(),
    }


def test_every_act_of_the_list_has_words_and_no_words_are_left_over() -> None:
    codes = {code.removeprefix("record.act.") for code in load().codes if code.startswith("record.act.")}
    assert codes == ACTS


def test_an_act_that_this_program_does_not_know_stands_as_it_is_on_file() -> None:
    assert act_text("bag-painted", load()) == "bag-painted"


def test_an_act_is_told_in_words() -> None:
    assert act_text("bag-released", load()) == "Bag released"
