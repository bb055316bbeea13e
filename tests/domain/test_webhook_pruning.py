"""What is forgotten of deliveries, and what never is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.domain import publishing, webhook_pruning
from claims.enums import DeliveryState
from claims.models import Claim, WebhookDelivery, WebhookEndpoint
from tests.domain import at_work
from tests.histories import changed
from tests.receivers import Receiver

LONG_AGO = timedelta(days=31)


def _is_long_ago() -> None:
    before = timezone.now() - LONG_AGO
    WebhookDelivery.objects.update(attempted_at=before, created_at=before)


def _kept() -> list[int]:
    return list(WebhookDelivery.objects.order_by("edition").values_list("edition", flat=True))


@pytest.mark.parametrize(
    ("state", "days", "kept"),
    [
        (DeliveryState.DELIVERED, 31, 0),
        (DeliveryState.DELIVERED, 29, 2),
        (DeliveryState.WAITING, 400, 2),
        (DeliveryState.FAILED, 400, 2),
    ],
)
def test_only_what_was_taken_long_ago_is_forgotten(
    endpoint: WebhookEndpoint, claim: Claim, state: str, days: int, kept: int
) -> None:
    publishing.publish(claim, by="ed")
    at_work.work()
    WebhookDelivery.objects.update(state=state, attempted_at=timezone.now() - timedelta(days=days))

    assert webhook_pruning.prune() == 2 - kept
    assert WebhookDelivery.objects.count() == kept


def test_worker_forgets_and_goes_on(endpoint: WebhookEndpoint, server: Receiver, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    at_work.work()
    _is_long_ago()
    publishing.publish(changed(claim, text="It was so."), by="ed")

    at_work.work()

    assert at_work.sequences(server) == [1, 2, 3]
    assert _kept() == [3]


def test_many_are_forgotten_in_batches(
    endpoint: WebhookEndpoint, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_pruning, "BATCH", 2)
    publishing.publish(claim, by="ed")
    for number in range(3):
        publishing.publish(changed(claim, text=f"It was so {number} times."), by="ed")
    at_work.work()
    _is_long_ago()

    assert [webhook_pruning.prune() for _ in range(4)] == [2, 2, 1, 0]


def test_who_was_told_of_a_claim_hears_of_its_retraction_in_spite_of_it(
    endpoint: WebhookEndpoint, server: Receiver, claim: Claim
) -> None:
    """With a filter, what was delivered is how the queue knows: the newest about each object stays."""
    WebhookEndpoint.objects.update(filters=f"speaker={claim.speaker.slug}")
    publishing.publish(claim, by="ed")
    publishing.publish(changed(claim, text="It was so."), by="ed")
    at_work.work()
    _is_long_ago()

    assert (webhook_pruning.prune(), _kept()) == (1, [3])

    publishing.retract(claim, by="ed", reason="Wrong.")
    at_work.work()

    assert at_work.received(server)[-1] == ("claim.retracted", 3)
