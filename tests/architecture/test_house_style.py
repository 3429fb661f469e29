"""The house style, as far as a machine can see it. Each test names the places that break it."""

import ast
import sys
from collections.abc import Iterable, Iterator

from tests.support.sources import PACKAGES, ROOT, Source, sources

MODULE_LINES = 300
FUNCTION_LINES = 40
POSITIONAL_PARAMETERS = 4

# Where an error of any kind may be caught: the top of the program, and the top of its one other thread.
TOPS = {"pharmacy_app/bootstrap.py", "pharmacy_app/__main__.py", "ui/gateway.py"}

# Modules through which time, chance or the outside world would come into the domain other than as arguments.
IMPURE = {"io", "logging", "os", "pathlib", "random", "secrets", "socket", "sqlite3", "subprocess", "sys"}
IMPURE |= {"tempfile", "threading", "time", "urllib", "uuid"}

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


def complain(places: Iterable[str]) -> None:
    """Fails with every place, each on a line of its own, if there is any."""
    found = list(places)
    assert not found, "\n".join(found)


def functions(source: Source) -> Iterator[AnyFunction]:
    return (node for node in ast.walk(source.tree) if isinstance(node, AnyFunction))


def place(source: Source, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
    return f"{source.path}:{node.lineno}"


def lines_of_statements(function: AnyFunction) -> int:
    """Lines from `def` to the end, without decorators and docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_modules_have_at_most_300_lines() -> None:
    lines = {source.path: source.text.count("\n") for source in sources(*PACKAGES, "tests", "installer")}
    complain(f"{path}: {count} lines" for path, count in lines.items() if count > MODULE_LINES)


def test_functions_have_at_most_40_lines() -> None:
    complain(
        place(source, function)
        for source in sources(*PACKAGES)
        for function in functions(source)
        if lines_of_statements(function) > FUNCTION_LINES
    )


def test_functions_have_at_most_four_positional_parameters() -> None:
    found = []
    for source in sources(*PACKAGES):
        for function in functions(source):
            names = [argument.arg for argument in function.args.posonlyargs + function.args.args]
            if len([name for name in names if name not in {"self", "cls"}]) > POSITIONAL_PARAMETERS:
                found.append(place(source, function))
    complain(found)


def test_the_domain_has_no_float() -> None:
    found = []
    for source in sources("pharmacy_app/domain"):
        for node in ast.walk(source.tree):
            is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
            is_name = isinstance(node, ast.Name) and node.id in {"float", "complex"}
            if isinstance(node, ast.expr) and (is_literal or is_name):
                found.append(place(source, node))
    complain(found)


def test_the_domain_imports_itself_and_the_pure_part_of_the_standard_library() -> None:
    complain(
        f"{source.path}: {name}"
        for source in sources("pharmacy_app/domain")
        for name in imported_modules(source)
        if not name.startswith("pharmacy_app.domain")
        and (name.split(".")[0] not in sys.stdlib_module_names or name.split(".")[0] in IMPURE)
    )


def test_the_domain_is_told_the_time() -> None:
    complain(
        place(source, node)
        for source in sources("pharmacy_app/domain")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    )


def imported_modules(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module):
                yield module or "."


def test_presenters_import_no_qt() -> None:
    complain(
        f"{source.path}: {name}"
        for source in sources("ui")
        for name in imported_modules(source)
        if source.path.endswith("/presenter.py") and name.split(".")[0] == "PySide6"
    )


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether the handler takes any error, and does not raise it again."""
    caught = "" if handler.type is None else ast.unparse(handler.type)
    last = handler.body[-1]
    raises_again = isinstance(last, ast.Raise) and last.exc is None
    return caught in {"", "Exception", "BaseException"} and not raises_again


def test_any_error_is_caught_at_the_top_alone() -> None:
    complain(
        place(source, node)
        for source in sources(*PACKAGES)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and source.path not in TOPS
    )


def test_each_top_catches_any_error_once() -> None:
    counts = {
        source.path: sum(
            isinstance(node, ast.ExceptHandler) and catches_everything(node) for node in ast.walk(source.tree)
        )
        for source in sources(*PACKAGES)
        if source.path in TOPS
    }
    complain(f"{path}: {count} times" for path, count in counts.items() if count > 1)


def test_resources_are_never_found_by_a_modules_path() -> None:
    complain(
        place(source, node)
        for source in sources(*PACKAGES)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id == "__file__"
    )


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {ROOT / source.path for source in sources(*PACKAGES, "tests")}
    missing = {
        path.parent.relative_to(ROOT).as_posix()
        for path in folders
        if not (path.parent / "__init__.py").exists() and path.parent.name != "versions"
    }
    complain(sorted(missing))


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    forbidden = {"pytest.skip", "pytest.xfail", "pytest.importorskip", "unittest.skip"}
    forbidden |= {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}
    complain(
        place(source, node)
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in forbidden
    )


def test_tests_use_fakes_not_mocks() -> None:
    complain(
        f"{source.path}: {name}"
        for source in sources("tests")
        for name in imported_modules(source)
        if name.startswith("unittest")
    )
