"""Parameters as OpenAPI describes them, made of the readers that read them and of the filters' own words."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters

from claims.api.parameters import Optional, Reader, schema_of
from claims.api.v1.schema.members import SLUG, Schema

Words = dict[str, tuple[str, Any]]
# What a parameter means, and an example; filters bring their own words.
WORDS: Words = {
    "cursor": ("Where a page begins; take it from `next` or `previous`.", "older-than-40"),
    "page_size": ("How many to a page; 50 unless given.", 2),
    "fields": (
        "Which parts of each object are wanted, with dots between a member and its own members.",
        ["slug", "edition.number"],
    ),
    "id": ("Only objects with one of these identifiers.", ["9dc4c26d-a736-4b07-a992-580ce68b231c"]),
    "slug": ("Only objects that have one of these slugs now.", ["hanoi-summit", "truth"]),
    "url": (
        "Only sources at one of these addresses, in any spelling, or claims that appear in or rest on such a source.",
        ["http://m.koreaherald.com/view.php?utm_source=x&ud=20180528000093"],
    ),
    "include": ("What a claim names that is to stand whole beside it, in `included`.", ["speaker", "scale"]),
    "ordering": (
        "By first publication or, of claims, by the newest edition; with `-` the newest first, as by default.",
        "-published",
    ),
    "after": ("The sequence after which to begin; 0 unless given.", 40),
    "limit": ("How many editions at most; 100 unless given.", 10),
    "wait": ("Seconds to wait for an edition when there is none yet; 0 unless given.", 0),
}
EXPORT_WORDS = WORDS | {
    "after": ("The sequence on the last line that you hold, to go on behind its object; 0 unless given.", 40),
    "until": ("What was first published after this sequence is left out; the record's head unless given.", 40),
}
REPEATED = {"id", "slug", "url"}
EXAMPLES = {
    "q": "summit",
    "speaker": "stephen-biegun",
    "rating": "true",
    "scale": "truth",
    "topic": "hanoi-summit",
    "source": "voa-work-remains-ahead-of-second-summit",
    "language": "en",
    "claimed_after": "2019-02-01",
    "claimed_before": "2019-02-28",
    "reviewed_after": "2026-01-01",
    "reviewed_before": "2026-12-31",
    "due_after": "2019-02-01",
    "due_before": "2019-02-28",
    "publisher": "Voice of America",
    "affiliation": "us-department-of-state",
    "published_after": "2026-01-01",
    "published_before": "2026-12-31",
    "updated_after": "2026-01-01",
    "updated_before": "2026-12-31",
}


def query(
    readers: Mapping[str, Reader], filterset: type[filters.FilterSet] | None = None, words: Words = WORDS
) -> list[Schema]:
    return [_query(name, reader, filterset, words) for name, reader in readers.items()]


def _query(name: str, reader: Reader, filterset: type[filters.FilterSet] | None, known: Words) -> Schema:
    schema = schema_of(reader)
    if isinstance(reader, Optional) and filterset is not None:
        words, example = filterset.base_filters[name].extra["help_text"], EXAMPLES.get(name)
    else:
        words, example = known[name]
    parameter: Schema = {"name": name, "in": "query", "description": words, "schema": schema}
    if schema["type"] == "array":
        # Repeated where that is allowed, and with commas in between everywhere.
        parameter |= {"style": "form", "explode": name in REPEATED}
    elif isinstance(reader, Optional):
        parameter |= {"allowEmptyValue": True}
    if example is None and "enum" in schema:
        example = schema["enum"][0]
    return parameter | ({} if example is None else {"example": example})


def slug(example: str) -> Schema:
    words = "Its name in addresses; an old one redirects to the present one."
    return _path("slug", words, {"type": "string", "pattern": SLUG}, example)


def number() -> Schema:
    return _path("number", "The how-many-eth edition of the object.", {"type": "integer", "minimum": 0}, 1)


def _path(name: str, words: str, schema: Schema, example: Any) -> Schema:
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema, "example": example}
