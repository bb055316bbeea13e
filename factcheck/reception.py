"""gunicorn's worker with threads, but for where requests are read.

gunicorn's threads read requests themselves, so that as many clients as there are threads stop the site by sending half
of one each. Here the main loop reads, and a thread is given what has arrived whole. (waitress does so, too, but serves
with one process, and in it gave four fifths of the pages a second.)
"""

import socket
import struct
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from selectors import EVENT_READ
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from factcheck.arrival import Arrival, RefusedError

PIECE = 64 * 1024
# Seconds for which a thread waits for a client that does not take what it asked for.
STALLED = struct.pack("ll", 20, 0)
FAREWELL = 2  # seconds for a client to read why it was refused


class Arrived(SocketUnreader):  # type: ignore[misc]  # gunicorn has no types
    """Where gunicorn's parser reads: from what has arrived."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.arrival: Arrival | None = None

    def chunk(self, size_hint: int | None = None) -> bytes:
        if self.arrival and (data := self.arrival.file.read(PIECE)):
            return bytes(data)
        return bytes(super().chunk(size_hint))

    def put_back(self) -> None:
        """What came behind the request is the beginning of the next."""
        if self.arrival:
            self.arrival.file.close()
            self.unread(self.arrival.later)
            self.arrival = None


class Worker(ThreadWorker):  # type: ignore[misc]
    """The connections in `arriving` are the main loop's; all others are as in gunicorn."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.arriving: dict[TConn, Arrival] = {}
        self.next_look = 0.0

    def enqueue_req(self, conn: TConn) -> None:
        """Called wherever a request may begin: on a new connection, and on one that was kept."""
        if conn.parser is None:
            _prepare(conn)
        conn.sock.settimeout(0)
        self.arriving[conn] = Arrival()
        self.poller.register(conn.sock, EVENT_READ, self._reader(conn))
        if begun := conn.parser.unreader.take_buffered():
            self._take(conn, begun)
        else:
            self._read(conn)

    def _reader(self, conn: TConn) -> Callable[[socket.socket], None]:
        return lambda _: self._read(conn)

    def _read(self, conn: TConn) -> None:
        try:
            data = conn.sock.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            self._take(conn, data)
        else:
            self._let_go(conn)

    def _take(self, conn: TConn, data: bytes) -> None:
        arrival = self.arriving[conn]
        try:
            arrival.take(data)
        except RefusedError as refused:
            arrival.is_refused = True
            arrival.hurry(time.monotonic() + FAREWELL)
            _send(conn, refused.answer)
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_WR)
            return
        if arrival.waits_for_leave:
            arrival.waits_for_leave = False
            _send(conn, b"HTTP/1.1 100 Continue\r\n\r\n")
        if arrival.is_whole:
            conn.parser.unreader.arrival = self._forget(conn)
            super().enqueue_req(conn)

    def _forget(self, conn: TConn) -> Arrival:
        self.poller.unregister(conn.sock)
        return self.arriving.pop(conn)

    def _let_go(self, conn: TConn) -> None:
        self._forget(conn).file.close()
        self.nr_conns -= 1
        conn.close()

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        conn.parser.unreader.put_back()
        super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Called in each turn of the main loop. Let go of those that take too long; looked at once a second."""
        super().murder_pending()
        now = time.monotonic()
        if now >= self.next_look:
            self.next_look = now + 1
            for conn in [conn for conn, arrival in self.arriving.items() if arrival.is_late(now)]:
                self._let_go(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """Called when the worker stops."""
        super()._cap_keepalive(deadline)
        for arrival in self.arriving.values():
            arrival.hurry(deadline)


def _prepare(conn: TConn) -> None:
    """Once for each connection, instead of `conn.init()`, which a thread calls."""
    conn.initialized = True
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, STALLED)
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, STALLED)
    conn.parser = get_parser(conn.cfg, conn.sock, conn.client)
    conn.parser.unreader = Arrived(conn.sock)


def _send(conn: TConn, data: bytes) -> None:
    with suppress(OSError):
        conn.sock.send(data)
