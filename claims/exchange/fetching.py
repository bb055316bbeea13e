"""A file at an address, fetched so that no private network is reached."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from claims.domain import outgoing
from claims.domain.errors import ImportRefusedError
from claims.exchange import bytes_in, charsets, gunzip

MOST_BYTES = 64 * 2**20
SECONDS = 60
REDIRECTS = 5
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """`address` is where redirections led to: what stands there is known by it."""

    file: BinaryIO
    address: str


def is_address(source: str) -> bool:
    return bool(ADDRESS.match(source))


@contextmanager
def fetched(address: str, *, most_bytes: int = MOST_BYTES) -> Iterator[Fetched]:
    """What stands at the address, whole, at most so many bytes. Raises ImportRefusedError."""
    try:
        answer = outgoing.send("GET", address, seconds=SECONDS, most_bytes=most_bytes, redirects=REDIRECTS)
    except outgoing.TooLongError as error:
        size = f"{most_bytes // 2**20} MB"
        raise ImportRefusedError(f"{address} has more than {size}. Download it, and import the file.") from error
    except outgoing.OutgoingError as error:
        raise ImportRefusedError(f"{address} could not be fetched. {error}") from error
    if answer.status != 200:
        raise ImportRefusedError(f"{address} could not be fetched: it answered {answer.status}.")
    with tempfile.TemporaryFile() as file:
        file.write(_in_utf_8(answer))
        yield Fetched(file, answer.address)


def _in_utf_8(answer: outgoing.Answer) -> bytes:
    """The body, from the encoding that the server names. What is UTF-8 stays so, since many servers say Latin-1 of it.

    It gets a byte order mark, so that what a page or a mapping says of the original encoding is not applied again.
    """
    codec = charsets.of_header(answer.headers.get("content-type", ""))
    is_packed = answer.body.startswith(gunzip.MAGIC)
    if not codec or is_packed or bytes_in.encoding_of(answer.body[:4]) or bytes_in.is_utf_8(answer.body):
        return answer.body
    return answer.body.decode(codec, "replace").encode("utf-8-sig")
