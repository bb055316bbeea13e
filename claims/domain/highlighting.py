"""Where in a text the words of a search stand, and the passage that shows it best."""

from collections.abc import Iterable, Sequence

from claims.domain.analysis import Token, tokens
from claims.domain.indexing import passages
from claims.domain.query import FIELDS, Term
from claims.domain.record import Document
from claims.domain.search import Search

LENGTH = 260
BEFORE = 90
MOST_PASSAGES = 40

# A piece of a text, and whether the search found it.
Piece = tuple[str, bool]
Span = tuple[int, int]


def marked(text: str, language: str, found: Search, part: str) -> tuple[list[Piece], set[Term]]:
    """The whole text of a part of a claim (see FIELDS) in pieces, and which words of the search it holds."""
    spans = _spans(text, language, found, part)
    return _pieces(text, _merged(spans.values())), set(spans)


def passage(document: Document, found: Search) -> list[Piece]:
    """The passage of the evidence, quotations or rationale that holds most of the words; none where none has any."""
    best, places, most = "", {}, 0
    for text in list(passages(document))[:MOST_PASSAGES]:
        spans = _spans(text, document["language"], found, "evidence")
        if len(spans) > most:
            best, places, most = text, spans, len(spans)
    return _excerpt(best, _merged(places.values())) if most else []


def _spans(text: str, language: str, found: Search, part: str) -> dict[Term, list[Span]]:
    stream = list(tokens(text, language)) if found.query.wanted else []
    places = {}
    for term in found.query.wanted:
        if not term.field or FIELDS[term.field] == part:
            stems = frozenset(found.alternatives(term))
            spans = [
                (stream[at].start, stream[at + len(term.tokens) - 1].end)
                for at in range(len(stream) - len(term.tokens) + 1)
                if _is_at(stream, at, term, stems)
            ]
            if spans:
                places[term] = spans
    return places


def _is_at(stream: Sequence[Token], at: int, term: Term, stems: frozenset[str]) -> bool:
    last = len(term.tokens) - 1
    if not stems.isdisjoint(stream[at].stems):
        return True
    for offset, token in enumerate(term.tokens):
        text = stream[at + offset].text
        if not (text.startswith(token) if term.prefix and offset == last else text == token):
            return False
    return True


def _merged(places: Iterable[Sequence[Span]]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(span for spans in places for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, spans: Sequence[Span], first: int = 0, last: int | None = None) -> list[Piece]:
    """Of the text from `first` to `last`."""
    found: list[Piece] = []
    at, last = first, len(text) if last is None else last
    for start, end in spans:
        if start >= at and end <= last:
            found += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [piece for piece in [*found, (text[at:last], False)] if piece[0]]


def _excerpt(text: str, spans: Sequence[Span]) -> list[Piece]:
    """A part of the text around the first span, cut at blanks where there are any."""
    if len(text) <= LENGTH:
        return _pieces(text, spans)
    first = max(0, spans[0][0] - BEFORE)
    if first:
        first = next((at + 1 for at in range(first, spans[0][0]) if text[at].isspace()), first)
    last = min(len(text), max(first + LENGTH, spans[0][1]))
    if last < len(text):
        last = next((at for at in range(last, spans[0][1], -1) if text[at].isspace()), last)
    found = _pieces(text, spans, first, last)
    return [*([("… ", False)] if first else []), *found, *([(" …", False)] if last < len(text) else [])]
