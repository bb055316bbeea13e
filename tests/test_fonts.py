import pytest

from claims.fonts import drawable, is_rtl, needs_shaping


@pytest.mark.parametrize(
    ("text", "rtl"),
    [("It", False), ("هو It", True), ("It هو", False), ("“هو", True), ("12 هو", True), ("", False), ("그", False)],
)
def test_is_rtl(text: str, rtl: bool) -> None:
    assert is_rtl(text) == rtl


@pytest.mark.parametrize(
    ("text", "needed"), [("It", False), ("그렇다", False), ("هو", True), ("नमस्ते", True), ("שלום", True)]
)
def test_needs_shaping(text: str, needed: bool) -> None:
    assert needs_shaping(text) == needed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It 🤖 is", "It  is"),
        ("a\u202eb", "ab"),
        ("نمی\u200cدانم", "نمی\u200cدانم"),
        ("€ 5 + 3", "€ 5 + 3"),
        ("\ud800", ""),
    ],
)
def test_drawable(text: str, left: str) -> None:
    assert drawable(text) == left
