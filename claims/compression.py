"""Bodies made smaller for the way. Nothing secret stands beside what a reader sends, so their length tells nothing."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

# Below this, headers weigh more than what is saved.
LEAST = 400
# Of Brotli's 0 to 11: half the size of gzip's already, in the time of gzip's.
QUALITY = 5
LEVEL = 6
COMPRESSIBLE = ("text/", "application/json", "application/x-ndjson", "application/xml")
SUFFIXES = ("+json", "+xml")


def is_compressible(content_type: str) -> bool:
    name = content_type.partition(";")[0].strip().lower()
    return name.startswith(COMPRESSIBLE) or name.endswith(SUFFIXES)


def compressed(body: bytes, encoding: str) -> bytes:
    """`body` in `br` or `gzip`; the same bytes for the same body."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=QUALITY))
    return gzip.compress(body, LEVEL, mtime=0)


def compressed_parts(parts: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The same for a body that is sent while it is made."""
    process, finish = _compressor(encoding)
    for part in parts:
        if smaller := process(part):
            yield smaller
    yield finish()


def _compressor(encoding: str) -> tuple[Callable[[bytes], bytes], Callable[[], bytes]]:
    if encoding == "br":
        compressor = brotli.Compressor(quality=QUALITY)
        return compressor.process, compressor.finish
    zipper = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)  # 16: with gzip's header
    return zipper.compress, zipper.flush
