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
    """What `contradictions_of` takes the rows of: who names whom, from the side of `claims` and from the others'."""
    references = PublishedReference.objects.filter(kind=RecordKind.CLAIM)
    naming = claims.filter(first_sequence__in=references.values("referrer")).order_by("-first_sequence")[:most]
    named = references.filter(referrer__in=naming.values("first_sequence")).values("uid")
    to_these = references.filter(uid__in=claims.values("uid")).values("referrer")
    incoming = PublishedClaim.objects.filter(first_sequence__in=to_these).order_by("-first_sequence")[:most]
    met = references.filter(referrer__in=incoming.values("first_sequence")).values("uid")
    return [
        documents(naming),
        documents(PublishedClaim.objects.filter(uid__in=named).order_by()),
        documents(incoming),
        documents(claims.filter(uid__in=met).order_by()),
    ]


def contradictions_of(naming: list[Row], named: list[Row], incoming: list[Row], met: list[Row]) -> Contradictions:
    """`incoming` are claims that name others, among them those of `met`."""
    found: dict[tuple[str, ...], tuple[Document, Document]] = {}
    for ones, others in ((naming, named), (incoming, met)):
        by_slug = {other["slug"]: other for other in (read(text) for text, *_ in others)}
        for claim in (read(text) for text, *_ in ones):
            for relation in claim["relations"]:
                other = by_slug.get(relation["claim"]["slug"])
                if other and relation["kind"] == RelationKind.CONTRADICTS:
                    found[_pair_key(claim, other)] = (claim, other)
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
