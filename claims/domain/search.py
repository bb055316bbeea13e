"""Search in public claims: what a query finds, the same on SQLite and PostgreSQL, and which it names first.

A word is found by itself, and by its stem in every language that a public claim is in. It also stands for whoever has
it in an alias. One that occurs nowhere counts as the beginning of one; if nothing begins so and it is a letter or two
from a word of a public speaker's name, as that word, if only one comes into question.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection

from claims.domain import spelling
from claims.domain.analysis import stems
from claims.domain.indexing import speaker_token
from claims.domain.query import FIELDS, MARKS, Query, Term, parse, term_of
from claims.models import PublishedClaim, SearchRow
from claims.models.projection import PublishedClaimQuerySet
from claims.models.search import PARTS, TABLE

# A claim whose own text holds all words comes before one where it takes its names, its summary, or its evidence.
TIERS: tuple[tuple[str, ...], ...] = (("claim",), ("claim", "names"), ("claim", "names", "summary"), PARTS)
MOST_LANGUAGES = 100
MOST_ALIASES = 50
MOST_CHECKED = 20

LANGUAGES = f"""
    WITH RECURSIVE tags(tag) AS (
        SELECT MIN(language) FROM claims_publishedclaim
        UNION ALL
        SELECT (SELECT MIN(language) FROM claims_publishedclaim WHERE language > tag) FROM tags WHERE tag IS NOT NULL
    )
    SELECT kind, one, other FROM (
        SELECT 'language' AS kind, tag AS one, '' AS other FROM tags WHERE tag IS NOT NULL LIMIT {MOST_LANGUAGES}
    ) AS languages"""
ALIASES = """
    UNION ALL SELECT kind, one, other FROM (
        SELECT 'alias' AS kind, word AS one, CAST(uid AS varchar(36)) AS other FROM claims_publishedname
        WHERE alias AND word IN ({words}) ORDER BY word, speaker LIMIT {most}
    ) AS aliases"""
KNOWN = """
    UNION ALL SELECT 'known', CAST(%s AS varchar(100)), '' WHERE EXISTS ({matching})"""
BEGUN = KNOWN.replace("known", "begun")


@dataclass(frozen=True)
class Search:
    """A query with what the record says to it. `corrections`: what counts as something else; `candidates`: what may."""

    query: Query
    languages: tuple[str, ...] = ()
    aliases: dict[str, list[str]] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)
    candidates: dict[str, list[str]] = field(default_factory=dict)

    def alternatives(self, term: Term) -> list[str]:
        """The tokens any of which stands for a single word."""
        marked = term.field in MARKS
        stemmed = {} if marked or not term.word else {stem for tag in self.languages for stem in stems(term.word, tag)}
        return sorted(stemmed)

    def within(self, parts: Sequence[str] = PARTS, but: Sequence[str] = ()) -> str:
        """In the engine's language: claims with all wanted words in these parts, and not all of them in `but` alone."""
        unwanted = [self._expression(term, PARTS) for term in self.query.unwanted]
        if but:
            unwanted.append(_all(self._expression(term, but) for term in self.query.wanted))
        return _without(_all(self._expression(term, parts) for term in self.query.wanted), unwanted)

    def excluded(self) -> str:
        return _any(self._expression(term, PARTS) for term in self.query.unwanted)

    def _expression(self, term: Term, parts: Sequence[str]) -> str:
        if term.field:
            parts = (FIELDS[term.field],)
        mark = MARKS.get(term.field, "")
        found = [_tokens([mark + token for token in term.tokens], parts, prefix=term.prefix)]
        found += [_tokens([stem], parts) for stem in self.alternatives(term)]
        if "names" in parts and term.field in {"", "speaker"}:
            found += [_tokens([speaker_token(uid)], ("names",)) for uid in self.aliases.get(term.written, [])]
        return _any(found)


def search(text: str) -> Search:
    """One query of the database, and another when a word occurs nowhere."""
    query = parse(text)
    if not query.wanted and not query.unwanted:
        return Search(query)
    found, known = _look_up(query)
    missing = [term for term in query.wanted if term.is_name_like and term.written not in known]
    return _corrected(found, missing[:MOST_CHECKED]) if missing else found


def found_by(claims: PublishedClaimQuerySet, found: Search) -> PublishedClaimQuerySet:
    """Those of `claims` that a search finds. All of them for an empty query; none when there is nothing to look for."""
    if found.query.wanted:
        return claims.filter(search__tokens__matches=found.within())
    if found.query.unwanted:
        excluded = SearchRow.objects.filter(tokens__matches=found.excluded()).values("pk")
        return claims.exclude(first_sequence__in=excluded)
    return claims if found.query.empty else claims.none()


def with_each(terms: Sequence[Term]) -> list[PublishedClaimQuerySet]:
    """For each term by itself the public claims that have it; nothing is corrected. One query, for all languages."""
    found, _ = _look_up(Query(tuple(terms), empty=False))
    expressions = [found._expression(term, PARTS) for term in terms]
    return [PublishedClaim.objects.filter(search__tokens__matches=expression) for expression in expressions]


def by_relevance(claims: PublishedClaimQuerySet, found: Search) -> list[PublishedClaimQuerySet]:
    """What `found_by` gives, in parts of which each is more relevant than the next, and nothing is in two of them."""
    if not found.query.wanted:
        return [found_by(claims, found)]
    before: tuple[str, ...] = ()
    branches = []
    for parts in TIERS:
        branches.append(claims.filter(search__tokens__matches=found.within(parts, but=before)))
        before = parts
    return branches


def _look_up(query: Query) -> tuple[Search, set[str]]:
    """The languages of public claims, whose aliases words are, and which words occur as they are written."""
    written = sorted({term.written for term in query.wanted + query.unwanted if term.written})
    checked = [term for term in query.wanted if term.is_name_like][:MOST_CHECKED]
    sql, values = LANGUAGES, []
    if written:
        sql += ALIASES.format(words=", ".join(["%s"] * len(written)), most=MOST_ALIASES)
        values += written
    bare = Search(query)
    for term in checked:
        sql += KNOWN.format(matching=_matching())
        values += [term.written, bare._expression(term, PARTS)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    aliases: dict[str, list[str]] = {}
    for kind, word, uid in rows:
        if kind == "alias":
            aliases.setdefault(word, []).append(uid)
    languages = tuple(sorted(tag for kind, tag, _ in rows if kind == "language"))
    return Search(query, languages, aliases), {word for kind, word, _ in rows if kind == "known"} | aliases.keys()


def _corrected(found: Search, missing: Sequence[Term]) -> Search:
    """The search with names in place of what is near them, for those of `missing` that have no stem in use either."""
    written = {term.written for term in found.query.wanted if term.written}
    sql, values = spelling.candidates_query([term.written for term in missing], written)
    for term in missing:
        sql += KNOWN.format(matching=_matching())
        values += [term.written, found._expression(term, PARTS)]
        sql += BEGUN.format(matching=_matching())
        values += [term.written, found._expression(replace(term, prefix=True), PARTS)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    known = {word for kind, word, _ in rows if kind in {"known", "begun"}}
    begun = known - {word for kind, word, _ in rows if kind == "known"}
    corrections, candidates = {}, {}
    for term in missing:
        near = [] if term.written in known else spelling.nearest(term.written, _names(rows), written)
        if len(near) == 1:
            corrections[term.written] = near[0]
        elif near:
            candidates[term.written] = near
    wanted = tuple(
        term_of(corrections[term.written], term.field)
        if term.written in corrections
        else replace(term, prefix=term.prefix or term.written in begun)
        for term in found.query.wanted
    )
    aliases = {
        name: [uid for kind, word, uid in rows if kind == "alias" and word == name] for name in corrections.values()
    }
    return replace(
        found,
        query=replace(found.query, wanted=wanted),
        aliases=found.aliases | aliases,
        corrections=corrections,
        candidates=candidates,
    )


def _names(rows: Iterable[tuple[str, str, str]]) -> list[set[str]]:
    """The words of each speaker's names."""
    names: dict[str, set[str]] = {}
    for kind, word, speaker in rows:
        if kind in {"name", "alias"}:
            names.setdefault(speaker, set()).add(word)
    return list(names.values())


def _matching() -> str:
    """Whether there is any. PostgreSQL expects many, and would read them one by one until it has found the first."""
    if connection.vendor == "postgresql":
        every = f"SELECT 1 FROM {TABLE} WHERE {TABLE} @@ CAST(%s AS tsquery)"
        return f"WITH every AS MATERIALIZED ({every}) SELECT 1 FROM every"
    return f"SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH %s"


def _tokens(tokens: Sequence[str], parts: Sequence[str], *, prefix: bool = False) -> str:
    """Tokens that follow each other in one of these parts. They hold nothing that would have to be escaped."""
    if connection.vendor == "postgresql":
        weights = "" if parts == PARTS else "".join("ABCD"[PARTS.index(part)] for part in parts)
        ends = [*[""] * (len(tokens) - 1), "*" if prefix else ""]
        return "(" + " <-> ".join(f"'{token}':{end}{weights}" for token, end in zip(tokens, ends, strict=True)) + ")"
    phrase = f'"{" ".join(tokens)}"{" *" if prefix else ""}'
    return phrase if parts == PARTS else f"{{{' '.join(parts)}}} : {phrase}"


def _all(expressions: Iterable[str]) -> str:
    return f"({(' & ' if connection.vendor == 'postgresql' else ' AND ').join(expressions)})"


def _any(expressions: Iterable[str]) -> str:
    return f"({(' | ' if connection.vendor == 'postgresql' else ' OR ').join(expressions)})"


def _without(expression: str, unwanted: Collection[str]) -> str:
    if not unwanted:
        return expression
    return f"{expression} {'& !' if connection.vendor == 'postgresql' else 'NOT'} {_any(unwanted)}"
