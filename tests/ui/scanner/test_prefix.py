"""A prefix that only a scanner sends makes its codes certain, at any speed and of any length."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import InputRefused
from tests.support.wedge import scan
from tests.ui.scanner.fields import NOTHING, Fields
from ui.scanner import prefix_of

SEPARATED = "]d20100614141123452211002345\x1d17280229107K114B"


@pytest.mark.parametrize("gap_ms", [1, 40, 120, 240])
@pytest.mark.parametrize("text", ["B7", "261026031701", SEPARATED])
def test_with_a_prefix_the_rhythm_does_not_matter(
    shown: Callable[..., Fields], gap_ms: int, text: str
) -> None:
    window = shown(prefix="\x02")
    window.focus("line")
    scan(window, "\x02" + text, gap_ms=gap_ms)
    assert (window.codes, window.contents()) == ([text], NOTHING)


def test_with_a_prefix_a_code_that_breaks_off_is_thrown_away(
    qtbot: QtBot, shown: Callable[..., Fields]
) -> None:
    window = shown(prefix="\x02")
    window.focus("line")
    scan(window, "\x02B7", gap_ms=120, end=None)
    qtbot.waitUntil(lambda: window.broken == 1)
    assert (window.codes, window.contents()) == ([], NOTHING)


def test_a_prefix_is_named_in_caret_notation() -> None:
    assert prefix_of("") == ""
    assert prefix_of("^B") == "\x02"
    assert prefix_of("^B^P") == "\x02\x10"


@pytest.mark.parametrize("named", ["~", "B", "^", "^b", "^[", "^B^", "B^", "^BB", "^B ", "^1"])
def test_a_prefix_that_people_could_type_is_refused(named: str) -> None:
    with pytest.raises(InputRefused) as caught:
        prefix_of(named)
    assert (caught.value.code, caught.value.given) == ("expected.scanner-prefix", named)
