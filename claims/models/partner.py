"""Partners, the keys they read with, and what they used."""

from django.db import models
from django.db.models import Q

from claims.models.fields import LineField, ProseField


class Partner(models.Model):
    """A platform, newsroom or researcher who reads our API with a key or is told of changes."""

    name = LineField(max_length=200, unique=True)
    email = models.EmailField(help_text="Who is told when something does not work.")
    note = ProseField(max_length=2000, blank=True, default="", help_text="For colleagues only.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnerKey(models.Model):
    """A secret that was shown once. Only its digest is kept: a stolen database opens nothing."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="keys")
    name = LineField(max_length=100, help_text="What it is used for, such as “mirror” or “search in production”.")
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(default=list, help_text="Values of KeyScope.")
    rate = models.PositiveIntegerField(default=6000, help_text="Requests a minute.")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="From then on it is refused.")
    revoked_at = models.DateTimeField(null=True, editable=False)
    rotated_to = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="rotated_from"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="partner_key_rate_at_least_1",
                condition=Q(rate__gte=1),
                violation_error_message="A key needs a rate of at least 1 request a minute. Revoke it to stop it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.name} ({self.prefix}…)"


class KeyUsage(models.Model):
    """How often a key was used on one day (UTC), and how often it was over its rate."""

    key = models.ForeignKey(PartnerKey, on_delete=models.CASCADE, related_name="usage")
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(name="key_usage_unique", fields=["key", "day"])]

    def __str__(self) -> str:
        return f"{self.day}: {self.requests}"


class RateWindow(models.Model):
    """How much of its rate someone has used in one minute, as far as processes have claimed it."""

    subject = models.CharField(max_length=80, help_text="A key's prefix, or the digest of an address.")
    minute = models.PositiveBigIntegerField(help_text="Minutes since 1970 (UTC).")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="rate_window_unique", fields=["subject", "minute"])]

    def __str__(self) -> str:
        return f"{self.subject} at {self.minute}: {self.used}"
