"""What to answer where nothing is public under a slug: it moved, it was retracted, or it never was."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from claims.domain.merging import successor
from claims.enums import Action, RecordKind
from claims.models import Edition


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
