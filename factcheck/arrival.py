"""A request as far as it has arrived, and what is wrong with one that need not arrive in full."""

import json
import re
import time
from tempfile import SpooledTemporaryFile

HEAD_BYTES = 256 * 1024  # of the request line and all headers: a hundred addresses to look up go into one
BODY_BYTES = 32 * 2**20  # what is too much for the desk is told by the desk, up to here
MOST_DIGITS = 18  # of a length: Python refuses to read thousands, and no thread may wait for what they promise
BYTES_IN_MEMORY = 64 * 1024

PATIENCE = 10  # seconds that any request may take, and one more for each so many of its bytes
BYTES_A_SECOND = 1024

END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*([0-9]+)[ \t]*(?=\r\n)", re.IGNORECASE)
CODING = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
CONTINUE = re.compile(rb"\r\nexpect[ \t]*:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class RefusedError(Exception):
    """A request that is answered without being looked at, by `answer`: a whole HTTP response."""

    def __init__(self, status: int, kind: str, title: str, detail: str) -> None:
        super().__init__(detail)
        # As in the API (RFC 9457), whose clients are the ones that send long requests.
        problem = {"type": f"urn:factcheck:problem:{kind}", "title": title, "status": status, "detail": detail}
        body = json.dumps(problem).encode()
        head = f"HTTP/1.1 {status} {title}\r\nContent-Type: application/problem+json\r\nContent-Length: {len(body)}"
        self.answer = head.encode() + b"\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n" + body


class Arrival:
    """Collects the bytes of one request. They can be read from `file` once it `is_whole`; `later` follows."""

    def __init__(self) -> None:
        self.file = SpooledTemporaryFile(max_size=BYTES_IN_MEMORY)  # noqa: SIM115 (closed by whoever takes it over)
        self.later = b""
        self.is_whole = False
        self.is_refused = False  # and what comes now is read only so that the client reads why
        self.waits_for_leave = False  # to send its body
        self._head = bytearray()
        self._missing = 0
        self._until = time.monotonic() + PATIENCE

    def is_late(self, now: float) -> bool:
        return now > self._until

    def hurry(self, until: float) -> None:
        self._until = min(self._until, until)

    def take(self, data: bytes) -> None:
        """Add what has arrived. Raises RefusedError as soon as the request cannot be taken in."""
        if self.is_refused:
            return
        self._until += len(data) / BYTES_A_SECOND
        if self._missing:
            self._take_body(data)
            return
        seen = max(0, len(self._head) - len(END))
        self._head += data
        if not seen:
            self._head = self._head.lstrip(b"\r\n")  # RFC 9112, 2.2: line breaks before a request do not count
        end = self._head.find(END, seen)
        if end < 0:
            _require_short(self._head)
            return
        end += len(END)
        head, rest = bytes(self._head[:end]), bytes(self._head[end:])
        _require_short(head)
        self._missing = _length(head)
        self.waits_for_leave = bool(self._missing and not rest and CONTINUE.search(head))
        self.file.write(head)
        self._take_body(rest)

    def _take_body(self, data: bytes) -> None:
        body, self.later = data[: self._missing], data[self._missing :]
        self.file.write(body)
        self._missing -= len(body)
        if not self._missing:
            self.file.seek(0)
            self.is_whole = True


def _require_short(head: bytes | bytearray) -> None:
    if len(head) <= HEAD_BYTES:
        return
    limit = f"Address and headers may have {HEAD_BYTES:,} bytes."
    if b"\r\n" in head[:HEAD_BYTES]:
        raise RefusedError(
            431, "too-long", "Request Header Fields Too Large", f"{limit} Send fewer or shorter headers."
        )
    raise RefusedError(414, "too-long", "URI Too Long", f"{limit} Ask for less at once.")


def _length(head: bytes) -> int:
    """Of the body. A length that is none is left to whoever reads the head: no body is waited for."""
    if CODING.search(head):
        detail = "Say how long the body is (Content-Length) instead of sending it in chunks."
        raise RefusedError(411, "length-required", "Length Required", detail)
    found = LENGTH.search(head)
    digits = found[1].lstrip(b"0") if found else b""
    if len(digits) > MOST_DIGITS or int(digits or b"0") > BODY_BYTES:
        detail = f"What is sent may have {BODY_BYTES // 2**20} MB. The command import_claims takes files of any size."
        raise RefusedError(413, "too-large", "Content Too Large", detail)
    return int(digits or b"0")
