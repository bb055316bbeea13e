import pytest

from claims.negotiation import preferred_encoding, preferred_form

HTML, JSON_LD, MARKDOWN = "text/html", "application/ld+json", "text/markdown"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", HTML),
        ("*/*", HTML),
        ("text/*", HTML),
        ("application/*", JSON_LD),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("application/ld+json", JSON_LD),
        ("APPLICATION/LD+JSON", JSON_LD),
        ("application/ld+json;q=0.5, text/markdown;q=0.6", MARKDOWN),
        ("application/ld+json;q=0.5, */*;q=0.1", JSON_LD),
        ("application/ld+json;profile=x;q=0.5, text/html; q=0.4", JSON_LD),
        ("text/html;q=0, text/markdown", MARKDOWN),
        ("text/html;q=0.5, text/markdown;q=0.5", HTML),
        ("image/png", HTML),
        ("text/markdown;q=x, text/html;q=0.1", HTML),
        ("text/markdown;q=nan, text/html;q=0.1", HTML),
        ("text/markdown;q=9, text/html;q=0.1", HTML),
        (",;=,;q=;q\x00", HTML),
        ("a/b," * 3000, HTML),
    ],
)
def test_preferred_form(accept: str, form: str) -> None:
    assert preferred_form(accept) == form


@pytest.mark.parametrize(
    ("accept_encoding", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("deflate", ""),
        ("GZIP;Q=1", "gzip"),
        ("\x00;q=\x00", ""),
    ],
)
def test_preferred_encoding(accept_encoding: str, encoding: str) -> None:
    assert preferred_encoding(accept_encoding) == encoding
