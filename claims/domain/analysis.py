"""Texts taken apart into tokens, in Python, so that every database finds the same.

A word gives one token: itself, folded. Chinese, Japanese, Korean and scripts that write no blanks give one for each
character, together with the one that follows it: 남북한 is 남북, 북한 and 한, so that any part of it is found as a
phrase. Beside these stand stems by the language of the text, marked with it: `en_summit`. No token of a text holds a
low line, which is therefore free for such marks, and for the gap between two texts.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from claims.folding import fold

TOKEN_LENGTH = 64
GAP = "_"
# Written without blanks between words: Thai to Khmer, Hangul, kana and Chinese characters.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs and accents belong to words, and Python's `\w` knows none of them.
MARKS = "".join(map(chr, (code for code in range(0x300, 0x3100) if unicodedata.category(chr(code))[0] == "M")))
LETTER = rf"(?:[^\W_]|[{MARKS}])"
WORD = re.compile(rf"{LETTER}+(?:['’][sS](?!{LETTER}))?")
POSSESSIVE = re.compile(r"['’][sS]$")
RUN = re.compile(rf"[{UNSPACED}]+|(?:(?![{UNSPACED}]){LETTER})+")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
# Points and strokes that Hebrew and Arabic are mostly written without.
UNWRITTEN = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")

# Language, the script that its stemmer reads, and the stemmer. The first of a script serves its other languages.
LATIN, CYRILLIC, GREEK, ARABIC, DEVANAGARI, ARMENIAN, TAMIL, HEBREW = range(8)
STEMMERS = {
    "en": (LATIN, "english"), "ca": (LATIN, "catalan"), "cs": (LATIN, "czech"), "da": (LATIN, "danish"),
    "de": (LATIN, "german"), "eo": (LATIN, "esperanto"), "es": (LATIN, "spanish"), "et": (LATIN, "estonian"),
    "eu": (LATIN, "basque"), "fi": (LATIN, "finnish"), "fr": (LATIN, "french"), "ga": (LATIN, "irish"),
    "hu": (LATIN, "hungarian"), "id": (LATIN, "indonesian"), "it": (LATIN, "italian"), "lt": (LATIN, "lithuanian"),
    "nl": (LATIN, "dutch"), "no": (LATIN, "norwegian"), "pl": (LATIN, "polish"), "pt": (LATIN, "portuguese"),
    "ro": (LATIN, "romanian"), "sv": (LATIN, "swedish"), "tr": (LATIN, "turkish"), "ru": (CYRILLIC, "russian"),
    "el": (GREEK, "greek"), "ar": (ARABIC, "arabic"), "fa": (ARABIC, "persian"), "hi": (DEVANAGARI, "hindi"),
    "ne": (DEVANAGARI, "nepali"), "hy": (ARMENIAN, "armenian"), "ta": (TAMIL, "tamil"), "yi": (HEBREW, "yiddish"),
}  # fmt: skip
FIRST_OF = {script: next(code for code, (own, _) in STEMMERS.items() if own == script) for script in range(8)}
SAME_STEMMER = {"nb": "no", "nn": "no"}
BLOCKS = [
    (0x0000, 0x024F, LATIN), (0x1E00, 0x1EFF, LATIN), (0x0370, 0x03FF, GREEK), (0x1F00, 0x1FFF, GREEK),
    (0x0400, 0x052F, CYRILLIC), (0x0530, 0x058F, ARMENIAN), (0x0590, 0x05FF, HEBREW), (0x0600, 0x06FF, ARABIC),
    (0x0900, 0x097F, DEVANAGARI), (0x0B80, 0x0BFF, TAMIL),
]  # fmt: skip

_local = threading.local()  # a stemmer keeps its word in itself, so that two threads must not share one


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` are its place in the text; `stems` are what else finds it there."""

    text: str
    stems: tuple[str, ...]
    start: int
    end: int


def tokens(text: str, language: str) -> Iterator[Token]:
    """The tokens of a text in their order."""
    for word in WORD.finditer(text):
        at = word.start()
        for token in _of_word(word[0], language):
            yield Token(token.text, token.stems, at + token.start, at + token.end)


@lru_cache(maxsize=1 << 16)
def _of_word(word: str, language: str) -> tuple[Token, ...]:
    """The tokens of one word, with their places in it."""
    # Folding may change how many characters there are; then each piece stands for the whole word.
    exact = is_unspaced(word) and len(folded(word)) == len(word)
    found: list[Token] = []
    at = 0
    for piece in pieces(word):
        unspaced = exact and is_unspaced(piece)
        start, end = (at, at + len(piece)) if exact else (0, len(word))
        found.append(Token(piece, () if unspaced else stems(word, language), start, end))
        at += 1 if unspaced else len(piece)
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def pieces(word: str) -> tuple[str, ...]:
    """The tokens of one word (see WORD), without its stems."""
    found: list[str] = []
    for run in RUN.findall(folded(word)):
        if is_unspaced(run):
            found += [run[place : place + 2] for place in range(len(run))]
        else:
            found.append(run[:TOKEN_LENGTH])
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def stems(word: str, language: str) -> tuple[str, ...]:
    """Of a word of a text in this language (BCP 47): its stem and that of its folded form, if they are two."""
    word = POSSESSIVE.sub("", word)
    if len(word) > TOKEN_LENGTH or is_unspaced(word) or not (code := stemmer_for(word, language)):
        return ()
    plain = pieces(word)
    if len(plain) != 1:
        return ()
    forms = {word.lower(), plain[0]}
    found = {piece for form in forms for piece in pieces(_stemmer(code).stemWord(form))}
    return tuple(f"{code}_{stem}" for stem in sorted(found))


def folded(word: str) -> str:
    """A word as it is compared with others."""
    return UNWRITTEN.sub("", fold(POSSESSIVE.sub("", word)))


def is_unspaced(text: str) -> bool:
    return IS_UNSPACED.search(text) is not None


def stemmer_for(word: str, language: str) -> str:
    """The code of the stemmer for a word, by the language where it fits the word's script; "" where there is none."""
    code = language.partition("-")[0].lower()
    code = SAME_STEMMER.get(code, code)
    letter = ord(word[0])
    script = next((script for first, last, script in BLOCKS if first <= letter <= last), None)
    if script is None or word.isdigit():
        return ""
    return code if code in STEMMERS and STEMMERS[code][0] == script else FIRST_OF[script]


def _stemmer(code: str) -> "snowballstemmer.stemmer":
    made = _local.__dict__.setdefault("made", {})
    if code not in made:
        made[code] = snowballstemmer.stemmer(STEMMERS[code][1])
    return made[code]
