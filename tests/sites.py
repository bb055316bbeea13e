"""Real sites for tests that doubles could not prove: their own database, their own processes."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Site:
    """A migrated site with a database of its own, driven through its commands and over HTTP."""

    folder: Path
    database_url: str
    clock: str = ""  # when its processes start, as ISO 8601; "" for now

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.site_settings",
            "STATIC_FOLDER": str(self.folder / "static"),
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
        self.manage("collectstatic", "--noinput", "-v0")
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
    with _new_database(folder) as url:
        site = Site(folder, url, clock)
        site.manage("migrate", "-v0")
        yield site


@contextmanager
def _new_database(folder: Path) -> Iterator[str]:
    suite = os.environ["DATABASE_URL"]
    if suite.startswith("sqlite"):
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    import psycopg  # noqa: PLC0415  (an optional extra)

    name = f"site_{os.getpid()}_{time.monotonic_ns()}"
    parts = urlsplit(suite)
    with psycopg.connect(suite, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
