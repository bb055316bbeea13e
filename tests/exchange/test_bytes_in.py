import gzip
from io import BytesIO

import pytest

from claims.domain.errors import ImportRefusedError
from claims.exchange import bytes_in

TEXT = "é,ö\nन\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("compressed", [False, True])
def test_lines_in_every_encoding(encoding: str, compressed: bool) -> None:
    text = f"a{TEXT}"  # without a mark, only what begins with a Latin letter can be told to be UTF-16
    content = text.encode(encoding)

    lines = list(bytes_in.lines(BytesIO(gzip.compress(content) if compressed else content)))

    assert lines == [bytes_in.Line(line, []) for line in text.splitlines(keepends=True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_file_can_be_read_again(encoding: str) -> None:
    file = BytesIO(TEXT.encode(encoding))
    next(iter(bytes_in.lines(file)))

    assert [line.text for line in bytes_in.lines(file)] == TEXT.splitlines(keepends=True)


def test_line_that_is_not_utf_8_is_read_as_windows_1252() -> None:
    first, second = bytes_in.lines(BytesIO("“naïve”\n".encode("cp1252") + "न\n".encode()))

    assert (first.text, second) == ("“naïve”\n", bytes_in.Line("न\n", []))
    assert [finding.message for finding in first.findings] == ["This is not UTF-8. It was read as Windows-1252."]


def test_line_that_is_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytes_in, "MOST_LINE", 10)

    first, second = bytes_in.lines(BytesIO(b"x" * 25 + b"\nshort\n"))

    assert (first.text, [finding.refused for finding in first.findings]) == ("", [True])
    assert second == bytes_in.Line("short\n", [])


def test_damaged_archive_ends_with_a_finding() -> None:
    *_, last = bytes_in.lines(BytesIO(gzip.compress(b"one\n" * 9999)[:-20]))

    assert (last.text, [finding.refused for finding in last.findings]) == ("", [True])


def test_document_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytes_in, "MOST_DOCUMENT", 10)

    with pytest.raises(ImportRefusedError, match="Write one object a line"):
        bytes_in.document(BytesIO(b"[" * 11))
