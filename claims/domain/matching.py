"""Published claims that are most like a text, by the words that they share.

It knows neither synonyms nor negation, so it finds what may be the same and never says that it is. A word weighs the
more the longer it is, and the fewer claims have it in whatever form the search finds; a dozen are looked for at most.
"""

import json
from collections import defaultdict
from math import log

from django.db.models import TextField
from django.db.models.functions import Cast

from claims.domain.analysis import WORD, is_unspaced, pieces
from claims.domain.query import Term, term_of
from claims.domain.record import Document
from claims.domain.search import with_each
from claims.models import PublishedClaim, PublishedReference
from claims.models.projection import ADDRESS, address_key
from claims.models.together import texts, together

MOST_WORDS = 12
SHORTEST, LONGEST = 4, 12
# Of the claims that have a word, the newest; one that more have weighs next to nothing.
MOST_WITH_WORD = 1000
# A quarter of the words, by length, must be shared, or every text would be like some claim.
SHARE = 4
# Two characters of a script without blanks tell about as much as so many letters.
WEIGHT_OF_PAIR = 5


def similar(text: str, url: str = "", *, most: int = 5) -> list[Document]:
    """Documents of at most `most` public claims: those that name the source at `url`, then the most like `text`."""
    keys = list(dict.fromkeys([*_at(url, most), *_like(text, most)]))[:most]
    rows = PublishedClaim.objects.filter(first_sequence__in=keys).values_list("first_sequence", "edition__document")
    found = dict(rows)
    return [json.loads(found[key]) for key in keys if key in found]


def terms_of(text: str) -> dict[Term, int]:
    """The longest words of a text with their lengths, and pairs of characters where words have no blanks between."""
    found: dict[Term, int] = {}
    for word in WORD.findall(text):
        if is_unspaced(word):
            pairs = (piece for piece in pieces(word) if len(piece) == 2)
            found |= {Term((pair,)): WEIGHT_OF_PAIR for pair in pairs}
        elif len(word) >= SHORTEST or word.isdecimal():
            found[term_of(word)] = len(word)
    longest = sorted(found, key=lambda term: (-found[term], term.tokens))[:MOST_WORDS]
    return {term: min(found[term], LONGEST) for term in longest}


def _like(text: str, most: int) -> list[int]:
    """First sequences of claims, the most like it first."""
    terms = terms_of(text)
    if not terms:
        return []
    public = PublishedClaim.objects.order_by()[:MOST_WITH_WORD].count()
    newest = (claims.order_by("-first_sequence")[:MOST_WITH_WORD] for claims in with_each(list(terms)))
    parts = together(*(texts(claims, Cast("first_sequence", TextField())) for claims in newest))
    lengths = list(terms.values())
    weights = [length * log(1 + public / max(len(rows), 1)) for length, rows in zip(lengths, parts, strict=True)]
    shared: defaultdict[int, list[int]] = defaultdict(list)
    for number, rows in enumerate(parts):
        for key, *_ in rows:
            shared[int(key)].append(number)
    enough = [key for key in shared if sum(lengths[number] for number in shared[key]) * SHARE >= sum(lengths)]
    return sorted(enough, key=lambda key: (-sum(weights[number] for number in shared[key]), -key))[:most]


def _at(url: str, most: int) -> list[int]:
    """First sequences of claims that appear in, or rest on, what is published at this address, however it is spelt."""
    try:
        named = PublishedReference.objects.filter(kind=ADDRESS, uid=address_key(url))
    except ValueError:
        return []
    claims = PublishedClaim.objects.filter(first_sequence__in=named.values("referrer"))
    return list(claims.order_by("-first_sequence").values_list("first_sequence", flat=True)[:most])
