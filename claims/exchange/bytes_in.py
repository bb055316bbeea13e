"""Bytes of a file as text: compressed or not, in the encoding that it has, line by line or as one document."""

import codecs
import io
import json
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import IO, BinaryIO, NamedTuple

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Finding
from claims.exchange import charset_guess, charsets
from claims.exchange.gunzip import MAGIC, Gunzipped

MOST_LINE = 32 * 2**20  # bytes of one line; a row of a table or of NDJSON
MOST_DOCUMENT = 128 * 2**20  # bytes of one JSON document or page, which must be held whole
HEAD = 64 * 1024
SAMPLE = 8 * 1024  # by which an encoding is guessed
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CUT = "The compressed file ends or is damaged here. What follows was not read."
SET = "a mapping's “encoding” sets another"
# An encoding that is read where UTF-8 is expected and is not there, and whether there is little doubt of it.
Guess = tuple[str, bool]


class Line(NamedTuple):
    text: str
    findings: list[Finding]


def opened(file: BinaryIO) -> IO[bytes]:
    """The file from its beginning, decompressed if it is gzip."""
    file.seek(0)
    magic = file.read(2)
    file.seek(0)
    return io.BufferedReader(Gunzipped(file), HEAD) if magic == MAGIC else file


def is_damaged(content: IO[bytes]) -> bool:
    """Whether what was read to its end is an archive without its end."""
    raw = getattr(content, "raw", None)
    return isinstance(raw, Gunzipped) and raw.is_damaged


def head_bytes(file: BinaryIO) -> bytes:
    """The beginning. Raises ImportRefusedError for an archive of which nothing can be read."""
    content = opened(file)
    head = content.read(HEAD)
    if not head and is_damaged(content):
        raise ImportRefusedError("The file is compressed and damaged: it cannot be read.")
    return head


def head_of(file: BinaryIO) -> str:
    """The beginning, to tell formats apart by."""
    head = head_bytes(file)
    return head.decode(encoding_of(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")


def encoding_of(head: bytes) -> str:
    """By its byte order mark, or by the zeros that UTF-16 puts between Latin letters; "" for what has neither."""
    for mark, name in BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return name
    if len(head) >= 4 and 0 in head[:4]:
        return json.detect_encoding(head)
    return ""


def _settled(encoding: str, head: bytes) -> str:
    """What a file is read in: as its mark says, or else as was said; "" for UTF-8, or what is found to be none."""
    found = encoding_of(head)
    is_marked = head.startswith(tuple(BYTE_ORDER_MARKS))
    name = codecs.lookup((found if is_marked else encoding) or found or "utf-8").name
    if name in {"utf-16", "utf-32"} and not is_marked:  # which would not begin
        return f"{name}-le"
    return "" if name in {"utf-8", "utf-8-sig"} else name


def lines(file: BinaryIO, encoding: str = "") -> Generator[Line]:
    """Lines with their ends. UTF-8 where nothing else is said; lines that are none are read as is guessed."""
    sample = opened(file).read(SAMPLE)
    encoding = _settled(encoding, sample)
    content = opened(file)
    if encoding:
        yield from _lines_in(content, encoding)
    else:
        content.read(len(codecs.BOM_UTF8) if sample.startswith(codecs.BOM_UTF8) else 0)
        yield from _lines_of_utf8(content, _guess(sample.rpartition(b"\n")[0]))
    if is_damaged(content):
        yield Line("", [Finding("", "", CUT, refused=True)])


def _lines_of_utf8(content: IO[bytes], guess: Guess | None) -> Iterator[Line]:
    while line := content.readline(MOST_LINE):
        if line[-1:] != b"\n":
            if is_damaged(content):
                return  # half a line is none
            if len(line) == MOST_LINE:
                yield _too_long(content)
                continue
        text, findings = decoded(line, guess)
        guess = guess or (_guess(line) if findings else None)
        yield Line(text, findings)


def _lines_in(content: IO[bytes], encoding: str) -> Iterator[Line]:
    text = io.TextIOWrapper(content, encoding, errors="replace", newline="")
    try:
        while line := text.readline(MOST_LINE):
            if line[-1:] != "\n" and is_damaged(content):
                return
            yield _too_long(text) if len(line) == MOST_LINE and line[-1:] != "\n" else _whole(line)
    finally:
        with suppress(ValueError):  # a refused import lets go of this after its file was closed
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


def _guess(content: bytes) -> Guess | None:
    """By the lines that are not UTF-8; None where all are."""
    strange = [line for line in content.split(b"\n") if not is_utf_8(line)]
    return charset_guess.guessed(b"\n".join(strange)) if strange else None


def is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def decoded(content: bytes, guess: Guess | None = None) -> tuple[str, list[Finding]]:
    """UTF-8, or what is guessed for it, with a finding that says so and shows how it reads."""
    try:
        return content.decode(), []
    except UnicodeDecodeError as error:
        name, is_sure = guess or charset_guess.guessed(content)
        text = content.decode(name, "replace")
        message = f"This is not UTF-8. It was read as {charset_guess.NAMES[name]} by the look of its letters; {SET}."
        if not is_sure:
            message = f"This is not UTF-8, nor surely anything else. It was read as {charset_guess.NAMES[name]}; {SET}."
        quoted = repr(content[error.start : error.start + 20])[2:-1]
        return text, [Finding("", quoted, message, " ".join(text[error.start : error.start + 20].split()))]


def document(file: BinaryIO, encoding: str = "") -> tuple[str, list[Finding]]:
    """The whole text. Raises ImportRefusedError for one that is too long to be held."""
    head_bytes(file)
    compressed = opened(file)
    content = compressed.read(MOST_DOCUMENT + 1)
    if len(content) > MOST_DOCUMENT:
        raise ImportRefusedError(
            f"One JSON document or page may have {MOST_DOCUMENT // 2**20} MB. Write one object a line (NDJSON): "
            "such a file may have any length."
        )
    name = _settled(encoding, content[:4]) or _declared(content)
    text, findings = _whole(content.decode(name, "replace")) if name else decoded(content)
    damaged = [Finding("", "", CUT)] if is_damaged(compressed) else []
    return text.removeprefix("\ufeff"), findings + damaged


def _declared(content: bytes) -> str:
    """The encoding that a page declares, unless it is UTF-8 nevertheless, as browsers save pages."""
    is_page = content[:HEAD].lstrip().startswith(b"<")
    return charsets.of_page(content) if is_page and (content.isascii() or not is_utf_8(content)) else ""
