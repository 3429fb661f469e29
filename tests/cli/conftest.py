"""What holds for every test of the command line: nothing around it changes an answer."""

from pathlib import Path

import pytest

from tests.support.databases import migrated_file, reused_postgresql, url

__all__ = ["migrated_file", "reused_postgresql", "url"]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The user's data and state directory of this test: empty unless the test puts something there."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("PHARMACY_APP_DATABASE", "PHARMACY_APP_PROTOCOL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder))
    return folder
