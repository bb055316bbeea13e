"""A file at an address, fetched so that no private network is reached."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from claims.domain import outgoing
from claims.domain.errors import ImportRefusedError

MOST_BYTES = 64 * 2**20
SECONDS = 60
REDIRECTS = 5
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def is_address(source: str) -> bool:
    return bool(ADDRESS.match(source))


@contextmanager
def fetched(address: str, *, most_bytes: int = MOST_BYTES) -> Iterator[BinaryIO]:
    """What stands at the address, at most so many bytes. Raises ImportRefusedError."""
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
        file.write(answer.body)
        yield file
