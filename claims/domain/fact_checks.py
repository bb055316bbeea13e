"""Reviewed claims by their words, the newest first: what platforms ask for more often than anything else.

One statement, written by hand: Django would take several times as long to make it as a database to carry it out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from claims.domain.search import Search
from claims.models.projection import REVIEW_SITE
from claims.models.search import TABLE

# First sequence of a claim, and the digest of its current edition.
Row = tuple[int, str]

# All rows in one: Python's SQLite hands the interpreter to other threads, and waits for it, twice for each row.
AS_ONE_TEXT = {"sqlite": "GROUP_CONCAT", "postgresql": "STRING_AGG"}

REVIEWS = f"FROM claims_publishedreference WHERE kind = '{REVIEW_SITE}'"
BY_US = "c.conclusive IS NOT NULL"
BY_ANYBODY = f"({BY_US} OR EXISTS (SELECT 1 {REVIEWS} AND referrer = c.first_sequence))"
BY_ONE_OTHER = f"c.first_sequence IN (SELECT referrer {REVIEWS} AND slug = %s)"
# Any tag with a hyphen at its end begins with its language and one. SQLite takes many times as long for LIKE.
IN_LANGUAGE = "SUBSTR(c.language || '-', 1, %s) = %s"
SINCE = "(c.reviewed_on >= %s OR c.claimed_to >= %s OR c.external_reviewed_on >= %s)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`publisher`: the site of another one, whose reviews alone count; `ours`: only our own verdicts do.

    `language` is one without its region, `since` the oldest day that the newest date of a claim may have, one that is
    known to the month or year being as new as it may be. `before` is the first sequence of the last claim shown.
    """

    words: Search | None
    publisher: str = ""
    ours: bool = False
    language: str = ""
    since: date | None = None
    before: int | None = None


def newest(wanted: Wanted, *, offset: int, limit: int) -> list[Row]:
    """One query; none where there is nothing to look for."""
    key, source, conditions, values = _found_by(wanted.words)
    if wanted.words and not conditions and not wanted.words.query.empty:
        return []
    for condition, given in _conditions(wanted, key):
        conditions.append(condition)
        values += given
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {AS_ONE_TEXT[connection.vendor]}(first_sequence || ' ' || digest, ' ') FROM ("
            f"SELECT c.first_sequence, e.digest FROM {source}"
            " JOIN claims_edition e ON e.sequence = c.edition_id"
            f" WHERE {' AND '.join(conditions)} ORDER BY {key} DESC LIMIT %s OFFSET %s) AS found",
            [*values, limit, offset],
        )
        words = (cursor.fetchone()[0] or "").split()
    return sorted(zip(map(int, words[::2]), words[1::2], strict=True), reverse=True)


def _found_by(words: Search | None) -> tuple[str, str, list[str], list[Any]]:
    """The key that gives the order, the tables, and the condition. A full-text engine gives what it finds in the
    order of its own key, and stops at a limit, if it is asked by that key.
    """
    matches = f"s.{TABLE} @@ CAST(%s AS tsquery)" if connection.vendor == "postgresql" else f"s.{TABLE} MATCH %s"
    claims = "claims_publishedclaim c"
    if words and words.query.wanted:
        tables = f"{TABLE} s JOIN {claims} ON c.first_sequence = s.rowid"
        return "s.rowid", tables, [matches], [words.included]
    if words and words.query.unwanted:
        excluded = f"c.first_sequence NOT IN (SELECT s.rowid FROM {TABLE} s WHERE {matches})"
        return "c.first_sequence", claims, [excluded], [words.excluded]
    return "c.first_sequence", claims, [], []


def _conditions(wanted: Wanted, key: str) -> list[tuple[str, list[Any]]]:
    if wanted.ours:
        found: list[tuple[str, list[Any]]] = [(BY_US, [])]
    elif wanted.publisher:
        found = [(BY_ONE_OTHER, [wanted.publisher])]
    else:
        found = [(BY_ANYBODY, [])]
    if wanted.language:
        found.append((IN_LANGUAGE, [len(wanted.language) + 1, f"{wanted.language}-"]))
    if wanted.since:
        found.append((SINCE, [wanted.since] * 3))
    if wanted.before is not None:
        found.append((f"{key} < %s", [wanted.before]))
    return found
