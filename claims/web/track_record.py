"""What a speaker's page says of all their claims together: counts by rating, never a score."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from claims.domain.record import Document
from claims.enums import RecordKind
from claims.models import PublishedEntity
from claims.models.projection import PublishedClaimQuerySet
from claims.models.together import Row, documents, texts, together
from claims.web.translations import read

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

    @property
    def is_enough_inconclusive(self) -> bool:
        return sum(bar.claims for bar in self.inconclusive) >= ENOUGH


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
    return TrackRecord([_chart(read(text), counts) for text, *_ in scales], unreviewed)


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
