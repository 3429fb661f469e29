"""The catalogue of sentences: each code has one, each is used, its gaps are filled, and it is plain."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pharmacy_app.domain.errors import InputRefused, StationTrouble
from pharmacy_app.domain.finding import Finding, Mark, Severity
from pharmacy_app.wording import load
from tests.support.every_finding import every_finding
from tests.support.rulebooks import protocol

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ("pharmacy_app", "ui", "labels", "db")
WORDS = load()
CODES = sorted(WORDS.codes)

# Tables whose sentences belong to findings of the rules. Audit and label findings have their own tests.
OF_RULES = ("order", "modification", "reminder", "site", "protocol", "plan", "interruption", "course",
            "benzyl-alcohol", "mix", "beyond-use", "supply", "product", "lot", "stock", "event", "restart",
            "answer", "ice")  # fmt: skip
TABLES_OF_CODES = (*OF_RULES, "person", "expected", "trouble", "refusal", "limit", "audit", "objective",
                   "alternative")  # fmt: skip
_CODE = re.compile(rf"(?:{'|'.join(TABLES_OF_CODES)})\.[a-z0-9]+(?:[.-][a-z0-9]+)*")


def sentence(code: str) -> str:
    """The sentence as it stands in the file, its gaps unfilled."""
    return WORDS.sentence(code)


def gaps(code: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence(code)) if name is not None}


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    paths = [path for folder in PROGRAM for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple((str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


@cache
def found() -> tuple[Finding, ...]:
    return tuple(every_finding())


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for place, tree in trees():
        for node in ast.walk(tree):
            yield place, node


def test_every_code_that_the_program_names_has_a_sentence() -> None:
    missing = {
        f"{place}: {node.value}"
        for place, node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _CODE.fullmatch(node.value)
        and node.value not in WORDS.codes
        and node.value not in protocol().figures
        and not place.startswith("db/plan_row")  # names a column
    }
    assert missing == set()


def _argument(call: ast.Call) -> ast.expr | None:
    """Where a finding, refusal or trouble carries its code."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    place = {
        "finding": 0,
        "_stop": 0,
        "StationTrouble": 0,
        "StorageLimit": 0,
        "InputRefused": 2,
        "refuse": 2,
    }.get(name)
    return call.args[place] if place is not None and len(call.args) > place else None


def test_every_finding_refusal_and_trouble_with_a_plain_code_has_a_sentence_whose_gaps_its_words_fill() -> (
    None
):
    wrong = set()
    for place, node in nodes():
        code = _argument(node) if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or not isinstance(code, ast.Constant):
            continue
        if place.endswith("label_lint.py") and ast.unparse(node.func) == "_stop":
            continue  # builds its codes from these
        if code.value not in WORDS.codes:
            wrong.add(f"{place}:{node.lineno}: {code.value!r} has no sentence")
        elif isinstance(node.func, ast.Name) and node.func.id in {"finding", "_stop", "refuse"}:
            given = {each.arg for each in node.keywords}
            if None not in given and given - {"field"} != gaps(str(code.value)):
                wrong.add(f"{place}:{node.lineno}: {code.value!r} has the gaps {gaps(str(code.value))}")
    assert wrong == set()


def test_the_rules_come_to_every_finding_of_the_catalogue_and_to_no_other() -> None:
    assert {each.code for each in found()} == {code for code in CODES if code.split(".")[0] in OF_RULES}


def test_the_values_of_every_finding_fill_its_sentence_and_none_is_left_over() -> None:
    for each in found():
        assert {name for name, _ in each.values} == gaps(each.code), each.code
        assert all(value for _, value in each.values), each
        assert "{" not in WORDS.finding(each)


def test_every_finding_names_a_rule_and_a_mark() -> None:
    for each in found():
        assert re.fullmatch(r"REQ-[A-Z]{3}-[0-9]{3}", each.requirement)
        assert WORDS.source(each.source)


def test_every_mark_and_severity_has_its_words() -> None:
    assert {f"mark.{each.value}" for each in Mark} | {
        f"severity.{each.value}" for each in Severity
    } <= WORDS.codes


@cache
def _texts_of_the_program() -> frozenset[str]:
    """String constants, names of enumeration members in small letters, of data files, and of figures."""
    texts = {""}
    for _, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        elif isinstance(node, ast.ClassDef):
            members = [each for each in node.body if isinstance(each, ast.Assign)]
            texts |= {ast.unparse(each.targets[0]).lower() for each in members}
    figures = {name.split(".", skip)[-1] for name in protocol().figures for skip in range(3)}
    files = {path.stem for folder in PROGRAM for path in (ROOT / folder).rglob("*.toml")}
    return frozenset(texts | figures | files)


@cache
def _built_texts() -> tuple[re.Pattern[str], ...]:
    built = [node for _, node in nodes() if isinstance(node, ast.JoinedStr)]
    patterns = [
        "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.*)" for part in each.values
        )
        for each in built
        if any(isinstance(part, ast.Constant) for part in each.values)
    ]
    return tuple(re.compile(pattern) for pattern in sorted(set(patterns)))


@cache
def _can_be_built(text: str, deep: int = 0) -> bool:
    texts = _texts_of_the_program()
    if text in texts or text.replace("-", "_") in texts:
        return True
    matches = [pattern.fullmatch(text) for pattern in _built_texts()] if deep < 3 else []
    return any(match and all(_can_be_built(each, deep + 1) for each in match.groups()) for match in matches)


def test_no_sentence_is_left_without_a_use() -> None:
    assert [code for code in CODES if not _can_be_built(code)] == []


def test_a_code_that_nobody_can_build_would_be_found() -> None:
    assert not _can_be_built("supply.bag-is-blue")
    assert not _can_be_built("ui.nowhere.at-all")


@pytest.mark.req("REQ-LBL-002")
@pytest.mark.parametrize("code", CODES)
def test_a_sentence_is_plain(code: str) -> None:
    text = sentence(code)
    assert text
    assert not re.search("[µμ®™]", text), "micrograms are mcg"
    assert "  " not in text or code == "cli.bag", "but for columns"
    assert not re.search(r"--(?!help)", text)
    assert "..." not in text
    assert "'" not in re.sub(r"[A-Za-z]'(?:[a-z]|\s|$)", "", text), "apostrophes stand in words only"
    assert not re.search(r"(?<! -) [,.;:!?]", text)
    assert not re.search(r"(?i)https?:|www\.|todo|fixme|lorem", text)
    assert not re.search(r"[0-9](?:mL|mcg|mg|kg|h|%|°C)\b", text), "a space between number and unit"
    assert not re.search(r"\b[0-9]+,[0-9]", text), "a point in numbers"
    assert not re.search(r"(?<![0-9])\.[0-9]", text), "a zero before the point"


@pytest.mark.parametrize(
    "code", [code for code in CODES if code.split(".")[0] in (*OF_RULES, "person", "trouble", "audit")]
)
def test_a_sentence_of_a_finding_or_trouble_ends_with_a_full_stop(code: str) -> None:
    assert re.fullmatch(r"[A-Z{].*\.", sentence(code))


def test_sentences_name_no_figure_of_the_protocol() -> None:
    figure = re.compile(
        r"(?<![0-9.])(?:9|28|22|45|42|84|270|12\.5|38\.5|2\.8|3\.3|2\.5|0\.6|0\.22|96|48|72|168)(?![0-9.])"
    )
    examples = {"expected.decimal", "ui.plan.help", "ui.plan.expected-sequence"}
    wrong = {
        code: text
        for code in CODES
        if code not in examples
        and "0.22" not in code
        and code.split(".")[0] != "ui"
        and figure.search((text := sentence(code)).replace("10^9/L", "a unit"))
    }
    assert wrong == {}


def test_an_unknown_code_and_an_unfilled_gap_are_bugs() -> None:
    with pytest.raises(KeyError):
        WORDS("no.such-code")
    with pytest.raises(KeyError):
        WORDS("order.cycle", cycle="5")


def test_a_refusal_says_what_was_given_and_what_is_expected() -> None:
    refusal = InputRefused("patient.weight_kg", "71,5", "expected.kilograms")
    expected = WORDS.error(refusal)
    assert WORDS("refusal.sentence", field=refusal.field, given=refusal.given, expected=expected) == (
        "patient.weight_kg: given 71,5. Expected kilograms with a point, such as 71.5."
    )


def test_trouble_says_what_happened_and_that_nothing_was_lost() -> None:
    trouble = StationTrouble("trouble.write", {"path": "/media/label.pdf", "reason": "no space left"})
    assert WORDS.error(trouble) == "/media/label.pdf cannot be written: no space left. Nothing was written."


def test_a_language_that_is_not_there_is_not_guessed() -> None:
    with pytest.raises(FileNotFoundError):
        load("xx")
