"""What a search page shows of what was found: one page of claims, and how all of them are spread. One query."""

from dataclasses import dataclass, field
from operator import itemgetter

from django.core.exceptions import EmptyResultSet
from django.db import connection

from claims.domain import facets, ranking
from claims.domain.facets import Facets
from claims.domain.search import Search, found_by
from claims.models.projection import PublishedClaimQuerySet


@dataclass(frozen=True)
class Results:
    """`documents` are those of the claims of one page, in their order."""

    facets: Facets = field(default_factory=Facets)
    documents: list[str] = field(default_factory=list)


def results(claims: PublishedClaimQuerySet, found: Search, order: str, *, start: int, stop: int) -> Results:
    """Of those of `claims` that a search finds: all in numbers, and from `start` up to `stop` by `order`."""
    try:
        counted, values = facets.statement(found_by(claims, found))
        ranked, more_values = ranking.statement(claims, found, order, start=start, stop=stop)
    except EmptyResultSet:
        return Results()
    with connection.cursor() as cursor:
        cursor.execute(f"{counted} UNION ALL {ranked}", [*values, *more_values])
        rows = cursor.fetchall()
    page = sorted((row for row in rows if row[0] == "claim"), key=itemgetter(4))
    return Results(facets.facets_of(row for row in rows if row[0] != "claim"), [document for *_, document, _ in page])
