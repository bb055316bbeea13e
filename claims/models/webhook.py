"""Who is told of changes, and what became of each telling."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from claims.enums import DeliveryState
from claims.models.fields import AddressField, LineField, ProseField
from claims.models.partner import Partner
from claims.models.record import Edition


class WebhookEndpoint(models.Model):
    """An address of a partner that is sent every edition of the kinds, actions and claims it asked for."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="endpoints")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    url = AddressField(verbose_name="address")
    kinds = models.JSONField(default=list, help_text="Values of RecordKind; empty: all.")
    actions = models.JSONField(default=list, help_text="Values of Action; empty: all.")
    filters = LineField(
        max_length=500,
        blank=True,
        default="",
        help_text="As in the address of the API's list of claims, such as speaker=mike-pompeo&conclusive=true.",
    )
    # The secret is derived from SECRET_KEY, the uid and this number, and stands nowhere.
    generation = models.PositiveIntegerField(default=1, editable=False)
    rotated_at = models.DateTimeField(null=True, editable=False)
    # In seconds since 1970, the newest first: who held a secret of that day must be able to verify for a day.
    rotated_before = models.JSONField(null=True, editable=False, help_text="Rotations of the day before `rotated_at`.")
    position = models.BigIntegerField(default=0, editable=False, help_text="The newest edition it was considered for.")
    failing_since = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    pause_reason = LineField(max_length=300, blank=True, default="", editable=False)
    tell_at = models.DateTimeField(null=True, editable=False, help_text="When its partner is to be told of the pause.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["partner", "pk"]
        constraints = [
            models.CheckConstraint(
                name="webhook_endpoint_has_address",
                condition=~Q(url=""),
                violation_error_message="Say where to send it.",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def waiting(self) -> Self:
        return self.filter(state=DeliveryState.WAITING)

    def due(self, by: datetime) -> Self:
        """What may be attempted then: nothing whose object has an earlier edition that still waits."""
        earlier = WebhookDelivery.objects.waiting().filter(
            endpoint=OuterRef("endpoint"), uid=OuterRef("uid"), edition__lt=OuterRef("edition")
        )
        return self.waiting().filter(~Exists(earlier), due_at__lte=by)


class WebhookDelivery(models.Model):
    """One edition for one endpoint, sent until it is taken. Its id is the same at every attempt."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField(help_text="Of the edition's object: deliveries about one object keep their order.")
    state = LineField(max_length=20, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="Not attempted before; while a worker attempts it, when others may again.")
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer.")
    answer = ProseField(max_length=1000, blank=True, default="", help_text="The last answer's beginning, or the error.")
    attempted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-edition", "-pk"]
        verbose_name_plural = "webhook deliveries"
        constraints = [models.UniqueConstraint(name="webhook_delivery_unique", fields=["endpoint", "edition"])]
        indexes = [
            models.Index(
                fields=["endpoint", "due_at", "edition"],
                name="delivery_due_in_turn",
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(
                fields=["endpoint", "uid", "edition"],
                name="delivery_in_order",
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(fields=["attempted_at"], name="delivery_taken", condition=Q(state=DeliveryState.DELIVERED)),
            models.Index(fields=["endpoint", "uid", "edition"], name="delivery_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} to {self.endpoint}"
