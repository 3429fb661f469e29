"""What holds for every test of the command line: nothing in the environment changes an answer."""

import pytest


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PHARMACY_APP_DATABASE", "PHARMACY_APP_PROTOCOL"):
        monkeypatch.delenv(name, raising=False)
