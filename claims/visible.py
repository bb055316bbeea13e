"""What of a text can be seen. Unicode has characters that take no room, look like blanks, or turn others round."""

import re
import unicodedata

# Letters and symbols by category that show nothing: fillers of Korean, and the empty pattern of Braille.
EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")
SEEN = frozenset("LNPS")  # letters, numbers, punctuation, symbols; not marks, which need one of these
# Embeddings, overrides and isolates. What they begin goes on beyond a text that is put into a line with others.
DIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in it."""
    return not any(unicodedata.category(letter)[0] in SEEN and letter not in EMPTY for letter in text)


def is_graphic(letter: str) -> bool:
    """Whether a single character takes room and is no blank."""
    return unicodedata.category(letter)[0] in "LMNPS" and letter not in EMPTY


def in_a_line(text: str) -> str:
    """For places without markup that could keep a text apart from its neighbours, such as titles."""
    return DIRECTIONAL.sub("", text)
