"""Which editions an endpoint asked for: of its kinds, its actions, and the claims that its filter finds."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from claims.domain import indexing, projection, record
from claims.enums import RecordKind
from claims.models import Edition, PublishedClaim, PublishedReference, WebhookEndpoint

# The published claims that a query of the API's list finds; ValueError says what is wrong with it. Filters stand in a
# layer above this one, so whoever runs a worker hands them in.
ClaimsMatching = Callable[[str], QuerySet[PublishedClaim]]


def wanted(
    endpoint: WebhookEndpoint, editions: Sequence[Edition], claims_matching: ClaimsMatching
) -> Iterable[Edition]:
    """Those of `editions` that `endpoint` is to be told of. Raises ValueError for a filter that is not understood."""
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
    # In this order: what someone replaces between the two is not shown any more, so it is looked at by itself. The
    # other way round it would pass for shown, but not found.
    found = set(claims.filter(edition__in=sequences).values_list("edition_id", flat=True))
    shown = set(PublishedClaim.objects.filter(edition__in=sequences).values_list("edition_id", flat=True))
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
