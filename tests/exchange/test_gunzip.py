import gzip
import io

import pytest

from claims.exchange.gunzip import Gunzipped

CONTENT = bytes(range(256)) * 4000


def _read(compressed: bytes) -> tuple[bytes, bool]:
    raw = Gunzipped(io.BytesIO(compressed))
    return io.BufferedReader(raw).read(), raw.is_damaged


@pytest.mark.parametrize(
    "compressed",
    [
        gzip.compress(CONTENT),
        gzip.compress(CONTENT[:100]) + gzip.compress(CONTENT[100:]),
        gzip.compress(CONTENT) + b"\0" * 100_000,
        gzip.compress(CONTENT, 0),
    ],
)
def test_whole_archive_is_what_was_compressed(compressed: bytes) -> None:
    assert _read(compressed) == (CONTENT, False)


def test_empty_content() -> None:
    assert _read(gzip.compress(b"")) == (b"", False)


@pytest.mark.parametrize("cut", [1, 5, 8, 9, 100])
def test_cut_archive_gives_its_beginning(cut: int) -> None:
    content, is_damaged = _read(gzip.compress(CONTENT, 0)[:-cut])

    assert (CONTENT.startswith(content), is_damaged) == (True, True)
    assert len(content) > len(CONTENT) - 500


@pytest.mark.parametrize("compressed", [b"\x1f\x8b", b"\x1f\x8b\x08", b"\x1f\x8bxxxxxxxxxxxxxxxxxxx"])
def test_no_archive_at_all(compressed: bytes) -> None:
    assert _read(compressed) == (b"", True)


def test_archive_with_something_else_behind_it() -> None:
    assert _read(gzip.compress(CONTENT) + b"garbage") == (CONTENT, True)


def test_archive_that_was_changed_in_the_middle() -> None:
    compressed = bytearray(gzip.compress(b"".join(b"%d\n" % number for number in range(300_000))))
    compressed[len(compressed) // 2] ^= 0xFF

    content, is_damaged = _read(bytes(compressed))

    assert is_damaged
    assert content.startswith(b"0\n1\n2\n")
