"""What the desk says in further languages. Where a text is not translated, readers get what the newsroom wrote."""

from django.db import models
from django.db.models import Q

from claims.models.claim import QUOTATION_LENGTH, Appearance, Claim
from claims.models.evidence import Evidence
from claims.models.fields import LineField, ProseField
from claims.models.page import Page
from claims.models.rating import Rating, RatingScale
from claims.models.source import Source
from claims.models.speaker import Affiliation, Speaker
from claims.models.topic import Topic
from claims.validators import validate_language


def _one_for_each_language(translated: str, field: str = "") -> models.UniqueConstraint:
    """One translation of each into each language."""
    return models.UniqueConstraint(
        name=f"{translated}_translation_unique",
        fields=[field or translated, "language"],
        violation_error_message="There is already a translation into this language.",
    )


def _not_all_empty(translated: str, *texts: str) -> models.CheckConstraint:
    """That not all of these are empty."""
    return models.CheckConstraint(
        name=f"{translated}_translation_says_something",
        condition=~Q(**dict.fromkeys(texts, "")),
        violation_error_message="Translate something, or leave this language out.",
    )


class Translation(models.Model):
    """Into one language (BCP 47). An empty text is one that is not translated."""

    language = LineField(max_length=35, validators=[validate_language], help_text="Such as ko or ar.")

    class Meta:
        abstract = True
        ordering = ["language"]

    def __str__(self) -> str:
        return self.language


class ClaimTranslation(Translation):
    """A claim and the finding on it. The finding's part is published with a verdict only."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="translations")
    text = ProseField(
        max_length=1000,
        blank=True,
        default="",
        verbose_name="claim in this language",
        help_text="Empty where the claim itself is in this language.",
    )
    summary = LineField(max_length=500, blank=True, default="", help_text="The finding in one sentence.")
    rationale = ProseField(max_length=20000, blank=True, default="")
    criterion = ProseField(max_length=1000, blank=True, default="", help_text="What settles the forecast.")
    due_words = LineField(
        max_length=300, blank=True, default="", verbose_name="the speaker's words for the time, in this language"
    )

    class Meta(Translation.Meta):
        constraints = [
            _one_for_each_language("claim"),
            _not_all_empty("claim", "text", "summary", "rationale", "criterion", "due_words"),
        ]


class PassageTranslation(Translation):
    """The quotation itself stays as it is: readers see what it means beside it."""

    quotation = ProseField(
        max_length=QUOTATION_LENGTH,
        blank=True,
        default="",
        verbose_name="quotation in this language",
        help_text="Shown below the original.",
    )
    locator = LineField(max_length=200, blank=True, default="")

    class Meta(Translation.Meta):
        abstract = True


class AppearanceTranslation(PassageTranslation):
    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("appearance"), _not_all_empty("appearance", "quotation", "locator")]


class EvidenceTranslation(PassageTranslation):
    """Published with a verdict only, as the evidence is."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="translations")
    note = ProseField(max_length=2000, blank=True, default="", help_text="What it shows, in our words.")

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("evidence"), _not_all_empty("evidence", "quotation", "locator", "note")]


class SourceTranslation(Translation):
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="translations")
    title = LineField(max_length=500, help_text="What the title means. The original is shown with it.")
    publisher = LineField(max_length=200, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("source")]


class PageTranslation(Translation):
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="translations")
    title = LineField(max_length=200)
    body = ProseField(max_length=50_000, verbose_name="text")

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("page")]


class SpeakerTranslation(Translation):
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="translations")
    name = LineField(max_length=200)
    description = ProseField(max_length=500, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("speaker")]


class AffiliationTranslation(Translation):
    affiliation = models.ForeignKey(Affiliation, on_delete=models.CASCADE, related_name="translations")
    title = LineField(max_length=200)

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("affiliation")]


class TopicTranslation(Translation):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="translations")
    name = LineField(max_length=100)
    description = ProseField(max_length=1000, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("topic")]


class RatingScaleTranslation(Translation):
    scale = models.ForeignKey(RatingScale, on_delete=models.CASCADE, related_name="translations")
    name = LineField(max_length=100)
    description = ProseField(max_length=1000, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("rating_scale", "scale")]


class RatingTranslation(Translation):
    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="translations")
    label = LineField(max_length=50)
    definition = ProseField(max_length=500)

    class Meta(Translation.Meta):
        constraints = [_one_for_each_language("rating")]
