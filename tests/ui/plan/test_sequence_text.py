"""A typed sequence is read as it stands, or refused."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.errors import InputRefused
from tests.support.rulebooks import protocol
from ui.plan.sequence_text import read_sequence, sequence_text


@pytest.mark.parametrize(
    ("text", "sequence"),
    [("96 72 96", (96, 72, 96)), ("168", (168,)), ("  24   48 ", (24, 48)), ("24 " * 28, (24,) * 28)],
)
def test_hours_with_spaces_between_them_are_read(text: str, sequence: tuple[int, ...]) -> None:
    assert read_sequence(text, protocol()) == sequence


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("96, 72", "96,"),
        ("96 50", "50"),
        ("96 7d", "7d"),
        ("096", "096"),
        ("96.0", "96.0"),
        ("\u0669\u0666", "\u0669\u0666"),
        ("96\t72", "96\t72"),
        ("-24", "-24"),
        ("1e2", "1e2"),
        ("", ""),
        ("   ", ""),
        ("9" * 300, "9" * 40),
    ],
)
def test_anything_else_is_refused_naming_what_was_given(text: str, given: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_sequence(text, protocol())
    assert (refusal.value.field, refusal.value.given) == ("bags.sequence_h", given)


def test_a_sequence_is_written_as_it_would_be_typed() -> None:
    assert sequence_text((96, 72, 24)) == "96 72 24"
