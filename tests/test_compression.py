import gzip
from collections.abc import Callable

import brotli
import pytest

from claims.compression import compressed, compressed_parts, is_compressible

DECODERS: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
BODY = "It is so. 그렇다. ".encode() * 500


@pytest.mark.parametrize("encoding", DECODERS)
def test_compressed_is_smaller_and_the_same(encoding: str) -> None:
    first, second = compressed(BODY, encoding), compressed(BODY, encoding)

    assert DECODERS[encoding](first) == BODY
    assert (len(first) < len(BODY) / 10, first == second) == (True, True)


@pytest.mark.parametrize("encoding", DECODERS)
@pytest.mark.parametrize("parts", [[], [b""], [b"a"], [BODY[:100], b"", BODY[100:]]])
def test_compressed_parts(encoding: str, parts: list[bytes]) -> None:
    assert DECODERS[encoding](b"".join(compressed_parts(parts, encoding))) == b"".join(parts)


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("application/feed+json", True),
        ("application/atom+xml; charset=utf-8", True),
        ("application/problem+json", True),
        ("application/x-ndjson", True),
        ("Text/CSV", True),
        ("image/svg+xml", True),
        ("image/png", False),
        ("application/gzip", False),
        ("", False),
    ],
)
def test_is_compressible(content_type: str, expected: bool) -> None:
    assert is_compressible(content_type) == expected
