"""What readers write into the search box, taken apart. Nothing in it is an error: what cannot be meant is a word.

summit "third country" -treaty denuclear* speaker:biegun topic:talks text:"work ahead"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from claims.domain.analysis import WORD, folded, is_unspaced, pieces

QUERY_LENGTH = 300
SHORTEST_PREFIX = 2
MOST_PREFIXES = 5  # each may stand for thousands of words; a further one counts as a whole word

# Parts of a claim, by the names that a query gives them. Two of them share a column, where marks tell them apart.
FIELDS = {"text": "claim", "summary": "summary", "evidence": "evidence", "speaker": "names", "topic": "names"}
MARKS = {"speaker": "s_", "topic": "t_"}

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
TERM = re.compile(rf'(-)?(?:({"|".join(FIELDS)}):)?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that follow each other.

    `word` is set where it is one plain word, which is found by its stems, too; `written`, folded, also where it is one
    word of a script without blanks.
    """

    tokens: tuple[str, ...]
    word: str = ""
    prefix: bool = False
    field: str = ""
    written: str = ""

    @property
    def is_name_like(self) -> bool:
        """Whether it may be a mistyped name."""
        return len(self.written) >= 3 and self.written.isalpha() and self.field in {"", "speaker"}


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` and none of `unwanted`. `empty`: nothing was written; else there may be nothing to search for."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    empty: bool = field(default=True)


@lru_cache(maxsize=1024)
def parse(text: str) -> Query:
    """Of what is longer than QUERY_LENGTH, the beginning."""
    text = text[:QUERY_LENGTH].replace("\0", " ")
    wanted: list[Term] = []
    unwanted: list[Term] = []
    prefixes = 0
    for minus, term in _terms(text.translate(QUOTES)):
        prefixes += term.prefix
        if prefixes > MOST_PREFIXES:
            term = replace(term, prefix=False)  # noqa: PLW2901
        into = unwanted if minus else wanted
        if term not in into:
            into.append(term)
    return Query(tuple(wanted), tuple(unwanted), empty=not text.strip())


def _terms(text: str) -> Iterator[tuple[bool, Term]]:
    for found in TERM.finditer(text):
        minus, name, phrase, words = found.groups()
        term = term_of(phrase if words is None else words, (name or "").lower(), quoted=words is None)
        if term.tokens:
            yield bool(minus), term


def term_of(text: str, name: str = "", *, quoted: bool = False) -> Term:
    """The term that `text` without its signs stands for; it has no tokens where there is nothing to search for."""
    words = WORD.findall(text)
    found = [piece for word in words for piece in pieces(word)]
    starred = text.endswith("*") and not quoted
    written = folded(words[0]) if len(words) == 1 and not quoted and not starred else ""
    if len(found) == 1 and not quoted and not is_unspaced(found[0]):
        prefix = starred and len(found[0]) >= SHORTEST_PREFIX
        return Term((found[0],), "" if prefix else words[0], prefix, name, written)
    open_end = starred and bool(found) and len(found[-1]) >= SHORTEST_PREFIX
    if found and len(found[-1]) == 1 and is_unspaced(found[-1]):
        # The last character may be followed by another in the text: the token before it holds it already, if there is.
        if len(found) > 1 and len(found[-2]) == 2 and is_unspaced(found[-2]) and found[-2][1] == found[-1]:
            found.pop()
        else:
            open_end = True
    return Term(tuple(found), "", open_end, name, written)
