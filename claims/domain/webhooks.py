"""Endpoints of partners: what may be done to one."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.domain import record, webhook_messages
from claims.domain.outgoing import CutOffError, OutgoingError, TooLongError, send
from claims.domain.reachable import parse, resolve
from claims.enums import DeliveryState
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.validators import FORBIDDEN

TIME_LIMIT = 15.0  # seconds that a receiver has for its answer
MOST_BYTES = 4096  # of an answer that are read
LEASE = timedelta(seconds=2 * TIME_LIMIT)  # an attempt begins within the first half, or not at all


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a request: the status of the answer and its beginning, or no status and the error."""

    status: int | None
    text: str

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == 410


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
        now = timezone.now()
        endpoint.rotated_before = webhook_messages.rotations(locked, now)
        endpoint.generation, endpoint.rotated_at = locked.generation + 1, now
        endpoint.save(update_fields=["generation", "rotated_at", "rotated_before"])
    return webhook_messages.secret(endpoint)


def pause(endpoint: WebhookEndpoint, *, reason: str, tell: bool = False) -> None:
    """Send it nothing more until it is resumed. With `tell`, a worker sends its partner an e-mail."""
    now = timezone.now()
    active = WebhookEndpoint.objects.filter(pk=endpoint.pk, paused_at=None)
    active.update(paused_at=now, pause_reason=reason[:300], tell_at=now if tell else None)


def resume(endpoint: WebhookEndpoint) -> None:
    """Go on where it stopped: with what waits and what was given up since it failed, at once, and with every edition
    published meanwhile.
    """
    with transaction.atomic():
        since = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk).failing_since
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
            paused_at=None, pause_reason="", failing_since=None, tell_at=None
        )
        missed = Q(state=DeliveryState.FAILED, attempted_at__gte=since) if since else Q()
        replay(endpoint.deliveries.filter(missed | Q(state=DeliveryState.WAITING)))


def replay(deliveries: QuerySet[WebhookDelivery]) -> int:
    """Send these again, those given up too; returns how many. What is about to be sent stays as it is.

    Earlier editions of the same object that still wait go first.
    """
    now = timezone.now()
    # What is due within a lease may be under way.
    again = deliveries.exclude(state=DeliveryState.WAITING, due_at__lte=now + LEASE)
    return again.update(state=DeliveryState.WAITING, attempts=0, due_at=now)


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
    except CutOffError as error:  # the status is what counts
        return Reply(error.answer.status, _printable(str(error)))
    except OutgoingError as error:
        return Reply(None, _printable(str(error)))
    return Reply(answer.status, _printable(answer.body.decode(errors="replace")))


def _printable(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)[:1000]
