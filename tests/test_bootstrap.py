"""Ways to start that need no window."""

from __future__ import annotations

import pytest

from pharmacy_app import bootstrap


def test_without_a_display_the_window_says_so_instead_of_ending_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    assert bootstrap.desktop() == 4
    assert "There is no display here" in capsys.readouterr().err


def test_breaking_off_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_off(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("pharmacy_app.cli.main.run", broken_off)

    assert bootstrap.command_line(["plan", "order.json"]) == 130
    assert capsys.readouterr() == ("", "")
