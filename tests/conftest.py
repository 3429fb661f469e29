"""What holds for every test: zone rules, no screen, no stray log lines, and no test left out in silence."""

import os
import zoneinfo
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

# The system's zone tables may be years old; the pinned tzdata package counts (REQ-PLN-010).
zoneinfo.reset_tzpath(to=())
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Same examples each time, so that a failure can be repeated; no time limits, since machines differ.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

LEFT_OUT = pytest.StashKey[Counter[str]]()
WORKER_KEY = "left_out"

# The only reasons to leave tests out: a marker, what is missing, and the variable that says it is there.
NEEDS = {"postgresql": ("PostgreSQL", "PHARMACY_APP_TEST_POSTGRESQL")}


@pytest.fixture(autouse=True)
def _no_stray_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A line at WARNING or above fails the test. Who expects one looks at it, then calls `caplog.clear()`."""
    yield
    stray = [
        record.getMessage()
        for phase in ("setup", "call", "teardown")
        for record in caplog.get_records(phase)
        if record.levelname in {"WARNING", "ERROR", "CRITICAL"}
    ]
    assert stray == [], "log lines that the test did not expect"


def pytest_configure(config: pytest.Config) -> None:
    """Counts by reason, filled while tests are collected."""
    config.stash[LEFT_OUT] = Counter()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes out the tests whose server is missing, and counts them."""
    for marker, (what, variable) in NEEDS.items():
        if os.environ.get(variable):
            continue
        out = [item for item in items if item.get_closest_marker(marker)]
        items[:] = [item for item in items if item not in out]
        if out:
            config.hook.pytest_deselected(items=out)
            why = os.environ.get(f"{variable}_MISSING", f"{variable} is not set, ./test does that")
            config.stash[LEFT_OUT][f"{what} ({why})"] = len(out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """Each process of pytest-xdist has left out the same tests: takes over the count of one."""
    del error
    output: dict[str, object] = getattr(node, "workeroutput", {})
    counts = output.get(WORKER_KEY)
    if isinstance(counts, dict):
        config: pytest.Config = node.config  # type: ignore[attr-defined]  # a WorkerController
        config.stash[LEFT_OUT] |= Counter(counts)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands the count to the main process; where everything must run (CI=true), less is a failure."""
    left_out = session.config.stash[LEFT_OUT]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[WORKER_KEY] = dict(left_out)
    elif left_out and os.environ.get("CI") == "true" and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The last line of all says what did not run."""
    left_out = config.stash[LEFT_OUT]
    if left_out and not hasattr(config, "workeroutput"):
        reasons = "; ".join(f"{count} for want of {reason}" for reason, count in left_out.items())
        failure = " With CI=true this is a failure." if os.environ.get("CI") == "true" else ""
        print(f"Tests that did not run: {reasons}.{failure}")  # noqa: T201 - after the terminal reporter
