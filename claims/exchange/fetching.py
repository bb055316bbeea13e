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
def fetched(address: str) -> Iterator[BinaryIO]:
    """What stands at the address, at most MOST_BYTES. Raises ImportRefusedError."""
    try:
        answer = outgoing.send(
            "GET", address, headers={"Accept-Encoding": "identity"}, seconds=SECONDS, most_bytes=MOST_BYTES + 1,
            redirects=REDIRECTS,
        )  # fmt: skip
    except outgoing.OutgoingError as error:
        raise ImportRefusedError(f"{address} could not be fetched: {error}") from error
    if answer.status != 200:
        raise ImportRefusedError(f"{address} could not be fetched: it answered {answer.status}.")
    if len(answer.body) > MOST_BYTES:
        raise ImportRefusedError(f"{address} has more than {MOST_BYTES // 2**20} MB. Download it and import the file.")
    with tempfile.TemporaryFile() as file:
        file.write(answer.body)
        yield file
