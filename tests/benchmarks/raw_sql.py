"""A database without Django: statements with `?`, on either engine, at the settings that the site itself uses."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol


class Connection(Protocol):
    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows that a statement gives, each a tuple; none for one that gives none."""

    def close(self) -> None: ...


def connect(url: str) -> Connection:
    """`url` as in DATABASE_URL. The connection commits each statement, and belongs to one thread."""
    return _Sqlite(url) if url.startswith("sqlite") else _Postgresql(url)


class _Sqlite:
    def __init__(self, url: str) -> None:
        self.connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        self.connection.executescript("PRAGMA cache_size=-16384;")

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        return self.connection.execute(statement, values).fetchall()

    def close(self) -> None:
        self.connection.close()


class _Postgresql:
    def __init__(self, url: str) -> None:
        import psycopg  # noqa: PLC0415  (an optional extra)

        self.connection = psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True)

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        cursor = self.connection.execute(statement.replace("?", "%s").encode(), values)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        self.connection.close()


def store_pages(database_url: str, pages: dict[str, str]) -> None:
    """Put finished pages, by path, where the bare function finds them; those of an earlier run go."""
    connection = connect(database_url)
    connection.rows("DROP TABLE IF EXISTS bench_page")
    connection.rows("CREATE TABLE bench_page (path text PRIMARY KEY, body text NOT NULL)")
    for page in pages.items():
        connection.rows("INSERT INTO bench_page VALUES (?, ?)", page)
    connection.close()
