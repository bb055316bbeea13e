"""By which rules an endpoint is paused, and how its owner is told."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.domain import webhooks
from claims.domain.webhooks import LEASE, Reply
from claims.enums import DeliveryState
from claims.models import WebhookDelivery, WebhookEndpoint

logger = logging.getLogger(__name__)

DEAD_AFTER = timedelta(days=3)
MOST_GIVEN_UP = 10
TOLD_AGAIN_AFTER = timedelta(minutes=5)  # when the mail could not be sent


def note_success(endpoints: set[int]) -> None:
    """One that was paused meanwhile stays as it is: what it missed is known by when it began to fail."""
    failing = WebhookEndpoint.objects.filter(pk__in=endpoints, failing_since__isnull=False, paused_at=None)
    failing.update(failing_since=None)


def note_failure(pk: int, reply: Reply, *, now: datetime) -> None:
    """Remember since when it fails, and pause it when it is gone or dead. Call it within a transaction."""
    WebhookEndpoint.objects.filter(pk=pk, failing_since=None).update(failing_since=now)
    endpoint = WebhookEndpoint.objects.filter(pk=pk).first()
    # Someone may have deleted it while the attempt was under way.
    if endpoint and (reason := _dead(endpoint, reply, now)):
        webhooks.pause(endpoint, reason=reason, tell=True)


def pause_dead() -> None:
    """Pause what failed for DEAD_AFTER, also where the next attempt would be made much later, or none is left.

    What is due or under way is left to its outcome: it may be for want of a worker that nothing was taken.
    """
    now = timezone.now()
    due = WebhookDelivery.objects.due(now + LEASE).filter(endpoint=OuterRef("pk"))
    dead = WebhookEndpoint.objects.filter(~Exists(due), paused_at=None, failing_since__lt=now - DEAD_AFTER)
    for endpoint in dead:
        webhooks.pause(endpoint, reason=_taken_nothing(endpoint.failing_since), tell=True)


def tell() -> bool:
    """Send one partner the e-mail that its endpoint was paused, if there is any to be told. Whether there was."""
    now = timezone.now()
    endpoint = WebhookEndpoint.objects.filter(tell_at__lte=now).select_related("partner").first()
    if endpoint is None:
        return False
    # Only one worker does, and if it is killed, another does after a while.
    taken = WebhookEndpoint.objects.filter(pk=endpoint.pk, tell_at=endpoint.tell_at)
    again_at = now + TOLD_AGAIN_AFTER
    if taken.update(tell_at=again_at) and _mailed(endpoint):
        WebhookEndpoint.objects.filter(pk=endpoint.pk, tell_at=again_at).update(tell_at=None)
    return True


def _dead(endpoint: WebhookEndpoint, reply: Reply, now: datetime) -> str:
    if reply.is_gone:
        return "It answered 410 Gone."
    since = endpoint.failing_since
    if since is None:  # another worker's delivery was taken in between
        return ""
    if now - since > DEAD_AFTER:
        return _taken_nothing(since)
    given_up = endpoint.deliveries.filter(state=DeliveryState.FAILED, attempted_at__gte=since).count()
    if given_up >= MOST_GIVEN_UP:
        return f"{given_up} deliveries were given up since {since:%Y-%m-%d %H:%M} UTC."
    return ""


def _taken_nothing(since: datetime | None) -> str:
    return f"It has taken nothing since {since:%Y-%m-%d %H:%M} UTC."


def _mailed(endpoint: WebhookEndpoint) -> bool:
    text = (
        f"{settings.SITE_NAME} sends nothing more to {endpoint.url}.\n\n{endpoint.pause_reason}\n\n"
        "Nothing is lost: once the address answers again, tell us, and every change since then will be sent.\n"
    )
    try:
        subject = f"{settings.SITE_NAME}: webhook paused"
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [endpoint.partner.email])
    except OSError:  # also what a mail server refuses; deliveries to others must go on
        logger.exception("The partner %s could not be told that its webhook is paused.", endpoint.partner)
        return False
    return True
