"""Search in public claims: what a query finds, the same on SQLite and PostgreSQL, and which it names first.

A word is found by itself, and by its stem in every language that a public claim is in. It also stands for whoever has
it in an alias. One that occurs nowhere counts as the beginning of one; if nothing begins so and it is a letter or two
from a word of a public speaker's name, as that word, if only one comes into question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from claims.domain import record, spelling, vocabulary
from claims.domain.analysis import stems
from claims.domain.expressions import all_of, any_of, tokens, without
from claims.domain.indexing import speaker_token
from claims.domain.query import FIELDS, MARKS, Query, Term, parse, term_of
from claims.domain.vocabulary import Answer, Check
from claims.models import PublishedClaim, SearchRow
from claims.models.projection import PublishedClaimQuerySet
from claims.models.search import PARTS

# A claim whose own text holds all words comes before one where it takes its names, its summary, or its evidence.
TIERS: tuple[tuple[str, ...], ...] = (("claim",), ("claim", "names"), ("claim", "names", "summary"), PARTS)
MOST_CHECKED = 20


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

    # What to ask the engine for, in its language.

    @cached_property
    def included(self) -> str:
        """Claims with all wanted words and no unwanted one."""
        return self._within(PARTS)

    @cached_property
    def excluded(self) -> str:
        """Claims with an unwanted word."""
        return any_of(self.expression(term, PARTS) for term in self.query.unwanted)

    @cached_property
    def tiers(self) -> list[str]:
        """The included claims in as many parts as there are TIERS; nothing is in two of them."""
        return [self._within(parts, but=before) for before, parts in pairwise(((), *TIERS))]

    def _within(self, parts: Sequence[str], but: Sequence[str] = ()) -> str:
        """Claims with all wanted words in these parts, and not all of them in `but` alone."""
        unwanted = [self.expression(term, PARTS) for term in self.query.unwanted]
        if but:
            unwanted.append(all_of(self.expression(term, but) for term in self.query.wanted))
        return without(all_of(self.expression(term, parts) for term in self.query.wanted), unwanted)

    def expression(self, term: Term, parts: Sequence[str]) -> str:
        if term.field:
            parts = (FIELDS[term.field],)
        mark = MARKS.get(term.field, "")
        found = [tokens([mark + token for token in term.tokens], parts, prefix=term.prefix)]
        found += [tokens([stem], parts) for stem in self.alternatives(term)]
        if "names" in parts and term.field in {"", "speaker"}:
            found += [tokens([speaker_token(uid)], ("names",)) for uid in self.aliases.get(term.written, [])]
        return any_of(found)

    def checks(self) -> tuple[Check, ...]:
        """What to ask of each word that may be a mistyped name."""
        terms: dict[str, list[Term]] = {}
        for term in self.query.wanted:
            if term.is_name_like and (term.written in terms or len(terms) < MOST_CHECKED):
                terms.setdefault(term.written, []).append(term)
        return tuple(
            Check(
                word,
                known=any_of(self.expression(term, PARTS) for term in same),
                begun=any_of(self.expression(replace(term, prefix=True), PARTS) for term in same),
            )
            for word, same in terms.items()
        )

    def informed(self, answer: Answer) -> "Search":
        """With whose aliases its words are, and with something else in place of those that occur nowhere."""
        written = {term.written for term in self.query.wanted if term.written}
        missing = answer.missing - answer.aliases.keys()
        corrections, candidates, aliases = {}, {}, dict(answer.aliases)
        for word in sorted(missing - answer.begun):
            near = spelling.nearest(word, answer.near.values(), written)
            if len(near) == 1:
                corrections[word] = near[0]
                aliases[near[0]] = answer.near_aliases.get(near[0], [])
            elif near:
                candidates[word] = near
        wanted = tuple(
            term_of(corrections[term.written], term.field)
            if term.written in corrections
            else replace(term, prefix=term.prefix or term.written in missing & answer.begun)
            for term in self.query.wanted
        )
        return Search(replace(self.query, wanted=wanted), self.languages, aliases, corrections, candidates)


def search(text: str) -> Search:
    """What a query means to the record as it is now. One query of the database.

    A reader's is remembered until something is published: most searches are those of before, sorted, narrowed down or
    turned over.
    """
    query = parse(text)
    if not query.wanted and not query.unwanted:
        return Search(query)
    digest = record.digest_read()
    return _remembered(query, digest) if digest else _informed(query)


def found_by(claims: PublishedClaimQuerySet, found: Search) -> PublishedClaimQuerySet:
    """Those of `claims` that a search finds. All of them for an empty query; none when there is nothing to look for."""
    if found.query.wanted:
        return claims.filter(search__tokens__matches=found.included)
    if found.query.unwanted:
        excluded = SearchRow.objects.filter(tokens__matches=found.excluded).values("pk")
        return claims.exclude(first_sequence__in=excluded)
    return claims if found.query.empty else claims.none()


def with_each(terms: Sequence[Term]) -> list[PublishedClaimQuerySet]:
    """For each term by itself the public claims that have it; nothing is corrected. One query, for all languages."""
    answer = vocabulary.ask(_written(terms))
    found = Search(Query(tuple(terms), empty=False), answer.languages, answer.aliases)
    expressions = [found.expression(term, PARTS) for term in terms]
    return [PublishedClaim.objects.filter(search__tokens__matches=expression) for expression in expressions]


def by_relevance(claims: PublishedClaimQuerySet, found: Search) -> list[PublishedClaimQuerySet]:
    """What `found_by` gives, in parts of which each is more relevant than the next, and nothing is in two of them."""
    if not found.query.wanted:
        return [found_by(claims, found)]
    return [claims.filter(search__tokens__matches=expression) for expression in found.tiers]


@lru_cache(maxsize=1024)
def _remembered(query: Query, digest: str) -> Search:
    return _informed(query)


def _informed(query: Query) -> Search:
    words = _written(query.wanted + query.unwanted)
    languages = vocabulary.languages_of_late()
    while True:
        # The stems to look for depend on what languages there are, which is known for sure only afterwards. What occurs
        # by fewer stems occurs by more, so only what seemed to be missing is asked for again.
        _, checks = _assuming(query, languages)
        answer = vocabulary.ask(words, checks)
        if answer.languages == languages or not answer.missing:
            assumed, _ = _assuming(query, answer.languages)
            return assumed.informed(answer)
        languages = answer.languages


@lru_cache(maxsize=256)
def _assuming(query: Query, languages: tuple[str, ...]) -> tuple[Search, tuple[Check, ...]]:
    assumed = Search(query, languages)
    return assumed, assumed.checks()


def _written(terms: Sequence[Term]) -> tuple[str, ...]:
    return tuple(sorted({term.written for term in terms if term.written}))
