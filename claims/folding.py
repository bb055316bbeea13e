"""Folding of text for comparison: case and Latin, Greek and Cyrillic diacritics go, letters stay."""

import hashlib
import re
import unicodedata

DIACRITICS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """“Élysée” and “ELYSEE” fold to the same; Korean syllables and Japanese kana stay whole."""
    # Decomposed first as well: “№” and “™” become capital letters only then.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(unicodedata.normalize("NFC", DIACRITICS.sub("", decomposed)).split())


def text_key(text: str) -> str:
    """By which equal texts are found, whatever their case, accents and spaces: a digest, since texts may be long."""
    return hashlib.sha256(fold(text).encode()).hexdigest()
