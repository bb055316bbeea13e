"""The queue of deliveries, which any number of workers on any number of machines share.

The record is the queue that publishing fills: each endpoint has a position in it, and workers turn the editions behind
it into deliveries. So publishing does nothing for webhooks, and no edition can be missed. A worker takes a delivery by
moving its `due_at` into the future, a lease: if it is killed, the time comes and another one takes it.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from claims.domain import indexing, projection, record, webhook_messages, webhooks
from claims.domain.webhooks import Reply
from claims.enums import DeliveryState, RecordKind
from claims.models import Edition, PublishedClaim, PublishedReference, WebhookDelivery, WebhookEndpoint

BATCH = 500
FILTERED_BATCH = 100  # looking at what was replaced keeps others from publishing, so not for long
# Seconds after the first, second, … failure; after one more it is given up.
WAITS = (5, 30, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
JITTER = 0.2  # a part of the wait, either way, so that not everything comes back at one moment

# The published claims that a query of the API's list finds; ValueError says what is wrong with it. Filters stand in a
# layer above this one, so whoever runs a worker hands them in.
ClaimsMatching = Callable[[str], QuerySet[PublishedClaim]]


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
            wanted = list(_wanted(endpoint, editions, claims_matching))
        except ValueError as error:
            webhooks.pause(endpoint, reason=f"Its filter is not understood any more: {error}", tell=True)
            return 0
        _enqueue(endpoint, wanted)
        endpoint.position = editions[-1].sequence if editions else endpoint.position
        endpoint.save(update_fields=["position"])
    return len(editions)


def _enqueue(endpoint: WebhookEndpoint, editions: Iterable[Edition]) -> None:
    now = timezone.now()
    rows = (WebhookDelivery(endpoint=endpoint, edition=edition, uid=edition.uid, due_at=now) for edition in editions)
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def _wanted(
    endpoint: WebhookEndpoint, editions: Sequence[Edition], claims_matching: ClaimsMatching
) -> Iterable[Edition]:
    asked = [
        edition
        for edition in editions
        if edition.kind in (endpoint.kinds or [edition.kind])
        and edition.action in (endpoint.actions or [edition.action])
    ]
    if not endpoint.filters:
        return asked
    claims = claims_matching(endpoint.filters)
    return _filtered(endpoint, [edition for edition in asked if edition.kind == RecordKind.CLAIM], claims)


def _filtered(
    endpoint: WebhookEndpoint, editions: Sequence[Edition], claims: QuerySet[PublishedClaim]
) -> Iterable[Edition]:
    """Editions in which a claim is found by the filter, and all later ones of it.

    Whoever was told of a claim hears also that it was retracted, or changed so that the filter finds it no more.
    """
    sequences = [edition.sequence for edition in editions]
    told = _told(endpoint, editions)
    shown = set(PublishedClaim.objects.filter(edition__in=sequences).values_list("edition_id", flat=True))
    found = set(claims.filter(edition__in=sequences).values_list("edition_id", flat=True))
    for edition in editions:
        if edition.uid not in told and (
            edition.sequence in found or (edition.sequence not in shown and _was_found(edition, claims))
        ):
            told.add(edition.uid)
        if edition.uid in told:
            yield edition


def _told(endpoint: WebhookEndpoint, editions: Sequence[Edition]) -> set[UUID]:
    uids = {edition.uid for edition in editions}
    return set(endpoint.deliveries.filter(uid__in=uids).values_list("uid", flat=True))


def _was_found(edition: Edition, claims: QuerySet[PublishedClaim]) -> bool:
    """Whether the filter found the claim in this edition, which a newer one has replaced already.

    The projection is put back to it for a moment that nobody else sees: filters are queries, so they need rows.
    """
    try:
        with record.writing():
            shown = PublishedClaim.objects.filter(uid=edition.uid)
            indexing.forget(list(shown.values_list("pk", flat=True)))
            PublishedReference.objects.filter(referrer__in=shown.values("pk")).delete()
            shown.delete()
            projection.project([Edition.objects.get(pk=edition.pk)])
            found = claims.filter(edition=edition.pk).exists()
            transaction.set_rollback(True)
    except IntegrityError:  # another claim has its slug now: rather told once too often than not at all
        return True
    return found


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


def lease(free: int, *, concurrency: int, busy: Counter[int], seconds: float) -> list[Lease]:
    """Take up to `free` deliveries that are due; `busy` counts those under way here by endpoint.

    One endpoint gets three quarters of a worker at most, and one that fails a single place, so that none that is
    slow or dead keeps the others waiting.
    """
    if not free or not _due().exists():  # looking takes no lock
        return []
    most = {False: concurrency - concurrency // 4, True: 1}
    taken: list[WebhookDelivery] = []
    count = Counter(busy)
    with transaction.atomic():
        for failing, limit in most.items():
            full = [pk for pk, number in count.items() if number >= limit]
            for delivery in _candidates(failing=failing, full=full)[: 2 * free]:
                if len(taken) < free and count[delivery.endpoint_id] < limit:
                    count[delivery.endpoint_id] += 1
                    taken.append(delivery)
        until = timezone.now() + timedelta(seconds=2 * seconds)
        WebhookDelivery.objects.filter(pk__in=[delivery.pk for delivery in taken]).update(due_at=until)
    begin_by = time.monotonic() + seconds
    for delivery in taken:
        delivery.due_at = until
    return [_leased(delivery, begin_by, seconds) for delivery in taken]


def _leased(delivery: WebhookDelivery, begin_by: float, seconds: float) -> Lease:
    body = webhook_messages.body_of(delivery.edition)
    identifier = webhook_messages.message_id(delivery.endpoint, delivery.edition_id)
    headers = webhook_messages.headers(delivery.endpoint, identifier, body, now=timezone.now())
    return Lease(delivery, headers, body, begin_by, seconds)


def _due() -> QuerySet[WebhookDelivery]:
    """What may be attempted now: nothing whose object has an earlier edition that still waits."""
    earlier = WebhookDelivery.objects.filter(
        endpoint=OuterRef("endpoint"), uid=OuterRef("uid"), state=DeliveryState.WAITING, edition__lt=OuterRef("edition")
    )
    return WebhookDelivery.objects.filter(
        ~Exists(earlier), state=DeliveryState.WAITING, due_at__lte=timezone.now(), endpoint__paused_at=None
    )


def _candidates(*, failing: bool, full: list[int]) -> QuerySet[WebhookDelivery]:
    """Locked; what another worker has locked is passed over. SQLite's transaction is a lock by itself."""
    due = _due().filter(endpoint__failing_since__isnull=not failing).exclude(endpoint__in=full)
    return (
        due.select_for_update(skip_locked=True, of=("self",))
        .select_related("endpoint", "edition")
        .order_by("due_at", "edition")
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
        webhooks.note_success(taken)
        failed = {delivery.endpoint_id: reply for delivery, reply in made if delivery.endpoint_id not in taken}
        for pk, reply in sorted(failed.items()):
            webhooks.note_failure(pk, reply, now=now)


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
