"""A compressed file that may have been cut: all that can be decompressed of it is read."""

import io
import zlib
from typing import BinaryIO

GZIP = 16 + zlib.MAX_WBITS
MAGIC = b"\x1f\x8b"
CHUNK = 2**16


class Gunzipped(io.RawIOBase):
    """The content of a gzip file of one or more members. It ends where it is damaged, and `is_damaged` is true then."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._member = zlib.decompressobj(GZIP)
        self._waiting = b""  # compressed
        self.is_damaged = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self.is_damaged and self._has_more():
            if found := self._decompressed(len(buffer)):
                buffer[: len(found)] = found
                return len(found)
        return 0

    def _has_more(self) -> bool:
        """Whether there is something to decompress: of this member or of another one that follows it."""
        while True:
            self._waiting = self._waiting or self._file.read(CHUNK)
            if not self._waiting:
                self.is_damaged = not self._member.eof
                return False
            if not self._member.eof:
                return True
            self._waiting = self._waiting.lstrip(b"\0")  # what archives are padded with
            if self._waiting:
                self._member = zlib.decompressobj(GZIP)

    def _decompressed(self, most: int) -> bytes:
        try:
            found = self._member.decompress(self._waiting, most)
        except zlib.error:
            self.is_damaged = True
            return b""
        self._waiting = self._member.unconsumed_tail or self._member.unused_data
        return found
