"""What a search page shows of what was found: one page of claims, and how all of them are spread. One query."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from claims.domain import facets, ranking
from claims.domain.facets import Facets
from claims.domain.search import Search, found_by
from claims.models.projection import PublishedClaimQuerySet
from claims.models.together import Row

BESIDE = "SELECT 'beside' AS facet, q.*, {number} AS number FROM ({rows}) q"


@dataclass(frozen=True)
class Results:
    """`documents` are those of the claims of one page, in their order. `beside`: the rows of what was asked along."""

    facets: Facets = field(default_factory=Facets)
    documents: list[str] = field(default_factory=list)
    beside: list[list[Row]] = field(default_factory=list)


def results(
    claims: PublishedClaimQuerySet,
    found: Search,
    order: str,
    places: range,
    beside: "Sequence[QuerySet[Any, Row]]" = (),
) -> Results:
    """Of those of `claims` that a search finds: all in numbers, and those that have these places by `order`.

    `beside` are of `claims.models.together.texts`, and asked in the same query.
    """
    statements: list[tuple[str, Sequence[Any]]] = []
    with suppress(EmptyResultSet):
        counted = facets.statement(found_by(claims, found))
        statements = [counted, ranking.statement(claims, found, order, start=places.start, stop=places.stop)]
    for number, more in enumerate(beside):
        sql, values = more.query.sql_with_params()
        statements.append((BESIDE.format(number=number, rows=sql), values))
    rows = _rows(statements)
    page = sorted((row for row in rows if row[0] == "claim"), key=itemgetter(4))
    return Results(
        facets.facets_of(row for row in rows if row[0] not in {"claim", "beside"}),
        [document for *_, document, _ in page],
        [[row[1:4] for row in rows if (row[0], row[4]) == ("beside", number)] for number in range(len(beside))],
    )


def _rows(statements: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
    if not statements:
        return []
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(statement for statement, _ in statements)
        cursor.execute(sql, [value for _, values in statements for value in values])
        return list(cursor.fetchall())
