"""The columns of CSV exports, declared once: a name, and where its value stands in the resource or edition.

A path leads through members, and through every item of a list on its way; what several items give is joined with
` | `. A member that is null, or absent from a claim without verdict or forecast, leaves the cell empty.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any, NamedTuple

from claims.domain.record import Document
from claims.enums import RecordKind

EDITION = "edition"
BETWEEN = " | "
# Spreadsheets take a text that begins so for a formula and run it (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Column(NamedTuple):
    name: str
    path: str


def _own(*names: str) -> tuple[Column, ...]:
    """Members of the document itself, under their own names."""
    return tuple(Column(name, name) for name in names)


IDENTITY = (Column("sequence", "edition.sequence"), *_own("id", "slug"))
HISTORY = (
    Column("first_published_at", "edition.first_published_at"),
    Column("published_at", "edition.published_at"),
    Column("action", "edition.action"),
    Column("edition", "edition.number"),
    Column("digest", "edition.digest"),
)
CLAIM = (
    *_own("text", "kind", "language", "claimed_on"),
    Column("speaker", "speaker.slug"),
    Column("speaker_name", "speaker.name"),
    Column("speaker_kind", "speaker.kind"),
    Column("speaker_wikidata_id", "speaker.wikidata_id"),
    Column("speaker_roles", "speaker.roles.title"),
    Column("speaker_organisations", "speaker.roles.organisation.slug"),
    Column("topics", "topics.slug"),
    Column("due_start", "forecast.due_start"),
    Column("due_end", "forecast.due_end"),
    Column("due_granularity", "forecast.granularity"),
    Column("due_words", "forecast.words"),
    Column("criterion", "forecast.criterion"),
    Column("appearances", "appearances.source.slug"),
    Column("appearance_urls", "appearances.source.url"),
    Column("quotations", "appearances.quotation"),
    Column("scale", "verdict.rating.scale.slug"),
    Column("rating", "verdict.rating.slug"),
    Column("rating_label", "verdict.rating.label"),
    Column("rating_value", "verdict.rating.value"),
    Column("rating_best", "verdict.rating.best"),
    Column("rating_worst", "verdict.rating.worst"),
    Column("conclusive", "verdict.rating.conclusive"),
    Column("summary", "verdict.summary"),
    Column("rationale", "verdict.rationale"),
    Column("reviewed_on", "verdict.reviewed_on"),
    Column("evidence", "verdict.evidence.source.slug"),
    Column("evidence_urls", "verdict.evidence.source.url"),
)
SPEAKER = (
    *_own("name", "kind", "description", "wikidata_id"),
    Column("aliases", "aliases.name"),
    Column("roles", "affiliations.title"),
    Column("organisations", "affiliations.organisation.slug"),
)
SOURCE = _own(
    "title",
    "kind",
    "publisher",
    "authors",
    "url",
    "published_on",
    "language",
    "archived_url",
    "archived_at",
    "content_hash",
)
TOPIC = _own("name", "description")
RATING_SCALE = (
    *_own("name", "description", "best", "worst"),
    Column("ratings", "ratings.slug"),
    Column("labels", "ratings.label"),
)
PAGE = _own("title", "body", "language")
COLUMNS: dict[str, tuple[Column, ...]] = {
    RecordKind.CLAIM: (*IDENTITY, *CLAIM, *HISTORY),
    RecordKind.SPEAKER: (*IDENTITY, *SPEAKER, *HISTORY),
    RecordKind.SOURCE: (*IDENTITY, *SOURCE, *HISTORY),
    RecordKind.TOPIC: (*IDENTITY, *TOPIC, *HISTORY),
    RecordKind.RATING_SCALE: (*IDENTITY, *RATING_SCALE, *HISTORY),
    RecordKind.PAGE: (*IDENTITY, *PAGE, *HISTORY),
    EDITION: (
        *_own("sequence", "kind", "id"),
        Column("slug", "document.slug"),
        *_own(
            "number",
            "action",
            "note",
            "note_translations",
            "published_at",
            "author_digest",
            "previous_digest",
            "digest",
            "document",
        ),
    ),
}


def header(kind: str) -> str:
    return _lines([[column.name for column in COLUMNS[kind]]])


def rows(kind: str, texts: Sequence[str]) -> str:
    """Lines of CSV (RFC 4180) for the JSON texts of resources or editions of this kind."""
    return _lines([[cell(document, column.path) for column in COLUMNS[kind]] for document in map(json.loads, texts)])


def cell(document: Document, path: str) -> str:
    """The text of one cell, with an apostrophe in front of what a spreadsheet would run."""
    found = [value for value in _values(document, path.split(".")) if value is not None]
    text = BETWEEN.join(map(_text, found))
    is_text = any(isinstance(value, str) for value in found)
    return f"'{text}" if is_text and text.startswith(FORMULA) else text


def value_of(document: Document, path: str) -> Any:
    """What a cell of a spreadsheet holds: a number where there is one, and texts to the letter, which it runs not."""
    found = [value for value in _values(document, path.split(".")) if value is not None]
    return found[0] if len(found) == 1 and type(found[0]) is int else BETWEEN.join(map(_text, found))


def _values(value: Any, names: Sequence[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, names)
    elif not names:
        yield value
    elif value is not None:
        yield from _values(value.get(names[0]), names[1:])


def _text(value: Any) -> str:
    """JSON has one way to write a number, a truth value or an object; a text is written as it is."""
    return (
        value
        if isinstance(value, str)
        else json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    )


def _lines(cells: Sequence[Sequence[str]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(cells)
    return text.getvalue()
