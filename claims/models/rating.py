"""The scales on which verdicts are given."""

from typing import Self

from django.db import models
from django.db.models import Q

from claims.enums import RecordKind
from claims.models.base import Publishable, PublishableQuerySet
from claims.models.fields import LineField, ProseField


class RatingScaleQuerySet(PublishableQuerySet["RatingScale"]):
    def for_publication(self) -> Self:
        return self.prefetch_related("ratings__translations", "translations")


class RatingScale(Publishable):
    """A named scale. Its ratings carry the definitions that readers see beside every verdict."""

    record_kind = RecordKind.RATING_SCALE

    name = LineField(max_length=100, unique=True, error_messages={"unique": "There is already a scale of this name."})
    description = ProseField(max_length=1000, blank=True, default="")

    objects = RatingScaleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["name"]

    @property
    def public_name(self) -> str:
        return self.name


class Rating(models.Model):
    """One step of a scale, or one of its inconclusive answers (which have no rank)."""

    scale = models.ForeignKey(RatingScale, on_delete=models.CASCADE, related_name="ratings")
    slug = models.SlugField(max_length=50)
    label = LineField(max_length=50)
    definition = ProseField(max_length=500, help_text="What the rating means, in a sentence for readers.")
    conclusive = models.BooleanField(default=True, help_text="Whether it says how true the claim is.")
    rank = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The truest has the highest rank. Empty for inconclusive ratings."
    )

    class Meta:
        ordering = ["scale", "-conclusive", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="rating_slug_unique_in_scale",
                fields=["scale", "slug"],
                violation_error_message="This scale already has a rating with this slug.",
            ),
            models.UniqueConstraint(
                name="rating_label_unique_in_scale",
                fields=["scale", "label"],
                violation_error_message="This scale already has a rating with this label.",
            ),
            models.UniqueConstraint(
                name="rating_rank_unique_in_scale",
                fields=["scale", "rank"],
                violation_error_message="This scale already has a rating of this rank.",
            ),
            models.CheckConstraint(
                name="rating_rank_if_and_only_if_conclusive",
                condition=Q(conclusive=True, rank__isnull=False) | Q(conclusive=False, rank=None),
                violation_error_message="A conclusive rating needs a rank; an inconclusive one has none.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
