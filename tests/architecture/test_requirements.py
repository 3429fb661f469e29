"""The list of requirements and the tests agree, and a disagreement would be found."""

import re
from pathlib import Path

import pytest

from tests.support.requirements import LIST, TESTS, ListError, differences, listed, marked, marks_of

ROW = "| REQ-ABC-001 | done | A rule that is long enough to be one. | Q, D |"


def test_every_requirement_that_is_done_is_named_by_a_test_and_no_other() -> None:
    found = differences(listed(LIST.read_text(encoding="utf-8")), marked(TESTS))
    assert not found, "\n".join(found)


def test_the_list_has_every_rule_and_its_state() -> None:
    states = listed(LIST.read_text(encoding="utf-8"))
    groups = {"PRO": 6, "ORD": 14, "MOD": 8, "PLN": 11, "INT": 8, "MIX": 10, "SUP": 10, "BUD": 8}
    groups |= {"VER": 7, "LBL": 11, "HND": 5, "AUD": 4}
    assert list(states) == [
        f"REQ-{group}-{number:03}" for group, count in groups.items() for number in range(1, count + 1)
    ]


def test_a_requirement_done_without_a_test_is_found() -> None:
    assert differences({"REQ-ABC-001": "done"}, {}) == ["REQ-ABC-001 is listed as done, but no test names it"]


def test_a_planned_requirement_with_a_test_is_found() -> None:
    found = differences({"REQ-ABC-001": "planned"}, {"REQ-ABC-001": ["test_a.py"]})
    assert found == ["REQ-ABC-001 is listed as planned, but is named in test_a.py"]


def test_a_mark_for_an_unknown_requirement_is_found() -> None:
    found = differences({}, {"REQ-ABC-001": ["test_a.py", "test_b.py"]})
    assert found == ["REQ-ABC-001 is not listed, but is named in test_a.py, test_b.py"]


def test_marks_are_read_from_decorators_parameters_and_whole_files() -> None:
    source = """
import pytest
pytestmark = pytest.mark.req("REQ-ABC-001")
@pytest.mark.req("REQ-ABC-002", "REQ-ABC-003")
@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.req("REQ-ABC-004"))])
def test_something(x): ...
"""
    expected = {"REQ-ABC-001", "REQ-ABC-002", "REQ-ABC-003", "REQ-ABC-004"}
    assert set(marks_of(source, "test_a.py")) == expected


@pytest.mark.parametrize(
    "mark", ["pytest.mark.req", "pytest.mark.req()", "pytest.mark.req(NAME)", 'pytest.mark.req("REQ-1")']
)
def test_a_mark_that_names_nothing_is_refused(mark: str) -> None:
    with pytest.raises(ListError, match=r"^test_a.py.*req mark"):
        list(marks_of(f"import pytest\npytestmark = {mark}\n", "test_a.py"))


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        (ROW.replace("done", "almost"), "not a row of four cells"),
        (ROW.replace(" | Q, D |", " |"), "not a row of four cells"),
        (f"{ROW}\n{ROW}", "REQ-ABC-001 is listed twice"),
    ],
)
def test_a_row_that_is_not_one_is_refused(row: str, trouble: str) -> None:
    with pytest.raises(ListError, match=re.escape(trouble)):
        listed(row)


def test_only_test_files_are_searched_for_marks(tmp_path: Path) -> None:
    for name in ("test_a.py", "helper.py"):
        (tmp_path / name).write_text('import pytest\npytestmark = pytest.mark.req("REQ-ABC-001")\n')
    assert marked(tmp_path) == {"REQ-ABC-001": ["test_a.py"]}
