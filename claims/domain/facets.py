"""How what a search found is spread over speakers, ratings and the rest: one query, over a bounded number of claims."""

import json
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection

from claims.models.projection import PublishedClaimQuerySet

# Counted are this many of the claims that were found, the newest ones.
MOST_COUNTED = 1000
MOST_VALUES = 12

NAMED = """
    SELECT '{name}' AS facet, e.slug AS value, '' AS more, e.name AS label, COUNT(*) AS number
    FROM matched m {join} GROUP BY e.slug, e.name"""
PLAIN = """
    SELECT '{name}' AS facet, {value} AS value, {more} AS more, '' AS label, COUNT(*) AS number
    FROM matched m WHERE {value} <> '' GROUP BY {groups}"""
YEAR = "SUBSTR(CAST(m.claimed_from AS varchar(10)), 1, 4)"
BY_FACET = {
    "speaker": NAMED.format(
        name="speaker", join="JOIN claims_publishedentity e ON e.kind = 'speaker' AND e.slug = m.speaker_slug"
    ),
    "topic": NAMED.format(
        name="topic",
        join="JOIN claims_publishedreference r ON r.referrer = m.first_sequence AND r.kind = 'topic'"
        " JOIN claims_publishedentity e ON e.kind = 'topic' AND e.slug = r.slug",
    ),
    "rating": PLAIN.format(
        name="rating", value="m.rating_slug", more="m.scale_slug", groups="m.rating_slug, m.scale_slug"
    ),
    "kind": PLAIN.format(name="kind", value="m.kind", more="''", groups="m.kind"),
    "language": PLAIN.format(name="language", value="m.language", more="''", groups="m.language"),
    "year": PLAIN.format(name="year", value=YEAR, more="''", groups=YEAR),
}
COLUMNS = ("first_sequence", "speaker_slug", "rating_slug", "scale_slug", "kind", "language", "claimed_from")
SQL = f"""
    WITH matched ({", ".join(COLUMNS)}) AS MATERIALIZED ({{matched}})
    SELECT 'total', '', '', '', COUNT(*) FROM matched
    UNION ALL SELECT 'scale', e.slug, '', d.document, 0 FROM claims_publishedentity e
        JOIN claims_edition d ON d.sequence = e.edition_id
        WHERE e.kind = 'rating-scale' AND e.slug IN (SELECT scale_slug FROM matched)""" + "".join(
    f"""
    UNION ALL SELECT * FROM (
        SELECT facet, value, more, label, number FROM ({counted}) AS counted_{name}
        ORDER BY number DESC, value LIMIT {MOST_VALUES}
    ) AS facet_{name}"""
    for name, counted in BY_FACET.items()
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; `more` is the scale that a rating belongs to."""

    value: str
    more: str
    label: str
    number: int


@dataclass
class Facets:
    """`total` claims were counted; when there are `more`, they are the newest ones."""

    total: int = 0
    more: bool = False
    values: dict[str, list[Value]] = field(default_factory=dict)


def count(claims: PublishedClaimQuerySet) -> Facets:
    found = Facets(values={name: [] for name in BY_FACET})
    newest = claims.order_by("-first_sequence").values_list(*COLUMNS)[: MOST_COUNTED + 1]
    try:
        matched, values = newest.query.sql_with_params()
    except EmptyResultSet:
        return found
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(matched=matched), values)
        rows = cursor.fetchall()
    labels: dict[tuple[str, str], str] = {}
    for name, value, more, label, number in rows:
        if name == "total":
            found.total, found.more = min(number, MOST_COUNTED), number > MOST_COUNTED
        elif name == "scale":
            labels |= {(rating["slug"], value): rating["label"] for rating in json.loads(label)["ratings"]}
        else:
            found.values[name].append(Value(value, more, label or labels.get((value, more), value), number))
    found.values["year"].sort(key=lambda value: value.value, reverse=True)
    return found
