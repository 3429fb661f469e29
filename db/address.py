"""Where the database is: a URL, checked; and how to name the place to people without its password."""

from __future__ import annotations

import re
from pathlib import Path

import platformdirs
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from pharmacy_app.domain.errors import InputRefused

FOLDER = "pharmacy-app"
FILE = "pharmacy-app.sqlite3"
SQLITE = "sqlite"
POSTGRESQL = "postgresql"
DRIVERS = {SQLITE: SQLITE, POSTGRESQL: "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
_SECRETS = re.compile(r"(?<=//).*(?=@)|(?<=password=)\S+", re.DOTALL)


def data_folder() -> Path:
    """The user's data directory for this program; not made here."""
    return Path(platformdirs.user_data_dir(FOLDER, appauthor=False))


def default_url() -> str:
    """The SQLite file in the user's data directory."""
    return URL.create(SQLITE, database=str(data_folder() / FILE)).render_as_string()


def read_url(text: str) -> URL:
    """The URL of a SQLite file, `sqlite:///FILE`, or of a PostgreSQL database, `postgresql://HOST/NAME`.

    Raises:
        InputRefused: it is neither, or one in memory; what was given is repeated without its password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise _refused(text) from error
    driver = DRIVERS.get(url.drivername)
    is_file_with_options = driver == SQLITE and (url.query or url.host)
    is_nowhere = url.database in {None, "", ":memory:"}  # what is only in memory is not on file
    if driver is None or is_file_with_options or is_nowhere:
        raise _refused(text)
    return url.set(drivername=driver)


def file_of(url: URL) -> Path | None:
    """The SQLite file; None for a PostgreSQL database."""
    return Path(str(url.database)).absolute() if url.get_backend_name() == SQLITE else None


def place(url: URL) -> str:
    """The place as people know it: a file's path, or host, port and name. Never a user or password."""
    if url.get_backend_name() == SQLITE:
        return str(file_of(url))
    port = f":{url.port}" if url.port else ""
    return f"{url.host or 'localhost'}{port}/{url.database}"


def _refused(text: str) -> InputRefused:
    return InputRefused("database", _SECRETS.sub("…", text).partition("?")[0], "expected.database-url")
