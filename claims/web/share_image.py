"""The picture of a claim, for those who share its address."""

import hashlib
import threading

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.domain.record import Document
from claims.enums import Action
from claims.exchange.share_image import Picture, can_draw, draw
from claims.models import Edition
from claims.page_cache import tried
from claims.templatetags.ratings import step
from claims.web.current import claim_at, current_claim
from claims.web.reading import reading
from claims.web.translations import localised
from factcheck import __version__

A_WEEK = 7 * 24 * 3600
FOR_EVER = "public, max-age=31536000, immutable"
# One picture at a time in each process, so that a crowd that asks for many leaves processors to readers.
drawing = threading.Lock()
PATIENCE = 5  # seconds


@reading
def newest_image(request: HttpRequest, slug: str) -> HttpResponse:
    shown, editions = current_claim(slug)
    if editions and editions[0].slug != slug:
        return HttpResponsePermanentRedirect(reverse("web:claim-newest-image", args=[editions[0].slug]))
    if shown is None:
        raise Http404
    return HttpResponseRedirect(reverse("web:claim-image", args=[shown.slug, shown.edition.number]))


@reading
def image(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Of one edition, in the language of the address; it never changes. 404 if it cannot be drawn or was retracted."""
    shown = claim_at(slug, number)
    if shown is None or shown.editions[0].action == Action.RETRACTED:
        raise Http404
    picture = picture_of(localised(shown.document))
    if not can_draw(picture):
        raise Http404
    body = _drawn(shown.edition, picture)
    if body is None:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    return HttpResponse(body, content_type="image/png", headers={"Cache-Control": FOR_EVER})


def picture_of(document: Document) -> Picture:
    """Of a localised document."""
    verdict, speaker = document["verdict"], document["speaker"]
    roles = [f"{role['title']}, {role['organisation']['name']}" for role in speaker["roles"]]
    return Picture(
        claim=document["text"],
        speaker=speaker["name"],
        role="; ".join(roles),
        eyebrow=_("Our finding") if verdict else "",
        label=verdict["rating"]["label"] if verdict else _("Not reviewed yet"),
        step=step(verdict["rating"]) if verdict else None,
        is_reviewed=bool(verdict),
        site_name=settings.SITE_NAME,
    )


def _drawn(edition: Edition, picture: Picture) -> bytes | None:
    """None when others are being drawn for too long."""
    whole = f"{__version__} {edition.digest} {picture}"
    key = f"share-image-{hashlib.blake2b(whole.encode(), digest_size=20).hexdigest()}"
    kept: bytes | None = tried(lambda: cache.get(key))
    if kept is not None:
        return kept
    if not drawing.acquire(timeout=PATIENCE):
        return None
    try:
        body = draw(picture)
    finally:
        drawing.release()
    tried(lambda: cache.set(key, body, A_WEEK))
    return body
