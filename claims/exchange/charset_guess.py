"""Which encoding bytes are in that are not UTF-8, where nobody says it: by how plausible its letters are."""

import re

LATIN, ARABIC, CYRILLIC = "cp1252", "cp1256", "cp1251"
NAMES = {LATIN: "Windows-1252", ARABIC: "Windows-1256", CYRILLIC: "Windows-1251"}
# Latin letters with accents stand between plain ones, of other writings there are whole words.
WORDS = re.compile(rb"[\xc0-\xff]{3,}")
COMMON_ARABIC = frozenset("اليمونرتبةعدسفهكقأحج".encode(ARABIC))
# Capitals stand at the beginning of a word, or all over it; read so, words of Arabic have them anywhere.
CYRILLIC_WORD = re.compile(rb"[\xc0-\xdf]?[\xe0-\xff]+|[\xc0-\xdf]+")
ENOUGH = 20  # letters that tell two writings apart


def guessed(content: bytes) -> tuple[str, bool]:
    """One of NAMES, and whether the letters leave little doubt."""
    words = WORDS.findall(content)
    letters = sum(map(len, words))
    if not letters or 2 * letters < sum(byte >= 0xC0 for byte in content):
        return LATIN, True
    arabic = sum(byte in COMMON_ARABIC for word in words for byte in word) / letters
    cyrillic = sum(len(word) for word in words if CYRILLIC_WORD.fullmatch(word)) / letters
    best = ARABIC if arabic > cyrillic else CYRILLIC
    return best, letters >= ENOUGH and max(arabic, cyrillic) > 0.7 and abs(arabic - cyrillic) > 0.2
