"""Requests to other people's servers: to public addresses only, within a time and a size.

The address that was checked is the address that is connected to, whatever the name resolves to a moment later; the
name still decides the Host header, SNI and certificate. Proxies of the environment and cookies play no part.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from http.client import HTTPException
from types import MappingProxyType
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from claims.domain.reachable import OutgoingError, Socket, Target, parse, resolve

__all__ = ["Answer", "CutOffError", "OutgoingError", "TooLongError", "send"]

AGENT = "Factcheck"
FAILURES = (HTTPError, HTTPException, OSError, ValueError)
NONE: Mapping[str, str] = MappingProxyType({})
MOVED = {301, 302, 303, 307, 308}
# What one site is told is not passed on to another that it redirects to.
PRIVATE = {"authorization", "cookie"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. Names of `headers` may be asked for in any case; `address` is where it was found."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str


class TooLongError(OutgoingError):
    """The body was longer than allowed; `answer` has its beginning."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"The answer is longer than {len(answer.body):,} bytes.")
        self.answer = answer


class CutOffError(OutgoingError):
    """The body could not be read to its end; `answer` has all but the body."""

    def __init__(self, sentence: str, answer: Answer) -> None:
        super().__init__(sentence)
        self.answer = answer


def send(  # noqa: PLR0913 (each is a choice of its own, and only by keyword)
    method: str,
    address: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] = NONE,
    seconds: float = 10,
    most_bytes: int = 65536,
    redirects: int = 0,
) -> Answer:
    """Send one request and read its answer, whatever its status.

    `seconds` limits all of it together: resolving, connecting, sending, reading, and following up to so many
    `redirects`, each of which is checked anew. With none, an answer that redirects is returned as it is. Raises
    OutgoingError; where there is a status, it is TooLongError (the body has more than `most_bytes`) or CutOffError.
    """
    deadline = time.monotonic() + seconds
    request = _Request(method, address, body, headers)
    answer = _exchange(request, deadline, most_bytes)
    for _ in range(redirects):
        if answer.status not in MOVED or "location" not in answer.headers:
            return answer
        request = request.redirected(answer)
        answer = _exchange(request, deadline, most_bytes)
    if redirects and answer.status in MOVED and "location" in answer.headers:
        raise OutgoingError(f"{address} redirects more than {redirects} times.")
    return answer


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    address: str
    body: bytes | None
    headers: Mapping[str, str]

    def redirected(self, answer: Answer) -> "_Request":
        """The request that follows a redirection, as browsers do it (Fetch standard, HTTP-redirect fetch)."""
        try:
            address = urljoin(self.address, answer.headers["location"])
        except ValueError:
            raise OutgoingError(f"{self.address} redirects to what is not a web address.") from None
        same = parse(address).origin == parse(self.address).origin
        headers = {name: value for name, value in self.headers.items() if same or name.lower() not in PRIVATE}
        if answer.status in {307, 308} or self.method in {"GET", "HEAD"}:
            return replace(self, address=address, headers=headers)
        kept = {name: value for name, value in headers.items() if not name.lower().startswith("content-")}
        return _Request("GET", address, None, kept)


def _exchange(request: _Request, deadline: float, most_bytes: int) -> Answer:
    target = parse(request.address)
    sockets = resolve(target, seconds=_left(deadline))
    connection = _connection(target, sockets, deadline)
    try:
        with connection.limited():
            return _ask(connection, request, target.path, most_bytes)
    except FAILURES as error:
        raise OutgoingError(_sentence(connection, error)) from error
    finally:
        connection.finish()


def _ask(connection: "_Pinned", request: _Request, path: str, most_bytes: int) -> Answer:
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"} | dict(request.headers)
    connection.request(request.method, path, body=request.body, headers=headers, preload_content=False)
    with closing(connection.getresponse()) as response:
        answer = Answer(response.status, response.headers, b"", request.address)
        try:
            # Decoded, if the server encodes although it was asked not to: the limit holds for what was packed small.
            body = response.read(most_bytes + 1)
            if connection.expired:
                raise TimeoutError
        except FAILURES as error:
            raise CutOffError(_sentence(connection, error), answer) from error
    answer = replace(answer, body=body[:most_bytes])
    if len(body) > most_bytes:
        raise TooLongError(answer)
    return answer


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutgoingError("There was no answer in time.")
    return left


def _sentence(connection: "_Pinned", error: Exception) -> str:
    host = connection.host
    if connection.expired or isinstance(error, TimeoutError):
        return f"{host} did not answer in time."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{host} has no certificate that can be trusted: {error.verify_message}."
    if isinstance(error, ConnectionRefusedError):
        return f"{host} refused the connection."
    if isinstance(error, OSError):
        return f"The connection to {host} failed ({error.strerror or type(error).__name__})."
    return f"{host} did not answer as HTTP asks ({type(error).__name__})."


class _Pinned(HTTPConnection):
    """Connects to sockets that were checked, and never resolves a name. It ends, whatever it does, at `deadline`."""

    sockets: Sequence[Socket]
    deadline: float
    expired = False
    _line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        for at, (family, place) in enumerate(self.sockets):
            line = socket.socket(family, socket.SOCK_STREAM)
            try:
                # An address that does not answer leaves time for the others.
                line.settimeout(_left(self.deadline) / (len(self.sockets) - at))
                line.connect(place)
            except OSError:
                line.close()
                if at == len(self.sockets) - 1:
                    raise
            else:
                line.settimeout(_left(self.deadline))
                self._line = line.dup()  # the same connection, also once TLS has wrapped the first
                return line
        raise OSError  # resolve() gave at least one

    @contextmanager
    def limited(self) -> Iterator[None]:
        """A time limit of each read would let a server drip for ever; this one is for all of them together."""
        timer = threading.Timer(_left(self.deadline), self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self.expired = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        self.close()
        if self._line is not None:
            self._line.close()


class _PinnedWithTLS(_Pinned, HTTPSConnection):
    pass


def _connection(target: Target, sockets: Sequence[Socket], deadline: float) -> _Pinned:
    connection = (
        _PinnedWithTLS(target.host, target.port, ssl_context=_tls())
        if target.scheme == "https"
        else _Pinned(target.host, target.port)
    )
    connection.sockets, connection.deadline = sockets, deadline
    return connection


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
