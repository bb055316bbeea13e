"""Claims, where they appear, through whom they reached us, and how they relate."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from claims.enums import (
    AttributionAct,
    ClaimKind,
    DueGranularity,
    Medium,
    RecordKind,
    RelationKind,
    Wording,
)
from claims.folding import text_key
from claims.models.base import Publishable, PublishableQuerySet
from claims.models.fields import LineField, PartialDateField, ProseField
from claims.models.importing import ImportRun
from claims.models.source import Source
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.validators import validate_language

QUOTATION_LENGTH = 5000


class ClaimQuerySet(PublishableQuerySet["Claim"]):
    """Claims."""


class Claim(Publishable):
    """One assertion, in one canonical sentence, made by a speaker."""

    record_kind = RecordKind.CLAIM

    text = ProseField(
        max_length=1000, verbose_name="claim", help_text="The claim in one sentence that can stand alone."
    )
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="claims")
    kind = LineField(max_length=20, choices=ClaimKind, default=ClaimKind.FACT)
    claimed_on = PartialDateField(verbose_name="made on", help_text="2019-02-09, 2019-02 or 2019.")
    language = LineField(max_length=35, default="en", validators=[validate_language])
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims")
    due_start = models.DateField(
        null=True,
        blank=True,
        verbose_name="due from",
        help_text="First day on which it can come true, if one was named.",
    )
    due_end = models.DateField(
        null=True, blank=True, verbose_name="due by", help_text="Last day of the window; the day after, it is overdue."
    )
    due_granularity = LineField(max_length=10, choices=DueGranularity, blank=True, default="")
    due_words = LineField(
        max_length=300,
        blank=True,
        default="",
        verbose_name="the speaker's words for the time",
        help_text="Verbatim, such as “during the week of February 17”.",
    )
    criterion = ProseField(
        max_length=1000, blank=True, default="", help_text="What will settle the forecast, so that all would agree."
    )

    text_key = models.CharField(max_length=64, editable=False, db_index=True, default="")
    import_run = models.ForeignKey(
        ImportRun,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="claims",
        help_text="The import that made this claim, if one did.",
    )

    objects = ClaimQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="claim_text_length",
                condition=Q(text__length__range=(1, 1000)),
                violation_error_message="A claim has 1 to 1,000 characters.",
            ),
            models.CheckConstraint(
                name="claim_due_window_ends_after_start",
                condition=Q(due_start=None) | Q(due_end__gte=F("due_start")),
                violation_error_message="The due window cannot end before it starts.",
            ),
            models.CheckConstraint(
                name="claim_due_window_has_end",
                condition=Q(due_start=None) | Q(due_end__isnull=False),
                violation_error_message="A due window that has a first day needs a last day.",
            ),
            models.CheckConstraint(
                name="claim_due_window_has_granularity",
                condition=Q(due_end=None, due_granularity="") | (Q(due_end__isnull=False) & ~Q(due_granularity="")),
                violation_error_message="Say how finely the due window was named; without a window, leave that empty.",
            ),
            models.CheckConstraint(
                name="claim_only_forecasts_fall_due",
                condition=Q(kind__in=sorted(ClaimKind.can_fall_due)) | Q(due_end=None, due_words="", criterion=""),
                violation_error_message="Only forecasts and promises have a due window or a criterion.",
            ),
        ]

    @property
    def public_name(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_key = text_key(self.text)
        super().save(*args, **kwargs)


class Appearance(models.Model):
    """One saying of the claim in one source, quoted exactly (W3C TextQuoteSelector: prefix, exact, suffix)."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    position = models.PositiveSmallIntegerField(default=0, help_text="Appearances are shown in this order.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="appearances")
    speaker = models.ForeignKey(
        Speaker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name="by",
        help_text="Who says it here. Empty: the speaker of the claim.",
    )
    wording = LineField(max_length=20, choices=Wording, default=Wording.DIRECT)
    quotation = ProseField(max_length=QUOTATION_LENGTH, help_text="The source's words, to the letter.")
    prefix = LineField(max_length=200, blank=True, default="", help_text="The words just before the quotation.")
    suffix = LineField(max_length=200, blank=True, default="", help_text="The words just after it.")
    locator = LineField(max_length=200, blank=True, default="", help_text="Page, paragraph or minute.")
    date = PartialDateField(verbose_name="said on", help_text="Empty: when the claim was made.")
    medium = LineField(max_length=20, choices=Medium, default=Medium.SPOKEN)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appearance_quotation_length",
                condition=Q(quotation__length__range=(1, QUOTATION_LENGTH)),
                violation_error_message="A quotation has 1 to 5,000 characters.",
            ),
        ]

    def __str__(self) -> str:
        return f"in {self.source}"


class AttributionLink(models.Model):
    """One link of the chain through which a saying reached its source, from its origin (lowest position) onwards."""

    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="attribution")
    position = models.PositiveSmallIntegerField(help_text="1 is the origin; each further link passes it on.")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="attribution_links")
    act = LineField(max_length=20, choices=AttributionAct)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="attribution_position_unique",
                fields=["appearance", "position"],
                violation_error_message="Two links of an attribution chain cannot have the same position.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.get_act_display()}"


class ClaimRelation(models.Model):
    """How one claim stands to another, read from `claim` to `target`: this claim repeats, contradicts ... that one."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations")
    kind = LineField(max_length=20, choices=RelationKind)
    target = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="incoming_relations")

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="relation_not_to_itself",
                condition=~Q(claim=F("target")),
                violation_error_message="A claim cannot relate to itself.",
            ),
            models.UniqueConstraint(
                name="relation_unique",
                fields=["claim", "kind", "target"],
                violation_error_message="This relation is already recorded.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"

    def clean(self) -> None:
        if self.claim_id and self.claim_id == self.target_id:
            raise ValidationError({"target": "A claim cannot relate to itself."})
