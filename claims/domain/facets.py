"""How what a search found is spread over speakers, ratings and the rest, counted over a bounded number of claims."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from claims.models.projection import PublishedClaimQuerySet

# Counted are this many of the claims that were found, the newest ones.
MOST_COUNTED = 500
MOST_VALUES = 12

# What a row says: the name of the facet, two texts, a document, and a number.
Row = tuple[str, str, str, str, int]

YEAR = "SUBSTR(CAST(m.claimed_from AS varchar(10)), 1, 4)"
CLAIMS = "matched m WHERE"
# SQLite takes tables in the order of a CROSS JOIN. It would begin with all topics of all claims, if it could choose.
TOPICS = "matched m CROSS JOIN claims_publishedreference r WHERE r.referrer = m.first_sequence AND r.kind = 'topic' AND"
# By facet: the value, what is beside it, and what it is taken from.
BY_FACET = {
    "speaker": ("m.speaker_slug", "''", CLAIMS),
    "topic": ("r.slug", "''", TOPICS),
    "rating": ("m.rating_slug", "m.scale_slug", CLAIMS),
    "kind": ("m.kind", "''", CLAIMS),
    "language": ("m.language", "''", CLAIMS),
    "year": (YEAR, "''", CLAIMS),
}
COUNTED = f"""
    SELECT * FROM (
        SELECT '{{name}}' AS facet, {{value}} AS value, {{more}} AS more, COUNT(*) AS number
        FROM {{rows}} {{value}} <> '' GROUP BY 2, 3 ORDER BY 4 DESC, 2 LIMIT {MOST_VALUES}
    ) AS facet_{{name}}"""
COLUMNS = ("first_sequence", "speaker_slug", "rating_slug", "scale_slug", "kind", "language", "claimed_from")
# Speakers and topics come with their documents, and so do the scales of ratings, since these have the names.
SQL = f"""
    WITH matched ({", ".join(COLUMNS)}) AS MATERIALIZED ({{matched}}),
    counted AS MATERIALIZED ({
    " UNION ALL ".join(
        COUNTED.format(name=name, value=value, more=more, rows=rows) for name, (value, more, rows) in BY_FACET.items()
    )
})
    SELECT 'total' AS facet, '' AS value, '' AS more, '' AS document, COUNT(*) AS number FROM matched
    UNION ALL SELECT facet, value, more, '', number FROM counted
    UNION ALL SELECT 'named', e.kind, e.slug, d.document, 0 FROM (
        SELECT facet AS kind, value AS slug FROM counted WHERE facet IN ('speaker', 'topic')
        UNION SELECT 'rating-scale', more FROM counted WHERE facet = 'rating'
    ) AS names
    JOIN claims_publishedentity e ON e.kind = names.kind AND e.slug = names.slug
    JOIN claims_edition d ON d.sequence = e.edition_id"""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; `more` is the scale that a rating belongs to."""

    value: str
    more: str
    number: int


@dataclass
class Facets:
    """`total` claims were counted; when there are `more`, they are the newest ones.

    `documents`: by kind and slug, of the speakers, topics and rating scales among the values.
    """

    total: int = 0
    more: bool = False
    values: dict[str, list[Value]] = field(default_factory=lambda: {name: [] for name in BY_FACET})
    documents: dict[tuple[str, str], str] = field(default_factory=dict)


def statement(claims: PublishedClaimQuerySet) -> tuple[str, list[Any]]:
    """SQL that gives the rows which `facets_of` reads. Raises EmptyResultSet where no claim can be found."""
    newest = claims.order_by("-first_sequence").values_list(*COLUMNS)[: MOST_COUNTED + 1]
    matched, values = newest.query.sql_with_params()
    return SQL.format(matched=matched), list(values)


def facets_of(rows: Iterable[Row]) -> Facets:
    found = Facets()
    for name, value, more, document, number in rows:
        if name == "total":
            found.total, found.more = min(number, MOST_COUNTED), number > MOST_COUNTED
        elif name == "named":
            found.documents[value, more] = document
        else:
            found.values[name].append(Value(value, more, number))
    for values in found.values.values():
        values.sort(key=lambda value: (-value.number, value.value))
    found.values["year"].sort(key=lambda value: value.value, reverse=True)
    return found
