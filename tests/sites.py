"""Real sites for tests that doubles could not prove: their own database, their own processes."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Site:
    """A migrated site with a database of its own, driven through its commands and over HTTP."""

    database_url: str
    clock: str = ""  # when its processes start, as ISO 8601; "" for now

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.site_settings",
            "STATIC_FOLDER": str(_shared() / "static"),
            "SECRET_KEY": "only-for-tests",
            "ANONYMOUS_RATE": "0",
            "DATABASE_URL": self.database_url,
            "CLOCK": self.clock,
        }

    def start(self, *command: str, **extra: str) -> subprocess.Popen[str]:
        """Start `python COMMAND` in the site's environment."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `python COMMAND` to its end."""
        result = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert not check or result.returncode == 0, result.stderr
        return result

    def manage(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *command, check=check)

    @contextmanager
    def served(self, workers: int = 1, **extra: str) -> Iterator[str]:
        """Behind gunicorn on a free port, with `extra` in its environment; gives its address without a slash."""
        _collect_static_files()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        bind = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--worker-class", "gthread", "--threads", "4",
            "--limit-request-line", "8190"]  # fmt: skip
        server = self.start(
            "-m", "gunicorn", "factcheck.wsgi", *bind, "--log-level", "warning", PUBLIC_URL=address, **extra
        )
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.communicate(timeout=30)


@contextmanager
def new_site(folder: Path, *, clock: str = "") -> Iterator[Site]:
    """A migrated site on the engine that the suite runs on."""
    if _on_sqlite():
        file = shutil.copy(_migrated(), folder / "site.sqlite3")
        yield Site(f"sqlite:///{file}", clock)
        return
    name = f"site_{os.getpid()}_{time.monotonic_ns()}"
    _execute(f'CREATE DATABASE "{name}" TEMPLATE "{_migrated()}"')
    try:
        yield Site(_postgresql(name), clock)
    finally:
        _execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _migrated() -> str:
    """What the databases of this process are copied from: migrating each of them would take most of the time."""
    if _on_sqlite():
        name = str(_shared() / "migrated.sqlite3")
        site = Site(f"sqlite:///{name}")
    else:
        name = f"migrated_{os.getpid()}"
        _execute(f'CREATE DATABASE "{name}"')
        atexit.register(_execute, f'DROP DATABASE "{name}" WITH (FORCE)')
        site = Site(_postgresql(name))
    site.manage("migrate", "-v0")
    return name


@cache
def _collect_static_files() -> None:
    """Once for all sites of this process."""
    Site("sqlite:///:memory:").manage("collectstatic", "--noinput", "-v0")


@cache
def _shared() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="factcheck-sites-"))
    atexit.register(shutil.rmtree, folder)
    return folder


def _on_sqlite() -> bool:
    return os.environ["DATABASE_URL"].startswith("sqlite")


def _postgresql(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _execute(statement: str) -> None:
    import psycopg  # noqa: PLC0415  (an optional extra)

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement.encode())


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            if server.poll() is not None:
                raise AssertionError(f"The server did not start: {server.communicate()[1]}") from None
            time.sleep(0.1)
    raise AssertionError("The server did not answer in 30 seconds.")
