"""What must hold for the files around the program: locks, scripts, and no address in any of them."""

import os
import re
import tomllib

import pytest

from tests.support.sources import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock")
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)( ; [^\\]+)? \\$", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Versions by name."""
    return {found[1]: found[2] for found in PIN.finditer((ROOT / lock).read_text(encoding="ascii"))}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_versions_and_digests_alone(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="ascii").splitlines()
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not PIN.fullmatch(line) and not digest.fullmatch(line)] == []


def test_the_tests_lock_holds_everything_of_the_programs() -> None:
    program, tests = (pins(lock) for lock in LOCKS)
    assert len(program) > 10
    assert {name: version for name, version in program.items() if tests.get(name) != version} == {}


def test_everything_that_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-test.lock": [*groups["test"], *groups["check"]],
    }
    for lock, names in wanted.items():
        plain = {re.split(r"[\[<>=~ ]", name)[0].lower().replace(".", "-") for name in names}
        assert plain - pins(lock).keys() == set()


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", "installer/check.sh", "installer/python.sh"])
def test_scripts_can_be_started(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
