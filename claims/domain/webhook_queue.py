"""The queue of deliveries, which any number of workers on any number of machines share.

The record is the queue that publishing fills: each endpoint has a position in it, and workers turn the editions behind
it into deliveries. So publishing does nothing for webhooks, and no edition can be missed. A worker takes a delivery by
moving its `due_at` into the future, a lease: if it is killed, the time comes and another one takes it.
"""

import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from claims.domain import record, webhook_messages, webhooks
from claims.domain import webhook_pausing as pausing
from claims.domain.webhook_filtering import ClaimsMatching, wanted
from claims.domain.webhooks import Reply
from claims.enums import DeliveryState
from claims.models import Edition, WebhookDelivery, WebhookEndpoint

BATCH = 500
FILTERED_BATCH = 100  # looking at what was replaced keeps others from publishing, so not for long
# Seconds after the first, second, … failure; after one more it is given up.
WAITS = (5, 30, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
MOST_LASTING = 3  # attempts that last long, for each place: beyond them, none that fails is tried
JITTER = 0.2  # a part of the wait, either way, so that not everything comes back at one moment


def fan_out(claims_matching: ClaimsMatching) -> int:
    """Make deliveries of what was published since each active endpoint's position. Returns how many editions it saw."""
    head = record.head()
    behind = WebhookEndpoint.objects.filter(paused_at=None, position__lt=head).values_list("pk", flat=True)
    return sum(_fan_out_to(pk, head, claims_matching) for pk in behind)


def _fan_out_to(pk: int, head: int, claims_matching: ClaimsMatching) -> int:
    with transaction.atomic():
        # Another worker that is at it already is left to it.
        free = WebhookEndpoint.objects.select_for_update(skip_locked=True, of=("self",))
        endpoint = free.filter(pk=pk, paused_at=None).select_related("partner").first()
        if endpoint is None:
            return 0
        behind = Edition.objects.after(endpoint.position).filter(sequence__lte=head)
        editions = list(behind.defer("document", "note")[: FILTERED_BATCH if endpoint.filters else BATCH])
        try:
            asked = list(wanted(endpoint, editions, claims_matching))
        except ValueError as error:
            webhooks.pause(endpoint, reason=f"Its filter is not understood any more: {error}", tell=True)
            return 0
        _enqueue(endpoint, asked)
        endpoint.position = editions[-1].sequence if editions else endpoint.position
        endpoint.save(update_fields=["position"])
    return len(editions)


def _enqueue(endpoint: WebhookEndpoint, editions: Iterable[Edition]) -> None:
    now = timezone.now()
    rows = (WebhookDelivery(endpoint=endpoint, edition=edition, uid=edition.uid, due_at=now) for edition in editions)
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class Lease:
    """An attempt that this worker alone may make, if it begins in time."""

    delivery: WebhookDelivery
    headers: dict[str, str]
    body: bytes
    begin_by: float  # of the monotonic clock
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    lease: Lease
    reply: Reply | None  # None: it was too late to begin


def lease(free: int, *, concurrency: int, busy: Counter[int], lasting: Counter[int], seconds: float) -> list[Lease]:
    """Take up to `free` deliveries that are due, of each endpoint in its turn.

    `busy` counts the attempts that are under way here by endpoint, `lasting` those of them that last long and hold no
    place any more.
    """
    in_turn = _in_turn(concurrency, busy, lasting) if free else []  # looking takes no lock
    if not in_turn:
        return []
    taken: list[WebhookDelivery] = []
    with transaction.atomic():
        for at, (endpoint, room) in enumerate(in_turn):
            share = ceil((free - len(taken)) / (len(in_turn) - at))
            if share:
                taken += _candidates(endpoint)[: min(room, share)]
        until = timezone.now() + timedelta(seconds=2 * seconds)
        WebhookDelivery.objects.filter(pk__in=[delivery.pk for delivery in taken]).update(due_at=until)
    begin_by = time.monotonic() + seconds
    for delivery in taken:
        delivery.due_at = until
    return [_leased(delivery, begin_by, seconds) for delivery in taken]


def _in_turn(concurrency: int, busy: Counter[int], lasting: Counter[int]) -> list[tuple[int, int]]:
    """Endpoints for which something is due, and how many places more each may get: who has the fewest comes first.

    One gets three quarters of a worker at most. One that fails, or keeps us waiting at this moment, gets a single
    attempt at a time, and all that fail a quarter together: none that is slow or dead holds up the others.
    """
    due = WebhookDelivery.objects.due(timezone.now()).filter(endpoint=OuterRef("pk")).order_by("due_at")
    # A subquery with a limit, which PostgreSQL asks by the index of each; it would join an EXISTS with all that waits.
    active = WebhookEndpoint.objects.filter(paused_at=None).annotate(due=Subquery(due.values("due_at")[:1]))
    rows = list(active.values_list("pk", "failing_since", "due"))
    most = concurrency - concurrency // 4
    rooms = [
        (pk, (1 if since or lasting[pk] else most) - busy[pk], since is not None)
        for pk, since, due_at in rows
        if due_at
    ]
    random.shuffle(rooms)
    healthy = [(pk, room) for pk, room, fails in rooms if room > 0 and not fails]
    failing = [(pk, room) for pk, room, fails in rooms if room > 0 and fails]
    places = max(1, concurrency // 4) - sum(busy[pk] - lasting[pk] for pk, since, _ in rows if since)
    if lasting.total() >= MOST_LASTING * concurrency:
        places = 0
    in_turn = [*healthy, *failing[: max(0, places)]]
    random.shuffle(in_turn)  # so that of equals not always the same one is served
    return sorted(in_turn, key=lambda each: (busy[each[0]], each[1]))


def _leased(delivery: WebhookDelivery, begin_by: float, seconds: float) -> Lease:
    body = webhook_messages.body_of(delivery.edition, slug=delivery.slug)  # type: ignore[attr-defined]  # annotated
    identifier = webhook_messages.message_id(delivery.endpoint, delivery.edition_id)
    headers = webhook_messages.headers(delivery.endpoint, identifier, body, now=timezone.now())
    return Lease(delivery, headers, body, begin_by, seconds)


def _candidates(endpoint: int) -> QuerySet[WebhookDelivery]:
    """Locked; what another worker has locked is passed over. SQLite's transaction is a lock by itself."""
    due = WebhookDelivery.objects.due(timezone.now()).filter(endpoint=endpoint, endpoint__paused_at=None)
    newest = Edition.objects.filter(kind=OuterRef("edition__kind"), uid=OuterRef("uid")).order_by("-number")
    return (
        due.select_for_update(skip_locked=True, of=("self",))
        .select_related("endpoint", "edition")
        .annotate(slug=Subquery(newest.values("slug")[:1]))
        .order_by("due_at", "edition_id")
    )


def attempt(lease: Lease) -> Outcome:
    """Send it. Touches no database, so that threads may do it."""
    if time.monotonic() > lease.begin_by:
        return Outcome(lease, None)
    reply = webhooks.post(lease.delivery.endpoint.url, lease.headers, lease.body, seconds=lease.seconds)
    return Outcome(lease, reply)


def settle(outcomes: Iterable[Outcome]) -> None:
    """Put down what became of attempts, and pause endpoints that are gone or dead."""
    made = [(outcome.lease.delivery, outcome.reply) for outcome in outcomes if outcome.reply]
    if not made:
        return
    now = timezone.now()
    with transaction.atomic():
        for delivery, reply in made:
            _settle(delivery, reply)
        taken = {delivery.endpoint_id for delivery, reply in made if reply.is_taken}
        pausing.note_success(taken)
        made.sort(key=lambda each: each[1].is_gone)  # the last of an endpoint counts below
        failed = {
            delivery.endpoint_id: reply
            for delivery, reply in made
            if reply.is_gone or (not reply.is_taken and delivery.endpoint_id not in taken)
        }
        for pk, reply in sorted(failed.items()):
            pausing.note_failure(pk, reply, now=now)


def _settle(delivery: WebhookDelivery, reply: Reply) -> None:
    now = timezone.now()
    attempts = delivery.attempts + 1
    state, due_at = DeliveryState.DELIVERED, now
    if not reply.is_taken and attempts > len(WAITS):
        state = DeliveryState.FAILED
    elif not reply.is_taken:
        state = DeliveryState.WAITING
        wait = WAITS[attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (no secret)
        due_at = now + timedelta(seconds=wait)
    # Only under the lease that it was made under: who took it over since then has the say.
    WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, due_at=delivery.due_at).update(
        state=state,
        attempts=attempts,
        due_at=due_at,
        status=reply.status,
        answer=reply.text,
        attempted_at=now,
    )
