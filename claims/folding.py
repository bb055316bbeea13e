"""Folding of text for comparison: case and Latin, Greek and Cyrillic diacritics go, letters stay."""

import hashlib
import re
import unicodedata

DIACRITICS = re.compile("[\u0300-\u036f]")
# Characters that nobody sees: of no width, of direction, soft hyphens. Pages have them where copies of them have none.
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def fold(text: str) -> str:
    """“Élysée” and “ELYSEE” fold to the same; Korean syllables and Japanese kana stay whole."""
    # Decomposed first as well: “№” and “™” become capital letters only then.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(unicodedata.normalize("NFC", DIACRITICS.sub("", decomposed)).split())


def text_key(text: str) -> str:
    """By which texts that look the same are found, whatever their case, accents and spaces.

    A digest, since texts may be long. When it changes, a migration has to fill the stored ones again.
    """
    return hashlib.sha256(fold(INVISIBLE.sub("", text)).encode()).hexdigest()
