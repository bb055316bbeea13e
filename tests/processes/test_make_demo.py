"""README's first command, run as a newcomer would, in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sites import ROOT

pytestmark = [pytest.mark.process, pytest.mark.gate, pytest.mark.xdist_group("browser")]


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """`make demo` with this environment's packages; gives what it printed once its pages answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    printed = folder / "printed"
    with printed.open("w") as output:
        process = subprocess.Popen(
            ["make", "demo", f"VENV={sys.prefix}", f"DEMO={folder}", f"PORT={port}"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/", process)
            yield printed.read_text()
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


def test_make_demo_serves_the_demo_and_keeps_edits(tmp_path: Path) -> None:
    with demo(tmp_path) as first:
        pages = re.findall(r"http://127\.0\.0\.1:\d+/\S*", first)
        statuses = [urllib.request.urlopen(address).status for address in pages]
    edit = "from claims.models import Topic; Topic.objects.filter(slug='hanoi-summit').update(name='Edited')"
    _manage(tmp_path, "shell", "-c", edit)

    with demo(tmp_path) as second:
        kept = _manage(
            tmp_path,
            "shell",
            "-v0",
            "-c",
            "from claims.models import Topic; print(Topic.objects.get(name='Edited').slug)",
        )

    assert "Logins: editor and admin, password hanoi-2019\nLoaded 12 claims." in first
    assert ([address.split("/", 3)[3] for address in pages], statuses) == (["", "admin/", "api/v1/"], [200, 200, 200])
    assert "The demo is already there; nothing was changed." in second
    assert kept.splitlines()[-1] == "hanoi-summit"


def _manage(folder: Path, *command: str) -> str:
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3"}
    run = [sys.executable, "manage.py", *command]
    return subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"make demo did not serve {address}")
