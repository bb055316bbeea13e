"""Answers for a slug under which nothing is public: never was, was renamed, merged or retracted."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from rest_framework.request import Request

from claims.api.problems import ProblemError, not_found
from claims.domain import record
from claims.domain.merging import successor
from claims.enums import Action, RecordKind
from claims.models import Edition
from claims.web.public_address import public_address


def newest_edition(request: Request, kind: RecordKind, slug: str) -> Edition:
    """The newest edition of the object that has, or had, this slug. One query. Raises ProblemError."""
    newest = Edition.objects.of(kind, slug).defer("document").first()
    if newest is None:
        raise not_found(request.path)
    return newest


def elsewhere(request: Request, kind: RecordKind, slug: str) -> HttpResponse:
    newest = newest_edition(request, kind, slug)
    if found := successor(newest):
        return moved(request, found.slug)
    if newest.action == Action.RETRACTED:
        raise _retracted(request, newest)
    if newest.slug == slug:
        # It was published between our two queries, and was not there when we were asked.
        raise not_found(request.path)
    return moved(request, newest.slug)


def moved(request: Request, slug: str) -> HttpResponse:
    """To the same address with another slug."""
    match = request.resolver_match
    assert match is not None
    path = reverse(match.view_name, kwargs={**match.kwargs, "slug": slug})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(public_address(request, f"{path}?{query}" if query else path))


def _retracted(request: Request, newest: Edition) -> ProblemError:
    editions = reverse(f"api:{newest.kind}-editions", kwargs={"slug": newest.slug})
    return ProblemError(
        410,
        "retracted",
        "Retracted",
        newest.note,
        instance=request.path,
        editions=public_address(request, editions),
        retracted_at=record.timestamp(newest.published_at),
    )
