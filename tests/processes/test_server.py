"""The server that `make run` and `make demo` start, asked through a socket."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.sites import new_site

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("server")]

SOURCE = "http://m.koreaherald.com/view.php?ud=20180528000093"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("served")
    with new_site(folder) as site:
        site.manage("load_demo")
        with site.served() as address:
            yield address


def _asked(address: str, request: bytes) -> bytes:
    """All that is answered."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as client:
        client.sendall(request)
        return b"".join(iter(lambda: client.recv(65536), b""))


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("name", ["url", "slug"])
def test_server_looks_a_hundred_up_at_once(address: str, name: str) -> None:
    """As many as the API promises, and each as long as it may well be."""
    long = {
        "url": [f"https://paper.example/{number}/{'long-' * 200}" for number in range(99)],
        "slug": [f"{number:02}{'-' * 98}" for number in range(99)],
    }
    known = {"url": SOURCE, "slug": "biegun-to-meet-counterpart-before-summit"}
    query = "&".join(f"{name}={quote(value, safe='')}" for value in [*long[name], known[name]])

    answer = _asked(address, _get(f"/api/v1/claims/?fields=slug&{query}"))

    assert len(query) > 9900
    assert (_status(answer), answer.count(b'"slug":')) == (200, 1)
