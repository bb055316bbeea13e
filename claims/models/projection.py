"""The projection: what is public now, in columns that readers filter by. Rebuilt from the record alone."""

from datetime import date
from typing import Any, Self
from uuid import UUID, uuid5

from django.db import models
from django.db.models import F, Q

from claims import addresses
from claims.enums import ClaimKind, ForecastState, RecordKind
from claims.folding import fold
from claims.models.record import Edition
from claims.models.search import TABLE

# What references file a claim under beside objects of the record.
PUBLISHER = "publisher"
AFFILIATION = "affiliation"
REVIEW_SITE = "review-site"
ADDRESS = "address"
# What has no uid of its own is known by one that is made of its key (RFC 9562, version 5).
ADDRESSES = UUID("0d1c5c0e-3f0c-4b0f-9f5e-6a0b7b1f4d2a")


def publisher_key(name: str) -> str:
    return fold(name)[:100]


def address_key(url: str) -> UUID:
    """The same for all spellings of one address (see `addresses.normalise`). Raises ValueError for what is none."""
    return uuid5(ADDRESSES, addresses.normalise(url))


class Published(models.Model):
    """The current edition of one public object, known by the sequence of its first edition, which never changes."""

    first_sequence = models.BigIntegerField(primary_key=True)
    first_published_at = models.DateTimeField()
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField()
    slug = models.SlugField(max_length=100)

    class Meta:
        abstract = True
        ordering = ["-first_sequence"]


class PublishedEntity(Published):
    """A public speaker, source, topic or rating scale."""

    kind = models.CharField(max_length=20, choices=RecordKind)
    name = models.CharField(max_length=500)
    subkind = models.CharField(max_length=20, blank=True)
    search_text = models.TextField(blank=True)

    class Meta(Published.Meta):
        constraints = [
            models.UniqueConstraint(fields=["kind", "uid"], name="published_entity_uid_unique"),
            models.UniqueConstraint(fields=["kind", "slug"], name="published_entity_slug_unique"),
        ]
        indexes = [models.Index(F("kind"), F("first_sequence").desc(), name="entity_by_kind")]

    def __str__(self) -> str:
        return self.name


# A full-text engine gives what it finds in the order of its own key, and stops at a limit, if it is asked by that key.
BY_SEARCH = {
    f"{sign}{name}{lookup}": f"{sign}search__claim_id{lookup}"
    for name in ("first_sequence", "pk")
    for sign, lookup in (("", ""), ("-", ""), ("", "__lt"), ("", "__gt"))
}


class PublishedClaimQuerySet(models.QuerySet["PublishedClaim"]):
    def filter(self, *conditions: Any, **fields: Any) -> Self:
        return super().filter(*conditions, **{self._by_search(name): value for name, value in fields.items()})

    def order_by(self, *names: Any) -> Self:
        return super().order_by(*map(self._by_search, names))

    def _by_search(self, name: Any) -> Any:
        return BY_SEARCH.get(name, name) if TABLE in self.query.alias_map else name

    def naming(self, kind: str, slug: str) -> Self:
        """Claims whose document names this speaker, source, topic or scale, in whatever part."""
        referrers = PublishedReference.objects.filter(kind=kind, slug=slug).values("referrer")
        return self.filter(first_sequence__in=referrers)

    def in_forecast_state(self, state: str, today: date) -> Self:
        forecasts = self.filter(kind=ClaimKind.FORECAST)
        unsettled = forecasts.exclude(conclusive=True)
        match state:
            case ForecastState.RESOLVED:
                return forecasts.filter(conclusive=True)
            case ForecastState.OPEN:
                return unsettled.filter(due_end=None)
            case ForecastState.OVERDUE:
                return unsettled.filter(due_end__lt=today)
            case _:
                return unsettled.filter(due_end__gte=today)


class PublishedClaim(Published):
    """A public claim."""

    kind = models.CharField(max_length=20)
    text = models.TextField()
    language = models.CharField(max_length=35)
    speaker_slug = models.SlugField(max_length=100, db_index=False)
    rating_slug = models.SlugField(max_length=50, blank=True, db_index=False)
    scale_slug = models.SlugField(max_length=100, blank=True, db_index=False)
    conclusive = models.BooleanField(null=True)
    claimed_from = models.DateField(null=True)
    claimed_to = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    external_reviewed_on = models.DateField(null=True)
    due_start = models.DateField(null=True)
    due_end = models.DateField(null=True)
    criterion = models.TextField(blank=True)

    objects = PublishedClaimQuerySet.as_manager()

    class Meta(Published.Meta):
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="published_claim_uid_unique"),
            models.UniqueConstraint(fields=["slug"], name="published_claim_slug_unique"),
            models.CheckConstraint(
                name="published_forecast_has_criterion",
                condition=~Q(kind=ClaimKind.FORECAST) | ~Q(criterion=""),
            ),
            models.CheckConstraint(
                name="published_finding_is_reviewed",
                condition=Q(conclusive=None, rating_slug="", reviewed_on=None)
                | (Q(conclusive__isnull=False, reviewed_on__isnull=False) & ~Q(rating_slug="")),
            ),
        ]
        indexes = [
            models.Index(
                F("speaker_slug"), F("rating_slug"), F("first_sequence").desc(), name="claim_by_speaker_rating"
            ),
            models.Index(F("speaker_slug"), F("first_sequence").desc(), name="claim_by_speaker"),
            models.Index(F("rating_slug"), F("first_sequence").desc(), name="claim_by_rating"),
            models.Index(F("kind"), F("first_sequence").desc(), name="claim_by_kind"),
            models.Index(F("kind"), F("due_end"), name="claim_by_due_date"),
            models.Index(F("language"), F("first_sequence").desc(), name="claim_by_language"),
            models.Index(F("reviewed_on").desc(), F("first_sequence").desc(), name="claim_by_review"),
        ]

    def __str__(self) -> str:
        return self.text


class PublishedReference(models.Model):
    """That one public document names another object, or is filed under it: what renewal follows and filters find by."""

    referrer = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    uid = models.UUIDField()
    slug = models.SlugField(max_length=100, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referrer", "kind", "uid"], name="published_reference_unique")]
        indexes = [
            models.Index(fields=["kind", "uid", "referrer"], name="reference_by_uid"),
            models.Index(fields=["kind", "slug", "referrer"], name="reference_by_slug"),
        ]

    def __str__(self) -> str:
        return f"{self.referrer} names {self.kind} {self.slug}"
