"""What holds for every test of the command line: nothing around it changes an answer."""

from pathlib import Path

import pytest

from tests.support.databases import migrated_file, migrated_template, url

__all__ = ["migrated_file", "migrated_template", "url"]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("PHARMACY_APP_DATABASE", "PHARMACY_APP_PROTOCOL"):
        monkeypatch.delenv(name, raising=False)
    home = str(tmp_path_factory.getbasetemp() / "home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, home)


@pytest.fixture
def home() -> Path:
    """The user's data and state directory of a test; nothing is there unless a test puts it there."""
    return Path.home()
