"""Claims of a speaker that contradict each other, or that others contradict, on a line of time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from claims.dates import PartialDate
from claims.domain.record import Document
from claims.enums import RecordKind, RelationKind
from claims.models import PublishedClaim, PublishedReference
from claims.models.projection import PublishedClaimQuerySet
from claims.models.together import Row, documents, together
from claims.web.translations import read


@dataclass(frozen=True, slots=True)
class Pair:
    """The earlier made claim first. Where both lie on the line, in percent; None where a day is not known."""

    first: Document
    second: Document
    begins: float | None = None
    ends: float | None = None

    @property
    def claims(self) -> tuple[Document, Document]:
        return self.first, self.second

    @property
    def length(self) -> float:
        return round((self.ends or 0) - (self.begins or 0), 1)


@dataclass(frozen=True, slots=True)
class Contradictions:
    pairs: list[Pair]
    first_year: int | None
    last_year: int | None


def contradictions(claims: PublishedClaimQuerySet, most: int) -> Contradictions:
    """Of public claims of which one, among `claims`, contradicts the other. One query."""
    return contradictions_of(*together(*contradictions_rows(claims, most)))


def contradictions_rows(claims: PublishedClaimQuerySet, most: int) -> list["QuerySet[Any, Row]"]:
    """What `contradictions_of` takes the rows of: claims that name others, and the claims that they name."""
    references = PublishedReference.objects.filter(kind=RecordKind.CLAIM)
    naming = claims.filter(first_sequence__in=references.values("referrer")).order_by("-first_sequence")[:most]
    named = references.filter(referrer__in=naming.values("first_sequence")).values("uid")
    return [documents(naming), documents(PublishedClaim.objects.filter(uid__in=named).order_by())]


def contradictions_of(naming: list[Row], named: list[Row]) -> Contradictions:
    wanted = [
        (claim, relation["claim"]["slug"])
        for claim in (read(text) for text, *_ in naming)
        for relation in claim["relations"]
        if relation["kind"] == RelationKind.CONTRADICTS
    ]
    others = {other["slug"]: other for other in (read(text) for text, *_ in named)}
    found = {_pair_key(claim, others[slug]): (claim, others[slug]) for claim, slug in wanted if slug in others}
    return on_a_line([_in_time(one, other) for one, other in found.values()])


def on_a_line(pairs: list[tuple[Document, Document]]) -> Contradictions:
    """All pairs on one line of whole years; what is known to a month or year lies in its middle."""
    days = [day for pair in pairs for claim in pair if (day := _day(claim))]
    if not days:
        return Contradictions([Pair(*pair) for pair in pairs], None, None)
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    placed = []
    for one, other in pairs:
        known = [_day(one), _day(other)]
        begins, ends = (round(100 * (day - first).days / (last - first).days, 1) if day else None for day in known)
        placed.append(Pair(one, other, begins, ends))
    return Contradictions(placed, first.year, last.year)


def _pair_key(one: Document, other: Document) -> tuple[str, ...]:
    return tuple(sorted((one["id"], other["id"])))


def _in_time(one: Document, other: Document) -> tuple[Document, Document]:
    first, second = sorted((one, other), key=lambda claim: claim["claimed_on"] or "9999")
    return first, second


def _day(claim: Document) -> date | None:
    if not claim["claimed_on"]:
        return None
    known = PartialDate.parse(claim["claimed_on"])
    return known.earliest + (known.latest - known.earliest) / 2
