"""Endpoints of partners: what may be done to one, and by which rules it is paused."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from claims.domain import record, webhook_messages
from claims.domain.outgoing import OutgoingError, TooLongError, send
from claims.domain.reachable import parse, resolve
from claims.enums import DeliveryState
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.validators import FORBIDDEN

logger = logging.getLogger(__name__)

TIME_LIMIT = 15.0  # seconds that a receiver has for its answer
MOST_BYTES = 4096  # of an answer that are read
LEASE = timedelta(seconds=2 * TIME_LIMIT)  # an attempt begins within the first half, or not at all
DEAD_AFTER = timedelta(days=3)
MOST_GIVEN_UP = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a request: the status of the answer and its beginning, or no status and the error."""

    status: int | None
    text: str

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def require_reachable(url: str) -> None:
    """Raises OutgoingError where nothing could be sent to this address, or nothing may."""
    resolve(parse(url), seconds=5)


def create(endpoint: WebhookEndpoint) -> str:
    """Save a new endpoint, which is told of what is published from now on. Returns its secret, to be shown once."""
    endpoint.position = record.head()
    endpoint.save()
    return webhook_messages.secret(endpoint)


def change(endpoint: WebhookEndpoint) -> None:
    """Save to whom and what it is told. Where it stands in the record, its secret and its pause stay as they are."""
    endpoint.save(update_fields=["partner", "url", "kinds", "actions", "filters"])


def rotate_secret(endpoint: WebhookEndpoint) -> str:
    """Give it a new secret and return it. For 24 hours what is sent is signed with the one before, too."""
    with transaction.atomic():
        locked = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
        endpoint.generation, endpoint.rotated_at = locked.generation + 1, timezone.now()
        endpoint.save(update_fields=["generation", "rotated_at"])
    return webhook_messages.secret(endpoint)


def pause(endpoint: WebhookEndpoint, *, reason: str, tell: bool = False) -> None:
    """Send it nothing more until it is resumed. With `tell`, its partner gets an e-mail once that is committed."""
    waiting = WebhookEndpoint.objects.filter(pk=endpoint.pk, paused_at=None)
    if waiting.update(paused_at=timezone.now(), pause_reason=reason[:300]) and tell:
        transaction.on_commit(lambda: _tell(endpoint, reason))


def resume(endpoint: WebhookEndpoint) -> None:
    """Go on where it stopped: with what waits, at once, and with every edition published meanwhile."""
    with transaction.atomic():
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(paused_at=None, pause_reason="", failing_since=None)
        _hasten(endpoint.deliveries.values_list("pk", flat=True))


def replay(deliveries: Sequence[int]) -> int:
    """Send these (by primary key) again, those given up too; returns how many. What is about to be sent stays as it is.

    Earlier editions of the same object that still wait go first.
    """
    ended = WebhookDelivery.objects.filter(pk__in=deliveries).exclude(state=DeliveryState.WAITING)
    with transaction.atomic():
        again = ended.update(state=DeliveryState.WAITING, attempts=0, due_at=timezone.now())
        return again + _hasten(deliveries)


def _hasten(deliveries: Iterable[int]) -> int:
    """What waits for a later attempt is due now. What is due within a lease may be under way, so it is left alone."""
    now = timezone.now()
    later = WebhookDelivery.objects.filter(pk__in=deliveries, state=DeliveryState.WAITING, due_at__gt=now + LEASE)
    return later.update(due_at=now, attempts=0)


def ping(endpoint: WebhookEndpoint) -> Reply:
    """Send a signed message of type `ping` now, whether it is paused or not. Nothing is kept of it."""
    now = timezone.now()
    body = webhook_messages.ping_body(now)
    headers = webhook_messages.headers(endpoint, f"msg_{uuid4().hex}", body, now=now)
    return post(endpoint.url, headers, body, seconds=TIME_LIMIT)


def post(url: str, headers: dict[str, str], body: bytes, *, seconds: float) -> Reply:
    try:
        answer = send("POST", url, body=body, headers=headers, seconds=seconds, most_bytes=MOST_BYTES)
    except TooLongError as error:
        answer = error.answer
    except OutgoingError as error:
        return Reply(None, _printable(str(error)))
    return Reply(answer.status, _printable(answer.body.decode(errors="replace")))


def _printable(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)[:1000]


def note_success(endpoints: set[int]) -> None:
    WebhookEndpoint.objects.filter(pk__in=endpoints, failing_since__isnull=False).update(failing_since=None)


def note_failure(pk: int, reply: Reply, *, now: datetime) -> None:
    """Remember since when it fails, and pause it when it is gone or dead. Call it within a transaction."""
    WebhookEndpoint.objects.filter(pk=pk, failing_since=None).update(failing_since=now)
    endpoint = WebhookEndpoint.objects.select_related("partner").filter(pk=pk).first()
    # Someone may have deleted it while the attempt was under way.
    if endpoint and (reason := _dead(endpoint, reply, now)):
        pause(endpoint, reason=reason, tell=True)


def _dead(endpoint: WebhookEndpoint, reply: Reply, now: datetime) -> str:
    if reply.status == 410:
        return "It answered 410 Gone."
    since = endpoint.failing_since
    if since is None:  # another worker's delivery was taken in between
        return ""
    if now - since > DEAD_AFTER:
        return f"It has taken nothing since {since:%Y-%m-%d %H:%M} UTC."
    given_up = endpoint.deliveries.filter(state=DeliveryState.FAILED, attempted_at__gte=since).count()
    if given_up >= MOST_GIVEN_UP:
        return f"{given_up} deliveries were given up since {since:%Y-%m-%d %H:%M} UTC."
    return ""


def _tell(endpoint: WebhookEndpoint, reason: str) -> None:
    text = (
        f"{settings.SITE_NAME} sends nothing more to {endpoint.url}.\n\n{reason}\n\n"
        "Nothing is lost: once the address answers again, tell us, and every change since then will be sent.\n"
    )
    try:
        subject = f"{settings.SITE_NAME}: webhook paused"
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [endpoint.partner.email])
    except OSError:  # also what a mail server refuses; deliveries to others must go on
        logger.exception("The partner %s could not be told that its webhook is paused.", endpoint.partner)
