"""One page of what a search found, in the order that was asked for."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import F

from claims.domain.search import Search, by_relevance, found_by
from claims.models import PublishedClaim
from claims.models.projection import PublishedClaimQuerySet

RELEVANCE, NEWEST, CLAIMED = "relevance", "newest", "claimed"
ORDERS = (RELEVANCE, NEWEST, CLAIMED)
# As far as pages go, and as many as are sorted by the date of the claim: the newest ones.
MOST_RANKED = 1000

# Numbered as they come, since neither a union nor a join promises an order.
DOCUMENTS = """
    SELECT 'claim' AS facet, '' AS value, '' AS more, e.document AS document, r.place AS number
    FROM (SELECT f.first_sequence, ROW_NUMBER() OVER () AS place FROM ({found} LIMIT %s OFFSET %s) AS f) AS r
    JOIN claims_publishedclaim p ON p.first_sequence = r.first_sequence
    JOIN claims_edition e ON e.sequence = p.edition_id"""


def statement(
    claims: PublishedClaimQuerySet, found: Search, order: str, *, start: int, stop: int
) -> tuple[str, list[Any]]:
    """SQL for the documents of those of `claims` that a search finds, from `start` up to `stop`, with their places.

    The columns are those of `facets`. Raises EmptyResultSet where none can be found.
    """
    match order:
        case "newest":
            parts = [found_by(claims, found).order_by("-first_sequence")]
        case "claimed":
            newest = found_by(claims, found).order_by("-first_sequence").values("first_sequence")[:MOST_RANKED]
            dated = PublishedClaim.objects.filter(first_sequence__in=newest)
            parts = [dated.order_by(F("claimed_from").desc(nulls_last=True), "-first_sequence")]
        case _:
            parts = [part.order_by("-first_sequence") for part in by_relevance(claims, found)]
    sql, values = _one_after_the_other(parts, stop)
    return DOCUMENTS.format(found=sql), [*values, stop - start, start]


def _one_after_the_other(parts: Sequence[PublishedClaimQuerySet], stop: int) -> tuple[str, list[Any]]:
    """A database goes on to the next part only when those before are too few."""
    statements: list[str] = []
    values: list[Any] = []
    for position, part in enumerate(parts):
        try:
            sql, given = part.values_list("first_sequence")[:stop].query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"SELECT * FROM ({sql}) AS part_{position}")
        values += given
    if not statements:
        raise EmptyResultSet
    return " UNION ALL ".join(statements), values
