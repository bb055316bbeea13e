"""What the public record knows of the words of a query: one statement, whatever there is to find out.

In which languages claims are, whose alias a word is, which words occur nowhere; and of those, which are the beginning
of one that occurs, and the words of names that begin with the same letter.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection

from claims.models.search import TABLE

MOST_LANGUAGES = 100
MOST_ALIASES = 50
MOST_NAMES = 5000

# The languages one after the other, each found by the index: there are few of them, and many claims.
LANGUAGES = f"""
    SELECT kind, one, other FROM (
        WITH RECURSIVE tags(tag) AS (
            SELECT MIN(language) FROM claims_publishedclaim
            UNION ALL
            SELECT (SELECT MIN(language) FROM claims_publishedclaim WHERE language > tag) FROM tags
            WHERE tag IS NOT NULL
        )
        SELECT 'language' AS kind, tag AS one, '' AS other FROM tags WHERE tag IS NOT NULL LIMIT {MOST_LANGUAGES}
    ) AS languages"""
ALIASES = f"""
    UNION ALL SELECT kind, one, other FROM (
        SELECT 'alias' AS kind, word AS one, CAST(uid AS varchar(36)) AS other FROM claims_publishedname
        WHERE alias AND word IN ({{words}}) ORDER BY word, speaker LIMIT {MOST_ALIASES}
    ) AS aliases"""
MISSING = "SELECT CAST(%s AS varchar(100)) AS word, CAST(%s AS varchar(1)) AS letter WHERE NOT EXISTS ({matching})"
BEGUN = """
    UNION ALL SELECT 'begun', m.word, '' FROM missing m WHERE m.word = %s AND EXISTS ({matching})"""
# Joined to what is missing, so that nothing is read where nothing is. The other words of a query tell names apart.
NAMES = f"""
    UNION ALL SELECT 'missing', word, '' FROM missing
    UNION ALL SELECT CASE WHEN alias THEN 'near alias' ELSE 'near name' END, word, CAST(uid AS varchar(36)) FROM (
        SELECT n.alias, n.word, n.uid, n.speaker FROM missing m CROSS JOIN claims_publishedname n
        WHERE SUBSTR(n.word, 1, 1) = m.letter
        UNION
        SELECT n.alias, n.word, n.uid, n.speaker FROM missing m CROSS JOIN claims_publishedname n
        WHERE n.word IN ({{words}})
        ORDER BY 2, 4 LIMIT {MOST_NAMES}
    ) AS near"""


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a word occurs, and whether one does that begins with it: what the engine is asked for each."""

    word: str
    known: str
    begun: str


@dataclass
class Answer:
    """`aliases`: whose they are (text of uid), by word. `near` and `near_aliases`: the same of what is like a missing
    word, by speaker and by word.
    """

    languages: tuple[str, ...] = ()
    aliases: dict[str, list[str]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)
    near: dict[str, set[str]] = field(default_factory=dict)
    near_aliases: dict[str, list[str]] = field(default_factory=dict)


_last: list[tuple[str, ...]] = [()]


def languages_of_late() -> tuple[str, ...]:
    """What an earlier answer had, of whatever database: to be compared with that of the next."""
    return _last[0]


def ask(words: tuple[str, ...], checks: tuple[Check, ...] = ()) -> Answer:
    """What there is of `words`, which are folded, and of those that are checked. One query."""
    sql, values = _statement(words, checks)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    answer = Answer(languages=tuple(sorted(tag for kind, tag, _ in rows if kind == "language")))
    for kind, word, uid in rows:
        match kind:
            case "alias":
                answer.aliases.setdefault(word, []).append(uid)
            case "missing":
                answer.missing.add(word)
            case "begun":
                answer.begun.add(word)
            case "near alias" | "near name":
                answer.near.setdefault(uid, set()).add(word)
                if kind == "near alias":
                    answer.near_aliases.setdefault(word, []).append(uid)
    _last[0] = answer.languages
    return answer


@lru_cache(maxsize=256)
def _statement(words: tuple[str, ...], checks: tuple[Check, ...]) -> tuple[str, list[Any]]:
    matching = _matching()
    places = ", ".join(["%s"] * len(words))
    sql, values = LANGUAGES, list[Any]()
    if checks:
        missing = " UNION ALL ".join([MISSING.format(matching=matching)] * len(checks))
        sql = f"WITH missing(word, letter) AS MATERIALIZED ({missing}){sql}"
        values += [value for check in checks for value in (check.word, check.word[0], check.known)]
    if words:
        sql += ALIASES.format(words=places)
        values += words
    if checks:
        sql += BEGUN.format(matching=matching) * len(checks) + NAMES.format(words=places)
        values += [value for check in checks for value in (check.word, check.begun)]
        values += words
    return sql, values


def _matching() -> str:
    """Whether there is any. PostgreSQL expects many, and would read them one by one until it has found the first."""
    if connection.vendor == "postgresql":
        every = f"SELECT 1 FROM {TABLE} WHERE {TABLE} @@ CAST(%s AS tsquery)"
        return f"WITH every AS MATERIALIZED ({every}) SELECT 1 FROM every"
    return f"SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH %s"
