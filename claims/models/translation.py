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

TWICE = "There is already a translation into this language."
NOTHING = "Translate something, or leave this language out."


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
            models.UniqueConstraint(
                name="claim_translation_unique", fields=["claim", "language"], violation_error_message=TWICE
            ),
            models.CheckConstraint(
                name="claim_translation_says_something",
                condition=~Q(text="", summary="", rationale="", criterion="", due_words=""),
                violation_error_message=NOTHING,
            ),
        ]


class AppearanceTranslation(Translation):
    """The quotation itself stays as it is: readers see what it means beside it."""

    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="translations")
    quotation = ProseField(
        max_length=QUOTATION_LENGTH,
        blank=True,
        default="",
        verbose_name="quotation in this language",
        help_text="Shown below the original.",
    )
    locator = LineField(max_length=200, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="appearance_translation_unique", fields=["appearance", "language"], violation_error_message=TWICE
            ),
            models.CheckConstraint(
                name="appearance_translation_says_something",
                condition=~Q(quotation="", locator=""),
                violation_error_message=NOTHING,
            ),
        ]


class EvidenceTranslation(Translation):
    """As of an appearance; published with a verdict only, as the evidence is."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="translations")
    quotation = ProseField(
        max_length=QUOTATION_LENGTH,
        blank=True,
        default="",
        verbose_name="quotation in this language",
        help_text="Shown below the original.",
    )
    locator = LineField(max_length=200, blank=True, default="")
    note = ProseField(max_length=2000, blank=True, default="", help_text="What it shows, in our words.")

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="evidence_translation_unique", fields=["evidence", "language"], violation_error_message=TWICE
            ),
            models.CheckConstraint(
                name="evidence_translation_says_something",
                condition=~Q(quotation="", locator="", note=""),
                violation_error_message=NOTHING,
            ),
        ]


class SourceTranslation(Translation):
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="translations")
    title = LineField(max_length=500, help_text="What the title means. The original is shown with it.")
    publisher = LineField(max_length=200, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="source_translation_unique", fields=["source", "language"], violation_error_message=TWICE
            ),
        ]


class PageTranslation(Translation):
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="translations")
    title = LineField(max_length=200)
    body = ProseField(max_length=50_000, verbose_name="text")

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="page_translation_unique", fields=["page", "language"], violation_error_message=TWICE
            ),
        ]


class SpeakerTranslation(Translation):
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="translations")
    name = LineField(max_length=200)
    description = ProseField(max_length=500, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="speaker_translation_unique", fields=["speaker", "language"], violation_error_message=TWICE
            ),
        ]


class AffiliationTranslation(Translation):
    affiliation = models.ForeignKey(Affiliation, on_delete=models.CASCADE, related_name="translations")
    title = LineField(max_length=200)

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="affiliation_translation_unique",
                fields=["affiliation", "language"],
                violation_error_message=TWICE,
            ),
        ]


class TopicTranslation(Translation):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="translations")
    name = LineField(max_length=100)
    description = ProseField(max_length=1000, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="topic_translation_unique", fields=["topic", "language"], violation_error_message=TWICE
            ),
        ]


class RatingScaleTranslation(Translation):
    scale = models.ForeignKey(RatingScale, on_delete=models.CASCADE, related_name="translations")
    name = LineField(max_length=100)
    description = ProseField(max_length=1000, blank=True, default="")

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="rating_scale_translation_unique", fields=["scale", "language"], violation_error_message=TWICE
            ),
        ]


class RatingTranslation(Translation):
    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="translations")
    label = LineField(max_length=50)
    definition = ProseField(max_length=500)

    class Meta(Translation.Meta):
        constraints = [
            models.UniqueConstraint(
                name="rating_translation_unique", fields=["rating", "language"], violation_error_message=TWICE
            ),
        ]
