from django.db import models
from django.db.models import Q

from claims.enums import Stance
from claims.models.claim import QUOTATION_LENGTH, Claim
from claims.models.fields import LineField, ProseField
from claims.models.source import Source
from claims.validators import validate_text


class Evidence(models.Model):
    """What a passage in a source does to the claim. It is public as part of a verdict, never without one."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField(default=0, help_text="Evidence is shown in this order.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    stance = LineField(max_length=20, choices=Stance)
    quotation = models.TextField(  # noqa: DJ001 (NULL is "not quoted"; a quotation of 0 characters is an error)
        null=True,
        blank=True,
        validators=[validate_text],
        help_text="The passage, to the letter. Empty if you only describe it in the note.",
    )
    locator = LineField(max_length=200, blank=True, default="", help_text="Page, paragraph or minute.")
    note = ProseField(max_length=2000, blank=True, default="", help_text="What it shows, in our words.")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_quotation_length",
                condition=Q(quotation=None) | Q(quotation__length__range=(1, QUOTATION_LENGTH)),
                violation_error_message="A quotation has 1 to 5,000 characters.",
            ),
            models.CheckConstraint(
                name="evidence_says_something",
                condition=Q(quotation__isnull=False) | ~Q(note=""),
                violation_error_message="Evidence needs a quotation or a note on what it shows.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_stance_display().lower()}"

    def clean(self) -> None:
        # A form sends "" for a field left empty; the column says NULL for "not quoted".
        self.quotation = self.quotation or None
