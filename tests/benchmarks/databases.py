"""Filled scratch databases, kept in `.bench/` for the next run as long as what they were made by is the same."""

import hashlib
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from tests import postgres
from tests.benchmarks.errors import BenchmarkError
from tests.benchmarks.servers import ROOT, SCRATCH, python

MADE_BY = ("claims/*.py", "claims/models/*.py", "claims/domain/*.py", "claims/migrations/*.py")


@dataclass(frozen=True)
class Filled:
    """A database with `size` public claims, at an address as in DATABASE_URL."""

    engine: str
    size: int
    url: str


class Engine(Protocol):
    @property
    def version(self) -> str: ...

    def filled(self, size: int) -> Filled:
        """Filled first, unless it is kept from an earlier run."""

    def scratch_copy(self, filled: Filled) -> AbstractContextManager[str]:
        """The address of a copy that may be written to. Nobody may be connected to the original."""


@contextmanager
def sqlite() -> Iterator[Engine]:
    SCRATCH.mkdir(exist_ok=True)
    yield Sqlite()


@contextmanager
def postgresql() -> Iterator[Engine]:
    if postgres.binaries() is None:
        raise BenchmarkError("No PostgreSQL server is installed. Install one, or run with: --databases sqlite")
    SCRATCH.mkdir(exist_ok=True)
    with postgres.cluster(durable=True) as url:
        yield Postgresql(url)


ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


class Sqlite:
    version = f"SQLite {sqlite3.sqlite_version}"

    def filled(self, size: int) -> Filled:
        kept = _kept("sqlite", size, "sqlite3")
        if not kept.exists():
            part = SCRATCH / "filling.sqlite3"
            _remove(part)
            _fill(_sqlite_url(part), size)
            with closing(sqlite3.connect(part)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            part.rename(kept)
        return Filled("sqlite", size, _sqlite_url(kept))

    @contextmanager
    def scratch_copy(self, filled: Filled) -> Iterator[str]:
        copy = SCRATCH / "copy.sqlite3"
        _remove(copy)
        try:
            shutil.copyfile(filled.url.removeprefix("sqlite:///"), copy)
            yield _sqlite_url(copy)
        finally:
            _remove(copy)


class Postgresql:
    """Databases of one cluster that ends with the run; what is kept is a dump of each."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def version(self) -> str:
        import psycopg  # noqa: PLC0415  (an optional extra)

        with psycopg.connect(self.url) as connection:
            return f"PostgreSQL {connection.info.parameter_status('server_version')}"

    def filled(self, size: int) -> Filled:
        database = f"bench_{size}"
        url = urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))
        self._execute(f"CREATE DATABASE {database}")
        kept = _kept("postgresql", size, "dump")
        if kept.exists():
            _client("pg_restore", "--no-owner", "--dbname", _libpq(url), str(kept))
        else:
            _fill(url, size)
            part = kept.with_suffix(".part")
            _client("pg_dump", "--format=custom", "--compress=1", "--file", str(part), _libpq(url))
            part.rename(kept)
        _client("vacuumdb", "--quiet", "--analyze", "--dbname", _libpq(url))  # as autovacuum would, only at once
        return Filled("postgresql", size, url)

    @contextmanager
    def scratch_copy(self, filled: Filled) -> Iterator[str]:
        self._execute(f"CREATE DATABASE copy TEMPLATE {urlsplit(filled.url).path[1:]}")
        try:
            yield urlunsplit(urlsplit(filled.url)._replace(path="/copy"))
        finally:
            self._execute("DROP DATABASE copy WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        import psycopg  # noqa: PLC0415  (an optional extra)

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


def _fill(url: str, size: int) -> None:
    python("manage.py", "migrate", "-v0", database_url=url)
    python("-m", "tests.benchmarks.desk", str(size), database_url=url)
    python("manage.py", "run_worker", "--once", database_url=url)  # which merges the index, as it does every hour


def _kept(engine: str, size: int, suffix: str) -> Path:
    """Where a database of this making is kept. What was made otherwise is removed."""
    kept = SCRATCH / f"{engine}-{size}-{_fingerprint()}.{suffix}"
    for old in SCRATCH.glob(f"{engine}-{size}-*.{suffix}"):
        if old != kept:
            _remove(old)
    return kept


def _fingerprint() -> str:
    files = [path for pattern in MADE_BY for path in sorted(ROOT.glob(pattern))]
    files += [Path(__file__).with_name(name) for name in ("desk.py", "synthetic.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def _libpq(url: str) -> str:
    return url.replace("postgres://", "postgresql://")


def _client(program: str, *arguments: str) -> None:
    folder = postgres.binaries()
    assert folder is not None
    result = subprocess.run([str(folder / program), *arguments], capture_output=True, text=True, check=False)
    if result.returncode:
        raise BenchmarkError(f"{program} failed: {result.stderr}")


def _remove(database: Path) -> None:
    for path in (database, database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")):
        path.unlink(missing_ok=True)
