"""The contestants, each behind the same server: gunicorn with one worker of two threads."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.errors import BenchmarkError

ROOT = Path(__file__).resolve().parent.parent.parent
SCRATCH = ROOT / ".bench"
# Absolute addresses in answers are below this one, so that all contestants can send the same bytes.
PUBLIC_URL = "http://bench.example"

OURS, CACHED, DRF, BARE = "ours", "ours with its cache", "drf", "bare"
NO_CACHE = "dummy://"
# What gunicorn serves, the settings, and CACHE_URL: only one contestant may send what it has sent before.
APPLICATIONS = {
    OURS: ("factcheck.wsgi", "factcheck.settings", NO_CACHE),
    CACHED: ("factcheck.wsgi", "factcheck.settings", "locmem://"),
    DRF: ("django.core.wsgi:get_wsgi_application()", "tests.benchmarks.drf_settings", NO_CACHE),
    BARE: ("tests.benchmarks.bare_wsgi", "", NO_CACHE),
}
GUNICORN = "--workers 1 --worker-class gthread --threads 2 --keep-alive 60 --log-level warning --no-control-socket"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    name: str
    address: str

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """One request; a redirect is not followed. Header names are in lower case."""
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=120)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, names, answer.read())
        finally:
            connection.close()

    def expect(self, path: str, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
        answer = self.get(path, headers)
        if answer.status != status:
            raise BenchmarkError(f"{self.name} answers {answer.status} to {path}, where {status} was due.")
        return answer


def environment(database_url: str, settings: str = "factcheck.settings", cache_url: str = NO_CACHE) -> dict[str, str]:
    """All that a child process sees: nothing of the caller's settings gets in."""
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only-for-benchmarks",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": PUBLIC_URL,
        "ANONYMOUS_RATE": "0",  # all that is asked comes from one address
        "DATABASE_URL": database_url,
        "CACHE_URL": cache_url,
        "DJANGO_SETTINGS_MODULE": settings,
    }


def python(*command: str, database_url: str, given: str = "", cache_url: str = NO_CACHE) -> str:
    """Run `python COMMAND` to its end, with `given` as its standard input; gives its standard output."""
    result = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(database_url, cache_url=cache_url),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise BenchmarkError(f"python {' '.join(command)} failed:\n{result.stderr}")
    return result.stdout


@contextmanager
def served(name: str, database_url: str) -> Iterator[Server]:
    """A contestant on a free port, stopped afterwards whatever happens."""
    application, settings, cache_url = APPLICATIONS[name]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    SCRATCH.mkdir(exist_ok=True)
    log = SCRATCH / f"{name}.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", application, "--bind", host, *GUNICORN.split()],
            cwd=ROOT,
            env=environment(database_url, settings, cache_url),
            stdout=file,
            stderr=file,
        )
    try:
        server = Server(name, f"http://{host}")
        _wait_for(server, process, log)
        yield server
    finally:
        _stop(process)


def _wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.get("/healthz")  # any answer will do: only one contestant has this address
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BenchmarkError(f"The server of {server.name} does not start:\n{log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
