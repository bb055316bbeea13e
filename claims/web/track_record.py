"""What a speaker's page says of all their claims together: counts by rating, never a score."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from claims.domain.record import Document
from claims.enums import RecordKind
from claims.models import PublishedClaim, PublishedEntity, PublishedReference
from claims.models.projection import PublishedClaimQuerySet
from claims.models.together import Row, documents, texts, together

# Of fewer findings a chart would make a pattern that is not there.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One rating: how many claims have it, and that as a percentage of the longest bar of its chart."""

    rating: Document
    claims: int
    length: int


@dataclass(slots=True)
class Chart:
    """The findings on one scale. Scales are never mixed, nor what is inconclusive with what is conclusive."""

    scale: Document
    conclusive: list[Bar] = field(default_factory=list)
    inconclusive: list[Bar] = field(default_factory=list)

    @property
    def findings(self) -> int:
        return sum(bar.claims for bar in self.conclusive)

    @property
    def is_enough(self) -> bool:
        return self.findings >= ENOUGH


@dataclass(frozen=True, slots=True)
class TrackRecord:
    charts: list[Chart]
    unreviewed: int
    enough: int = ENOUGH


def track_record(claims: PublishedClaimQuerySet) -> TrackRecord:
    """One query, however many claims."""
    return track_record_of(*together(*track_record_rows(claims)))


def track_record_rows(claims: PublishedClaimQuerySet) -> list["QuerySet[Any, Row]"]:
    """What `track_record_of` takes the rows of: how many claims have each rating, and the scales of these ratings."""
    slugs = claims.order_by().values("scale_slug")
    scales = PublishedEntity.objects.filter(kind=RecordKind.RATING_SCALE, slug__in=slugs).order_by("name")
    number = Cast(Count("pk"), TextField())
    rated = texts(claims.order_by().values("scale_slug", "rating_slug"), "scale_slug", "rating_slug", number)
    return [rated, documents(scales)]


def track_record_of(counted: list[Row], scales: list[Row]) -> TrackRecord:
    counts = {(scale, rating): int(number) for scale, rating, number in counted}
    unreviewed = counts.pop(("", ""), 0)
    return TrackRecord([_chart(json.loads(text), counts) for text, *_ in scales], unreviewed)


def _chart(scale: Document, counts: dict[tuple[str, str], int]) -> Chart:
    """With every rating of the scale, also those that no claim has: a gap says something, too."""
    ratings = [rating | {name: scale[name] for name in ("best", "worst")} for rating in scale["ratings"]]
    conclusive = [rating for rating in ratings if rating["conclusive"]]
    others = [rating for rating in ratings if not rating["conclusive"] and counts.get((scale["slug"], rating["slug"]))]
    return Chart(scale, _bars(reversed(conclusive), scale["slug"], counts), _bars(others, scale["slug"], counts))


def _bars(ratings: Iterable[Document], scale: str, counts: dict[tuple[str, str], int]) -> list[Bar]:
    longest = max(claims for (slug, _), claims in counts.items() if slug == scale)
    found = [(rating, counts.get((scale, rating["slug"]), 0)) for rating in ratings]
    return [Bar(rating, claims, round(100 * claims / longest)) for rating, claims in found]


def contradictions(claims: PublishedClaimQuerySet, most: int) -> list[tuple[Document, Document]]:
    """Pairs of public claims of which one, of this speaker, contradicts the other; the earlier made comes first."""
    return contradictions_of(*together(*contradictions_rows(claims, most)))


def contradictions_rows(claims: PublishedClaimQuerySet, most: int) -> list["QuerySet[Any, Row]"]:
    """What `contradictions_of` takes the rows of: claims that name others, and the claims that they name."""
    references = PublishedReference.objects.filter(kind=RecordKind.CLAIM)
    naming = claims.filter(first_sequence__in=references.values("referrer")).order_by("-first_sequence")[:most]
    named = references.filter(referrer__in=naming.values("first_sequence")).values("uid")
    return [documents(naming), documents(PublishedClaim.objects.filter(uid__in=named).order_by())]


def contradictions_of(naming: list[Row], named: list[Row]) -> list[tuple[Document, Document]]:
    own = [json.loads(text) for text, *_ in naming]
    pairs = [
        (claim, relation["claim"]["slug"])
        for claim in own
        for relation in claim["relations"]
        if relation["kind"] == "contradicts"
    ]
    others = {other["slug"]: other for other in (json.loads(text) for text, *_ in named)}
    return [_in_time(claim, others[slug]) for claim, slug in pairs if slug in others]


def _in_time(one: Document, other: Document) -> tuple[Document, Document]:
    first, second = sorted((one, other), key=lambda claim: claim["claimed_on"] or "9999")
    return first, second
