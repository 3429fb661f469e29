"""Runs a command with a throw-away PostgreSQL server beside it.

`python -m tests.support.postgresql COMMAND …`: the server listens on loopback only, on a free port, runs as
an ordinary user, keeps its data in a temporary folder, and ends with this process, however that ends. The
command finds it by `PHARMACY_APP_TEST_POSTGRESQL`, a SQLAlchemy URL. Where no server can be had the command
runs all the same, and `PHARMACY_APP_TEST_POSTGRESQL_MISSING` says why.
"""

import contextlib
import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

URL_VARIABLE = "PHARMACY_APP_TEST_POSTGRESQL"
REASON_VARIABLE = "PHARMACY_APP_TEST_POSTGRESQL_MISSING"
DEBIAN_FOLDER = Path("/usr/lib/postgresql")
START_SECONDS = 60
PORT_ATTEMPTS = 3
PR_SET_PDEATHSIG = 1

# Speed, not safety: the data live as long as the tests. No socket file: its name may become too long.
SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class NoServer(Exception):
    """PostgreSQL cannot be had here; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A prepared data folder, and who serves it."""

    programs: Path
    folder: Path
    password: str
    user: int | None


def programs_folder(debian_folder: Path = DEBIAN_FOLDER) -> Path:
    """The folder with `initdb` and `postgres`: Debian's newest, else the one on PATH."""
    folders = [folder / "bin" for folder in debian_folder.glob("*") if re.fullmatch("[0-9]+", folder.name)]
    usable = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    if usable:
        return max(usable, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    if found is None or not Path(found).resolve().with_name("postgres").exists():
        raise NoServer("PostgreSQL is not installed")
    return Path(found).resolve().parent


def server_user() -> int | None:
    """The user that the server runs as: PostgreSQL refuses to run as root. None for the present one."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return known["postgres"] if "postgres" in known else known["nobody"]


def end_with_parent() -> None:
    """The server ends at once when the process that started it is gone, even if that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def prepare(folder: Path) -> Cluster:
    """An empty cluster under `folder`, with a password of its own: others on this machine can't use it."""
    user = server_user()
    cluster = Cluster(programs=programs_folder(), folder=folder, password=secrets.token_hex(16), user=user)
    password_file = folder / "password"
    password_file.write_text(cluster.password, encoding="ascii")
    if user is not None:
        for path in (folder, password_file):
            os.chown(path, user, -1)
    answer = subprocess.run(
        [
            str(cluster.programs / "initdb"),
            f"--pgdata={folder / 'data'}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=password",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ],
        check=False,
        capture_output=True,
        text=True,
        user=user,
        cwd=folder,
    )
    if answer.returncode != 0:
        raise NoServer(f"initdb failed: {last_line(answer.stderr)}")
    return cluster


def start(cluster: Cluster, port: int) -> subprocess.Popen[bytes]:
    """The server process, not yet ready."""
    settings = [part for name, value in SERVER_SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with (cluster.folder / "log").open("ab") as log:
        return subprocess.Popen(
            [
                str(cluster.programs / "postgres"),
                "-D",
                str(cluster.folder / "data"),
                "-p",
                str(port),
                *settings,
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=cluster.user,
            cwd=cluster.folder,
            start_new_session=True,  # Ctrl-C is for the tests; the server is stopped after them
            preexec_fn=end_with_parent,  # noqa: PLW1509 - this process has one thread
        )


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(cluster: Cluster, port: int) -> bool:
    """Whether the server lets one in by now."""
    try:
        psycopg.connect(
            host="127.0.0.1", port=port, user="postgres", password=cluster.password, connect_timeout=5
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def wait_until_ready(server: subprocess.Popen[bytes], cluster: Cluster, port: int) -> bool:
    """True as soon as the server answers, False when it has ended or does not answer in time."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if answers(cluster, port):
            return True
        time.sleep(0.05)
    return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ends the server at once; its data are thrown away."""
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)
    server.wait()


def last_line(words: str) -> str:
    """The last line of what a program said, or a dash."""
    lines = words.strip().splitlines()
    return lines[-1] if lines else "–"


@contextlib.contextmanager
def running_server() -> Iterator[str]:
    """A server's SQLAlchemy URL, for as long as the block lasts. Raises NoServer where none can be had."""
    with tempfile.TemporaryDirectory(prefix="pharmacy-app-postgresql-") as name:
        cluster = prepare(Path(name))
        for _ in range(PORT_ATTEMPTS):
            port = free_port()
            server = start(cluster, port)
            try:
                if wait_until_ready(server, cluster, port):
                    yield f"postgresql+psycopg://postgres:{cluster.password}@127.0.0.1:{port}/postgres"
                    return
            finally:
                stop(server)
        log = (cluster.folder / "log").read_text(encoding="utf-8", errors="replace")
        raise NoServer(f"the server did not start: {last_line(log)}")


def run(command: Sequence[str], environment: dict[str, str]) -> int:
    """Runs the command and gives its exit code; a signal to end is passed on, and the command decides."""
    with subprocess.Popen(command, env=os.environ | environment) as child:
        # The terminal sends Ctrl-C to the command too.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda number, _frame: child.send_signal(number))
        signal.signal(signal.SIGHUP, lambda number, _frame: child.send_signal(number))
        code = child.wait()
    return code if code >= 0 else 128 - code


def main(command: Sequence[str]) -> int:
    """The command's exit code."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    if URL_VARIABLE in os.environ:
        return run(command, {})
    with contextlib.ExitStack() as stack:
        try:
            environment = {URL_VARIABLE: stack.enter_context(running_server())}
        except NoServer as reason:
            environment = {REASON_VARIABLE: str(reason)}
        return run(command, environment)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
