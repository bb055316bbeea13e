from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from claims.models.fields import LineField, ProseField
from claims.models.rating import Rating


class Verdict(models.Model):
    """Our finding on a claim. Only a claim with one may look like a finding."""

    claim = models.OneToOneField(
        Claim,
        on_delete=models.CASCADE,
        related_name="verdict",
        error_messages={"unique": "This claim already has a verdict."},
    )
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="verdicts")
    summary = LineField(max_length=500, help_text="The finding in one sentence.")
    rationale = ProseField(
        max_length=20000, blank=True, default="", help_text="How we found it. An empty line starts a paragraph."
    )
    reviewed_on = models.DateField(help_text="The day on which the finding was made.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verdict_one_per_claim",
                fields=["claim"],
                violation_error_message="This claim already has a verdict.",
            ),
            models.CheckConstraint(
                name="verdict_summary_length",
                condition=Q(summary__length__range=(1, 500)),
                violation_error_message="A summary has 1 to 500 characters.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating}: {self.summary}"
