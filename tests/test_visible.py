import pytest

from claims.visible import in_a_line, is_blank, is_graphic


@pytest.mark.parametrize(
    "text", ["", " ", "\t\n", "\u200b", "\u00ad", "\u202e\u202c", "\u115f\u3164", "\u0301", "\x00"]
)
def test_text_of_which_nothing_can_be_seen(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "\u200ba", "김", "ا", "?", "🙂", "e\u0301", "1"])
def test_text_of_which_something_can_be_seen(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(("letter", "graphic"), [("a", True), ("\u0301", True), (" ", False), ("\u200c", False)])
def test_letter_that_takes_room(letter: str, graphic: bool) -> None:
    assert is_graphic(letter) == graphic


def test_text_in_a_line_turns_no_neighbour_round() -> None:
    text = "".join(f"{control}a" for control in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f\u200c")

    assert in_a_line(text) == "aaaaaaaaa\u200fa\u200ca"
