import gc
import gzip
import sys
from io import BytesIO

import pytest

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Finding
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


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("“naïve”, não é\n", "cp1252", "Windows-1252"),
        ("صفحة على فيسبوك نشرت صورة مفبركة\n", "cp1256", "Windows-1256"),
        ("Утверждение не соответствует действительности\n", "cp1251", "Windows-1251"),
    ],
)
def test_line_that_is_not_utf_8_is_read_as_its_letters_suggest(text: str, encoding: str, name: str) -> None:
    first, second = bytes_in.lines(BytesIO(text.encode(encoding) + "न\n".encode()))

    assert (first.text, second) == (text, bytes_in.Line("न\n", []))
    [finding] = first.findings
    assert finding.message == (
        f"This is not UTF-8. It was read as {name} by the look of its letters; a mapping's “encoding” sets another."
    )
    assert finding.outcome in text  # so that a wrong guess is seen


def test_few_letters_are_read_like_those_of_the_lines_around_them() -> None:
    text = "خبر\nصفحة على فيسبوك نشرت صورة مفبركة\nمصر, é\n"

    assert "".join(line.text for line in bytes_in.lines(BytesIO(text.encode("cp1256")))) == text


def test_guess_that_is_none_is_said() -> None:
    [line] = bytes_in.lines(BytesIO(bytes(range(0xC0, 0x100)) * 3))

    assert line.findings[0].message.startswith("This is not UTF-8, nor surely anything else. It was read as Windows-12")


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [("utf-16-le", "utf-16"), ("utf-16", "cp1252"), ("utf-8-sig", "utf-8"), ("cp1256", "cp1256"), ("utf-8", "utf-8")],
)
def test_encoding_that_a_mapping_says(encoding: str, read_as: str) -> None:
    text = "خبر\nb\n"

    assert [line.text for line in bytes_in.lines(BytesIO(text.encode(encoding)), read_as)] == ["خبر\n", "b\n"]
    assert bytes_in.document(BytesIO(text.encode(encoding)), read_as) == (text, [])


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="windows-1256">', "cp1256"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-6">', "iso-8859-6"),
        ("<meta charset=windows-1256>", "utf-8"),  # as browsers save a page
        ("<meta charset=utf-8>", "cp1256"),
        ("<meta charset=klingon>", "cp1256"),
    ],
)
def test_page_is_read_as_it_declares_where_that_is_so(declared: str, encoding: str) -> None:
    page = f"<html>{declared}<p>ادعاء مضلل عن الحكومة</p>"

    assert bytes_in.document(BytesIO(page.encode(encoding)))[0] == page


def test_line_that_is_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytes_in, "MOST_LINE", 10)

    first, second = bytes_in.lines(BytesIO(b"x" * 25 + b"\nshort\n"))

    assert (first.text, [finding.refused for finding in first.findings]) == ("", [True])
    assert second == bytes_in.Line("short\n", [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_of_a_damaged_archive_are_read_as_far_as_they_are_whole(encoding: str) -> None:
    lines = [f"{number} {'x' * (number % 50)}\n" for number in range(5000)]

    *read, last = bytes_in.lines(BytesIO(gzip.compress("".join(lines).encode(encoding))[:-200]))

    assert 4000 < len(read) < 5000
    assert [line.text for line in read] == lines[: len(read)]
    assert last == bytes_in.Line("", [Finding("", "", bytes_in.CUT, refused=True)])


def test_document_of_a_damaged_archive_is_read_as_far_as_it_goes() -> None:
    text, findings = bytes_in.document(BytesIO(gzip.compress(b"<html>" + bytes(range(32, 127)) * 9)[:-30]))

    assert (text[:6], [finding.message for finding in findings]) == ("<html>", [bytes_in.CUT])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_lines_are_let_go_of_after_their_file_was_closed(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unraisable: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    file = BytesIO(TEXT.encode(encoding))
    lines = bytes_in.lines(file)
    next(lines)

    file.close()
    del lines
    gc.collect()

    assert unraisable == []


def test_document_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytes_in, "MOST_DOCUMENT", 10)

    with pytest.raises(ImportRefusedError, match="Write one object a line"):
        bytes_in.document(BytesIO(b"[" * 11))
