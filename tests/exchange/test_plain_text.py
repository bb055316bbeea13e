import time
from typing import Any

import pytest

from claims.domain.incoming import Finding
from claims.exchange.plain_text import text_of


def _read(value: Any, most: int = 100) -> tuple[str, list[str]]:
    findings: list[Finding] = []
    text = text_of(value, "field", findings, most=most)
    return text, [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("It is so.", "It is so."),
        ("  It \r\n is\tso. ", "It is so."),
        (None, ""),
        ("", ""),
        ([], ""),
        ({"@type": "Person", "name": ""}, ""),
        (7, "7"),
    ],
)
def test_text_without_finding(value: Any, text: str) -> None:
    assert _read(value) == (text, [])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<p>It is<br />so.</p>", "It is so."),
        ("Rishi &amp; Sunak&#039;s", "Rishi & Sunak's"),
        ("&amp;lt;b&amp;gt;so&amp;lt;/b&amp;gt;", "so"),
        ("<script>alert(1)</script>so", "so"),
        ('so<img src=x onerror="alert(1)">', "so"),
    ],
)
def test_markup_becomes_plain_text(value: str, text: str) -> None:
    assert _read(value) == (text, ["HTML was made plain text."])


@pytest.mark.parametrize("value", ["a < b and c > d", "I <3 this", "5 & 6"])
def test_signs_that_are_no_markup_stay(value: str) -> None:
    assert _read(value) == (value, [])


@pytest.mark.parametrize("value", ["so\x00", "\x1fso", "so\ud800"])
def test_characters_that_cannot_be_stored_go(value: str) -> None:
    assert _read(value) == ("so", ["Control characters were taken out."])


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (["so", "other"], "a list"),
        ([None, "so"], "a list"),
        ({"name": "so"}, "an object"),
        ({"@value": ["so"]}, "an object"),
    ],
)
def test_text_in_another_shape_is_found_and_reported(value: Any, what: str) -> None:
    assert _read(value) == ("so", [f"This is {what} where text should be."])


@pytest.mark.parametrize("value", [True, {}, {"x": "so"}, [[[[[[[[[["so"]]]]]]]]]]])
def test_what_holds_no_text_is_left_out(value: Any) -> None:
    assert _read(value) == ("", ["This is no text. It was left out."])


def test_long_text_is_cut() -> None:
    assert _read("word " * 30, most=12) == ("word word w…", ["It has more than 12 characters. The rest was cut."])


@pytest.mark.parametrize("part", ["<script>", "<b ", "&amp;", "<style></script>", "<", "&#"])
def test_ten_megabytes_of_markup_take_no_time(part: str) -> None:
    start = time.process_time()

    _read(part * (10_000_000 // len(part)))

    assert time.process_time() - start < 3
