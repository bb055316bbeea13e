"""What is forgotten of webhooks: deliveries that were taken long ago, and that nothing depends on any more."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.enums import DeliveryState
from claims.models import WebhookDelivery

KEPT_DAYS = 30
BATCH = 1000


@transaction.atomic
def prune() -> int:
    """Delete up to BATCH deliveries that were taken over KEPT_DAYS ago, the oldest first. Returns how many.

    What waits or was given up stays, since it is owed. At an endpoint with filters the newest delivery about each
    object stays, too: it is how the queue knows whom to tell that a claim was retracted.
    """
    newer = WebhookDelivery.objects.filter(
        endpoint=OuterRef("endpoint"), uid=OuterRef("uid"), edition__gt=OuterRef("edition")
    )
    old = WebhookDelivery.objects.filter(
        state=DeliveryState.DELIVERED, attempted_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)
    )
    forgettable = old.filter(endpoint__filters="") | old.filter(Exists(newer))
    pks = list(forgettable.order_by("attempted_at").values_list("pk", flat=True)[:BATCH])
    deleted, _ = WebhookDelivery.objects.filter(pk__in=pks).delete()
    return deleted
