"""What to answer where nothing is public under a slug: it moved, it was retracted, or it never was."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from claims.domain.merging import successor
from claims.enums import Action, RecordKind
from claims.filters import SLUGS, moved_slugs
from claims.models import Edition
from claims.models.together import Row, texts


def elsewhere(request: HttpRequest, kind: RecordKind, editions: Sequence[Edition]) -> HttpResponse:
    """301 to the present slug, or to that of what it was merged into; 410 with the reason of a retraction.

    Raises Http404 for what was never public. `editions` are those of the object that has or had the slug, the newest
    first.
    """
    if not editions:
        raise Http404
    if found := successor(editions[0]):
        return HttpResponsePermanentRedirect(reverse(f"web:{kind}", args=[found.slug]))
    if editions[0].action == Action.RETRACTED:
        return render_retracted(request, editions, status=410)
    return HttpResponsePermanentRedirect(reverse(f"web:{kind}", args=[editions[0].slug]))


def named_slugs(parameters: Mapping[str, Any]) -> dict[str, str]:
    """The filters of a list that name something by its slug, with it."""
    return {name: slug for name in SLUGS if (slug := str(parameters.get(name, ""))) and "\x00" not in slug}


def newest_named(slugs: Mapping[str, str]) -> "list[QuerySet[Any, Row]]":
    """Present slug and last action of what has or had each of these slugs, to be asked beside other things."""
    return [texts(Edition.objects.of(SLUGS[name], slug)[:1], "slug", "action") for name, slug in slugs.items()]


def moved_of(slugs: Mapping[str, str], newest: Sequence[Sequence[Row]]) -> dict[str, str]:
    """The filters that name something by a slug it had, with the one it has now; `newest` are rows of the above.

    It asks no more, unless something did move.
    """
    elsewhere = {}
    for (name, slug), rows in zip(slugs.items(), newest, strict=True):
        if any(present != slug or action == Action.RETRACTED for present, action, _ in rows):
            elsewhere[name] = slug
    return moved_slugs(elsewhere)


def moved_filters(request: HttpRequest, moved: dict[str, str]) -> HttpResponse:
    """301 to the same list or feed, with the slugs that what its filters name has now."""
    parameters = request.GET.copy()
    for name, slug in moved.items():
        parameters[name] = slug
    return HttpResponsePermanentRedirect(f"{request.path}?{parameters.urlencode()}")


def render_retracted(request: HttpRequest, editions: Sequence[Edition], *, status: int) -> HttpResponse:
    """The page of a retraction: `editions` has all editions of the object, the retraction first."""
    context = {"kind": RecordKind(editions[0].kind), "edition": editions[0], "editions": editions}
    return render(request, "410.html", context, status=status)
