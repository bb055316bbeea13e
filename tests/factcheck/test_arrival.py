import json
import time
from collections.abc import Callable, Iterator

import pytest

from factcheck.arrival import BODY_BYTES, BYTES_A_SECOND, BYTES_IN_MEMORY, HEAD_BYTES, PATIENCE, Arrival, RefusedError

Arrive = Callable[..., Arrival]

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\ncontent-LENGTH:  5 \r\n\r\nabcde"


@pytest.fixture
def new() -> Iterator[Callable[[], Arrival]]:
    made: list[Arrival] = []

    def arrival() -> Arrival:
        made.append(Arrival())
        return made[-1]

    yield arrival
    for arrival_ in made:
        arrival_.file.close()


@pytest.fixture
def arrived(new: Callable[[], Arrival]) -> Arrive:
    def of(*pieces: bytes) -> Arrival:
        arrival = new()
        for piece in pieces:
            assert not arrival.is_whole
            arrival.take(piece)
        return arrival

    return of


@pytest.mark.parametrize("request_", [GET, POST])
@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_arrival_in_pieces(arrived: Arrive, request_: bytes, size: int) -> None:
    pieces = [request_[at : at + size] for at in range(0, len(request_), size)]

    arrival = arrived(*pieces)

    assert (arrival.is_whole, arrival.file.read(), arrival.later) == (True, request_, b"")


@pytest.mark.parametrize("request_", [GET, POST])
def test_arrival_of_a_part(arrived: Arrive, request_: bytes) -> None:
    assert not arrived(request_[:-1]).is_whole


@pytest.mark.parametrize("request_", [GET, POST])
def test_arrival_of_more_than_one(arrived: Arrive, request_: bytes) -> None:
    arrival = arrived(request_ + POST[:9])

    assert (arrival.file.read(), arrival.later) == (request_, POST[:9])


def test_arrival_with_line_breaks_before_it(arrived: Arrive) -> None:
    arrival = arrived(b"\r\n\r\n", b"\r\n" + GET)

    assert arrival.file.read() == GET


def test_arrival_of_much(arrived: Arrive) -> None:
    body = b"x" * (3 * BYTES_IN_MEMORY)
    head = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)

    arrival = arrived(head, *(body[at : at + 1000] for at in range(0, len(body), 1000)))

    assert arrival.file.read() == head + body


@pytest.mark.parametrize(
    ("given", "waits"),
    [(b"100-continue", True), (b"100-Continue", True), (b"200-continue", False), (b"", False)],
)
def test_arrival_that_waits_for_leave(arrived: Arrive, given: bytes, waits: bool) -> None:
    head = b"POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: %s\r\n\r\n" % given

    assert (arrived(head).waits_for_leave, arrived(head + b"a").waits_for_leave) == (waits, False)


@pytest.mark.parametrize(
    ("begun", "status", "kind"),
    [
        (b"GET /?" + b"a" * HEAD_BYTES, 414, "too-long"),
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * HEAD_BYTES, 431, "too-long"),
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * HEAD_BYTES + b"\r\n\r\n", 431, "too-long"),
        (b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (BODY_BYTES + 1), 413, "too-large"),
        (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n", 413, "too-large"),
        (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 9000 + b"\r\n\r\n", 413, "too-large"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411, "length-required"),
    ],
)
def test_arrival_of_what_is_refused(arrived: Arrive, begun: bytes, status: int, kind: str) -> None:
    with pytest.raises(RefusedError) as caught:
        arrived(begun)

    head, _, body = caught.value.answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nContent-Type: application/problem+json\r\n" in head
    assert (json.loads(body)["status"], json.loads(body)["type"]) == (status, f"urn:factcheck:problem:{kind}")


@pytest.mark.parametrize("length", [b"x", b"-1", b"+5", b"5, 5", b""])
def test_arrival_with_a_length_that_is_none(arrived: Arrive, length: bytes) -> None:
    """It is whole, and whoever reads it will say what is wrong."""
    assert arrived(b"POST / HTTP/1.1\r\nContent-Length: %s\r\n\r\n" % length).is_whole


def test_arrival_is_late_unless_it_goes_on(new: Callable[[], Arrival]) -> None:
    begun = time.monotonic()
    slow, steady, hurried = new(), new(), new()

    slow.take(b"G")
    steady.take(b"x" * 5 * BYTES_A_SECOND)
    hurried.hurry(begun + 1)

    after = begun + PATIENCE + 1
    assert [arrival.is_late(after) for arrival in (slow, steady, hurried)] == [True, False, True]
    assert [arrival.is_late(begun + 2) for arrival in (slow, steady, hurried)] == [False, False, True]
    assert steady.is_late(after + 6)
