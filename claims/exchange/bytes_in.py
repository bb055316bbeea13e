"""Bytes of a file as text: compressed or not, in the encoding that it has, line by line or as one document."""

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Generator, Iterator
from typing import IO, BinaryIO, NamedTuple

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Finding
from claims.exchange import charsets

MOST_LINE = 32 * 2**20  # bytes of one line; a row of a table or of NDJSON
MOST_DOCUMENT = 128 * 2**20  # bytes of one JSON document or page, which must be held whole
HEAD = 64 * 1024
GZIP = b"\x1f\x8b"
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What is taken for a table otherwise, by how it begins.
NO_TEXT = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive, or a spreadsheet or document that is one inside",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture, sound or video",
    b"BZh": "compressed by bzip2",
    b"\xfd7zXZ": "compressed by xz",
    b"\x28\xb5\x2f\xfd": "compressed by Zstandard",
}
# What reading a damaged archive raises.
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


class Line(NamedTuple):
    text: str
    findings: list[Finding]


def opened(file: BinaryIO) -> IO[bytes]:
    """The file from its beginning, decompressed if it is gzip."""
    file.seek(0)
    magic = file.read(2)
    file.seek(0)
    return gzip.GzipFile(fileobj=file) if magic == GZIP else file  # type: ignore[return-value]


def head_of(file: BinaryIO) -> str:
    """The beginning, to tell formats apart by. Raises ImportRefusedError for what is no text."""
    try:
        head = opened(file).read(HEAD)
    except DAMAGED as error:
        raise ImportRefusedError("The file is compressed and damaged: it cannot be read.") from error
    for magic, kind in NO_TEXT.items():
        if head.startswith(magic):
            raise ImportRefusedError(f"It is {kind}. A page, JSON, NDJSON, CSV or TSV was expected, plain or by gzip.")
    return head.decode(encoding_of(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")


def is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def encoding_of(head: bytes) -> str:
    """By its byte order mark, or by the zeros that UTF-16 puts between Latin letters; "" for what has neither."""
    for mark, name in BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return name
    if len(head) >= 4 and 0 in head[:4]:
        return json.detect_encoding(head)
    return ""


def lines(file: BinaryIO, encoding: str = "") -> Generator[Line]:
    """Lines with their ends, in the encoding that a byte order mark names, or else `encoding`.

    UTF-8 where neither says anything; a line that is none is then read as Windows-1252.
    """
    try:
        yield from _lines(file, encoding)
    except DAMAGED:
        yield Line(
            "",
            [Finding("", "", "The compressed file ends or is damaged here. What follows was not read.", refused=True)],
        )


def _lines(file: BinaryIO, encoding: str) -> Iterator[Line]:
    encoding = encoding_of(opened(file).read(4)) or encoding
    content = opened(file)
    if encoding in {"", "utf-8-sig", "utf-8"}:
        if encoding == "utf-8-sig":
            content.read(len(codecs.BOM_UTF8))
        while line := content.readline(MOST_LINE):
            yield _too_long(content) if len(line) == MOST_LINE and line[-1:] != b"\n" else Line(*decoded(line))
    else:
        text = io.TextIOWrapper(content, encoding, errors="replace", newline="")
        try:
            while found := text.readline(MOST_LINE):
                yield _too_long(text) if len(found) == MOST_LINE and found[-1:] != "\n" else _whole(found)
        finally:
            text.detach()  # or it would close the file, which is read twice


def _whole(text: str) -> Line:
    damaged = "\ufffd" in text
    return Line(text, [Finding("", "", "Some of it is not in the file's encoding.")] if damaged else [])


def _too_long(content: IO[bytes] | IO[str]) -> Line:
    """Reads to the end of the line, which is left out."""
    while (rest := content.readline(MOST_LINE)) and rest[-1:] not in (b"\n", "\n"):
        pass
    message = f"A line is longer than {MOST_LINE // 2**20} MB. It was left out."
    return Line("", [Finding("", "", message, refused=True)])


def decoded(content: bytes, encoding: str = "") -> tuple[str, list[Finding]]:
    if encoding not in {"", "utf-8", "utf-8-sig"}:
        return content.decode(encoding, "replace"), []
    try:
        return content.decode(encoding or "utf-8"), []
    except UnicodeDecodeError as error:
        return _latin(content), [
            Finding(
                "",
                repr(content[error.start : error.start + 20])[2:-1],
                "This is not UTF-8. It was read as Windows-1252.",
            )
        ]


def _latin(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:  # five bytes have no letter in it
        return content.decode("latin-1")


def document(file: BinaryIO, encoding: str = "") -> tuple[str, list[Finding]]:
    """The whole text. Raises ImportRefusedError for one that is too long to be held."""
    try:
        content = opened(file).read(MOST_DOCUMENT + 1)
    except DAMAGED as error:
        raise ImportRefusedError("The file is compressed and damaged: it cannot be read.") from error
    if len(content) > MOST_DOCUMENT:
        raise ImportRefusedError(
            f"One JSON document or page may have {MOST_DOCUMENT // 2**20} MB. Write one object a line (NDJSON): "
            "such a file may have any length."
        )
    encoding = encoding_of(content[:4]) or encoding
    if not encoding and content.lstrip()[:1] == b"<" and not is_utf_8(content):
        encoding = charsets.of_page(content)
    text, findings = decoded(content, encoding)
    return text.removeprefix("\ufeff"), findings
