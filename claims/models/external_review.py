import hashlib
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When

from claims import addresses
from claims.folding import fold
from claims.models.claim import Claim
from claims.models.fields import AddressField, LineField, PartialDateField
from claims.models.rating import Rating
from claims.validators import validate_language


def review_key(publisher: str, url: str, identifier: str) -> str:
    """What tells one review of a claim from another: whose it is, its address in whatever spelling, its number."""
    try:
        address = addresses.normalise(url) if url else ""
    except ValueError:  # reported by the field's own validator
        address = url
    return hashlib.sha256("\n".join([fold(publisher), address, identifier]).encode()).hexdigest()


# The publisher's own words for what it found; its number where it gives no words.
WORDS = Case(When(rating="", then=F("rating_value")), default=F("rating"), output_field=models.CharField())


class ExternalReviewQuerySet(models.QuerySet["ExternalReview"]):
    def with_suggestion(self) -> Self:
        """Each with `suggestion`: the label of the rating of ours that an editor chose for these words, or None."""
        chosen = RatingMapping.objects.filter(publisher=OuterRef("publisher"), words=OuterRef("words"))
        return self.annotate(words=WORDS, suggestion=Subquery(chosen.values("rating__label")[:1]))

    def unmapped(self) -> models.QuerySet["ExternalReview", Any]:
        """Publishers and words without a mapping, with their `count`, the most frequent first."""
        mapped = RatingMapping.objects.filter(publisher=OuterRef("publisher"), words=OuterRef("words"))
        open_ = self.annotate(words=WORDS).exclude(words="").filter(~Exists(mapped)).order_by()
        counted = open_.values("publisher", "words").annotate(count=Count("pk"))
        return counted.order_by("-count", "publisher", "words")


class ExternalReview(models.Model):
    """What another publisher found about a claim, in its own words. It stands beside our verdict, never for it."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="external_reviews")
    publisher = LineField(max_length=200)
    url = AddressField(verbose_name="address", help_text="Of the publisher's review.")
    identifier = LineField(
        max_length=200, blank=True, default="", help_text="The publisher's own number of the review, if it has one."
    )
    title = LineField(max_length=500, blank=True, default="")
    rating = LineField(max_length=500, blank=True, default="", help_text="The publisher's own words, to the letter.")
    rating_value = LineField(max_length=50, blank=True, default="", help_text="Its number for them, as it wrote it.")
    rating_best = LineField(max_length=50, blank=True, default="")
    rating_worst = LineField(max_length=50, blank=True, default="")
    language = LineField(max_length=35, blank=True, default="", validators=[validate_language])
    reviewed_on = PartialDateField(help_text="2019-02-09, 2019-02 or 2019.")
    key = models.CharField(max_length=64, editable=False, help_text="Digest of what tells one review from another.")

    objects = ExternalReviewQuerySet.as_manager()

    class Meta:
        ordering = ["reviewed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="external_review_unique",
                fields=["claim", "key"],
                violation_error_message="This review is already recorded.",
            ),
            models.CheckConstraint(
                name="external_review_has_publisher",
                condition=~Q(publisher=""),
                violation_error_message="Say whose review it is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.rating or self.rating_value or 'no rating'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._set_key()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self._set_key()

    def _set_key(self) -> None:
        self.key = review_key(self.publisher, self.url, self.identifier)


class RatingMapping(models.Model):
    """Which of our ratings comes closest to another publisher's words. An editor decides; nothing guesses."""

    publisher = LineField(max_length=200)
    words = LineField(max_length=500)
    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="mappings")

    class Meta:
        ordering = ["publisher", "words"]
        constraints = [
            models.UniqueConstraint(
                name="rating_mapping_unique",
                fields=["publisher", "words"],
                violation_error_message="These words of this publisher have a rating already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.words} → {self.rating}"
