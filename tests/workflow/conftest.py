"""The database fixtures, for the commands that keep something."""

from tests.support.databases import database, empty_url, engine, migrated_file, reused_postgresql, url

__all__ = ["database", "empty_url", "engine", "migrated_file", "reused_postgresql", "url"]
