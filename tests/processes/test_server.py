"""The server that `make run` and `make demo` start, asked through a socket."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.sites import new_site

SOURCE = "http://m.koreaherald.com/view.php?ud=20180528000093"

pytestmark = [pytest.mark.process, pytest.mark.gate, pytest.mark.xdist_group("server")]


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


@pytest.mark.parametrize(("name", "count", "length"), [("id", 100, 36), ("slug", 100, 60), ("url", 60, 100)])
def test_server_looks_many_up_at_once(address: str, name: str, count: int, length: int) -> None:
    """As many as fit into a request line."""
    unknown = {
        "id": [f"00000000-0000-4000-8000-{number:012}" for number in range(count - 1)],
        "slug": [f"{number:0{length}}" for number in range(count - 1)],
        "url": [f"https://paper.example/{number:0{length - 22}}" for number in range(count - 1)],
    }
    (claim,) = _results(address, "slug=biegun-to-meet-counterpart-before-summit")
    known = {"id": claim["id"], "slug": claim["slug"], "url": SOURCE}
    query = "&".join(f"{name}={quote(value, safe='')}" for value in [*unknown[name], known[name]])
    query = query if name == "url" else f"{name}={query.replace(f'&{name}=', ',').removeprefix(f'{name}=')}"

    assert len(_results(address, query)) == 1


def test_server_refuses_a_line_that_is_too_long(address: str) -> None:
    assert _asked(address, _get(f"/api/v1/claims/?url={'a' * 8200}")).startswith(b"HTTP/1.1 414 ")


def _results(address: str, query: str) -> list[dict[str, Any]]:
    head, _, body = _asked(address, _get(f"/api/v1/claims/?{query}")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    results: list[dict[str, Any]] = json.loads(body)["results"]
    return results
