"""The server that `make run` and `make demo` start, asked through sockets by clients of every kind."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from factcheck.arrival import HEAD_BYTES, PATIENCE
from tests.sites import new_site

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("server")]

MANY = 50  # slow clients; there are four threads
SOURCE = "http://m.koreaherald.com/view.php?ud=20180528000093"
BEGUN = {
    "nothing": b"",
    "half a line": b"GET /claims/ HT",
    "half a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
    "half a form": b"POST /tips/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nte",
    "half an upload": b"POST /admin/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 200_000,
    "chunks": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("served")
    with new_site(folder) as site:
        site.manage("load_demo")
        with site.served() as address:
            yield address


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20)


def _asked(address: str, *pieces: bytes, pause: float = 0) -> bytes:
    """All that is answered to a request in these pieces."""
    with _connected(address) as client:
        for piece in pieces:
            client.sendall(piece)
            time.sleep(pause)
        answer = b""
        while data := client.recv(65536):
            answer += data
    return answer


def _get(path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode()


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN.keys())
def test_server_while_many_clients_hang(address: str, begun: bytes) -> None:
    with ExitStack() as open_:
        for _ in range(MANY):
            open_.enter_context(_connected(address)).sendall(begun)
        started = time.monotonic()
        statuses = [_status(_asked(address, _get(path))) for path in ("/healthz", "/claims/", "/api/v1/")]
        took = time.monotonic() - started

    assert statuses == [200, 200, 200]
    assert took < 3


@pytest.mark.parametrize("piece", [1, 10, 1000])
def test_server_reads_what_comes_in_pieces(address: str, piece: int) -> None:
    body = b"text=" + b"a" * 60
    head = b"POST /tips/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    request = head + body

    answer = _asked(address, *(request[at : at + piece] for at in range(0, len(request), piece)), pause=0.001)

    assert _status(answer) == 403  # the form's token is missing, which is known only when all of it was read
    assert b"This form could not be sent" in answer


def test_server_gives_an_upload_on_in_full(address: str) -> None:
    """Larger than what is kept in memory, and sent only when the server says so."""
    body = b"a=" + b"x" * 2_000_000
    lines = f"POST /tips/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {len(body)}"
    with _connected(address) as client:
        client.sendall(f"{lines}\r\nExpect: 100-continue\r\n\r\n".encode())
        leave = client.recv(65536)
        client.sendall(body)
        answer = b""
        while data := client.recv(65536):
            answer += data

    assert leave == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert b"This form could not be sent" in answer


def test_server_answers_requests_that_come_at_once(address: str) -> None:
    kept = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    answer = _asked(address, kept + kept + _get("/readyz"))

    assert re.findall(rb'"status": "(\w+)"', answer) == [b"ok", b"ok", b"ready"]


def test_server_answers_one_after_the_other_on_a_connection(address: str) -> None:
    with _connected(address) as client:
        answers = []
        for _ in range(3):
            client.sendall(b"HEAD /claims/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            answers.append(client.recv(65536))

    assert [_status(answer) for answer in answers] == [200] * 3
    assert all(answer.endswith(b"\r\n\r\n") for answer in answers)


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


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (_get(f"/api/v1/claims/?url={'a' * HEAD_BYTES}"), 414),
        (_get("/", f"Cookie: {'a' * HEAD_BYTES}"), 431),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
    ],
)
def test_server_says_why_it_refuses(address: str, request_: bytes, status: int) -> None:
    head, _, body = _asked(address, request_).partition(b"\r\n\r\n")

    assert b"Content-Type: application/problem+json" in head
    assert (_status(head), json.loads(body)["status"]) == (status, status)


def test_server_lets_go_of_who_does_not_go_on(address: str) -> None:
    begun = (b"", b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nab")
    started = time.monotonic()
    with ExitStack() as open_:
        clients = [open_.enter_context(_connected(address)) for _ in begun]
        for client, data in zip(clients, begun, strict=True):
            client.sendall(data)
        answers = [client.recv(1) for client in clients]
        took = time.monotonic() - started

    assert answers == [b"", b"", b""]
    assert PATIENCE - 1 < took < PATIENCE + 5
