from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from claims.enums import TipState
from claims.models.claim import Claim
from claims.models.fields import AddressField, LineField, ProseField

TEXT_LENGTH = 2000


class TipQuerySet(models.QuerySet["Tip"]):
    def from_origin(self, origin: str, since: datetime) -> Self:
        return self.filter(origin=origin, sent_at__gte=since)

    def of_words(self, key: str, since: datetime) -> Self:
        return self.filter(words_key=key, sent_at__gte=since)

    def with_contact_since_before(self, moment: datetime) -> Self:
        """Those whose sender can still be written to although they came before `moment`."""
        return self.filter(sent_at__lt=moment).exclude(contact="")


class Tip(models.Model):
    """What someone from the public asks us to look into. It is never published, and belongs to no edition."""

    # Only the digest of the address of its status page is kept: whoever reads the table cannot open that page.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    text = ProseField(max_length=TEXT_LENGTH, blank=True, default="", verbose_name="what was said")
    url = AddressField(verbose_name="address")
    contact = models.EmailField(blank=True, default="", help_text="Deleted by itself after a while.")
    # Of the sender's network address, under a key that changes each day.
    origin = models.CharField(max_length=32, editable=False, blank=True, default="")
    # Of the words alone, whatever stands between them: what says the same has the same.
    words_key = models.CharField(max_length=64, editable=False, blank=True, default="")
    sent_at = models.DateTimeField(auto_now_add=True)
    state = LineField(max_length=20, choices=TipState, default=TipState.NEW)
    answer = ProseField(
        max_length=2000, blank=True, default="", help_text="The sender reads it on a page that only they know."
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tips",
        help_text="What became of it. The sender gets a link once it is published.",
    )
    internal_note = ProseField(
        max_length=5000, blank=True, default="", help_text="For colleagues only. Neither readers nor the sender see it."
    )

    objects = TipQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["origin", "sent_at"], name="tip_by_origin"),
            models.Index(fields=["words_key", "sent_at"], name="tip_by_words"),
        ]
        constraints = [
            models.CheckConstraint(
                name="tip_says_something",
                condition=~Q(text="") | ~Q(url=""),
                violation_error_message="Write what was said, or where.",
            ),
            models.CheckConstraint(
                name="tip_declined_with_an_answer",
                condition=~Q(state=TipState.DECLINED) | ~Q(answer=""),
                violation_error_message="Tell the sender why it is declined.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] or self.url[:80]
