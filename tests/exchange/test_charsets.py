import encodings.aliases

import pytest

from claims.exchange import charsets


@pytest.mark.parametrize(
    ("said", "codec"),
    [
        ("text/html", ""),
        ("text/html; charset=utf-8", ""),
        ("text/html; charset=UTF-16", ""),
        ("text/html;charset=ISO-8859-1", "cp1252"),
        ('text/html; charset="windows-1256"', "windows-1256"),
        ("text/html; charset = EUC-KR", "cp949"),
        ("text/html; charset=windows-9999", ""),
        ("text/html; charset=punycode", ""),
        ("text/html; charset=rot13", ""),
        ("charset=" + "x" * 10_000, ""),
    ],
)
def test_charset_of_a_header(said: str, codec: str) -> None:
    assert charsets.of_header(said) == codec


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        (b"<html><meta charset=windows-1251>", "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (b"<?xml version='1.0' encoding='windows-1250'?><html>", "windows-1250"),
        (b"<meta name=x content=y><meta charset='Shift_JIS'>", "cp932"),
        (b"<p>charset=windows-1251", ""),
        (b"<meta " * 10_000, ""),
    ],
)
def test_charset_of_a_page(page: bytes, codec: str) -> None:
    assert charsets.of_page(page) == codec


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "UTF-32", "windows-1256", "latin-1", "shift_jis", "gb18030"])
def test_encoding_of_texts_is_known(name: str) -> None:
    assert charsets.is_known(name)


@pytest.mark.parametrize("name", ["idna", "punycode", "undefined", "rot13", "base64", "klingon", "a\0b", "", "mbcs"])
def test_what_is_no_encoding_of_texts(name: str) -> None:
    assert not charsets.is_known(name)


@pytest.mark.parametrize("name", sorted(set(encodings.aliases.aliases.values())))
def test_encoding_that_is_known_reads_any_bytes(name: str) -> None:
    if charsets.is_known(name):
        assert isinstance(bytes(reversed(range(256))).decode(name, "replace"), str)
