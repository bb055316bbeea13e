"""A small card of a claim for other people's pages, and the oEmbed answer that tells them its code.

https://oembed.com/ (1.0). A card that was put into a page once always shows what holds now: a correction after that,
and a retraction.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import get_language_from_path, override

from claims.exchange.feeds import ILLEGAL
from claims.web.current import Shown, current_claim
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.sharing import CARD_HEIGHT, CARD_WIDTH, card_code, headline, image_address, site_of
from claims.web.translations import localised

Fields = dict[str, Any]

# As everywhere else, but that any page may frame a card, and that nothing in it can be sent.
CARD_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
NARROWEST = 300
FORMATS = ("json", "xml")


def _framed_anywhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = CARD_POLICY
        response.xframe_options_exempt = True  # as Django's decorator does
        return response

    return framed


@reading
@_framed_anywhere
def card(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """`number`: the edition that was current when the card was put where it is."""
    shown, editions = current_claim(slug)
    if not editions or (number is not None and not 0 < number <= editions[0].number):
        raise Http404
    newest = editions[0]
    if newest.slug != slug:
        return HttpResponsePermanentRedirect(_address(newest.slug, number))
    context = {"newest": newest, "address": public_address(request, reverse("web:claim", args=[newest.slug]))}
    if shown is None:
        return render(request, "claims/card.html", context, status=410)
    correction = shown.corrections[0] if shown.corrections else None
    context |= {
        "claim": localised(shown.document),
        "edition": shown.edition,
        "correction": correction,
        "since": bool(correction and number and correction.number > number),
    }
    return render(request, "claims/card.html", context)


def _address(slug: str, number: int | None) -> str:
    return reverse("web:claim-card-since", args=[slug, number]) if number else reverse("web:claim-card", args=[slug])


@reading
def oembed(request: HttpRequest) -> HttpResponse:
    """400 without `url`, 404 for an address that is no public claim of ours, 501 for a format that is not offered."""
    form = request.GET.get("format", "json")
    if form not in FORMATS:
        return _plain(f"There is no format “{form[:20]}”. There are: {', '.join(FORMATS)}.", 501)
    url = request.GET.get("url", "")
    if not url:
        return _plain("Say which claim is wanted: ?url= and its address, percent-encoded.", 400)
    try:
        width = min(int(request.GET.get("maxwidth") or CARD_WIDTH), CARD_WIDTH)
        height = int(request.GET.get("maxheight") or CARD_HEIGHT)
    except ValueError:
        return _plain("maxwidth and maxheight are whole numbers of pixels.", 400)
    fields = _fields(request, url, width) if width >= NARROWEST and height >= CARD_HEIGHT else None
    if fields is None:
        return _plain("No public claim is at this address, or it does not fit the size that was asked for.", 404)
    open_to_all = {"Access-Control-Allow-Origin": "*"}
    if form == "json":
        return JsonResponse(fields, headers=open_to_all)
    return HttpResponse(_xml(fields), content_type="text/xml; charset=utf-8", headers=open_to_all)


def _plain(problem: str, status: int) -> HttpResponse:
    return HttpResponse(f"{problem}\n", status=status, content_type="text/plain; charset=utf-8")


def _fields(request: HttpRequest, url: str, width: int) -> Fields | None:
    """In the language of the page that `url` names."""
    path = _path(request, url)
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        slug = _slug(path)
        shown, editions = current_claim(slug) if slug else (None, [])
        if shown is None and editions and editions[0].slug != slug:  # it moved
            shown, _ = current_claim(editions[0].slug)
        return _answer(request, shown, width) if shown else None


def _path(request: HttpRequest, url: str) -> str:
    """The path of an address of our own, "" for any other."""
    try:
        asked, ours = urlsplit(url), urlsplit(public_address(request, "/"))
        is_ours = asked.scheme in {"http", "https"} and asked.netloc.lower() == ours.netloc.lower()
    except ValueError:
        return ""
    return asked.path if is_ours and "\x00" not in asked.path else ""


def _slug(path: str) -> str:
    try:
        match: ResolverMatch = resolve(path)
    except Resolver404:
        return ""
    is_claim = match.view_name in {"web:claim", "web:claim-edition"}
    return str(match.kwargs["slug"]) if is_claim else ""


def _answer(request: HttpRequest, shown: Shown, width: int) -> Fields:
    site = site_of(request)
    fields: Fields = {
        "version": "1.0",
        "type": "rich",
        "title": headline(localised(shown.document)),
        "provider_name": site.name,
        "provider_url": site.address,
        "cache_age": 3600,
        "html": card_code(request, shown, width),
        "width": width,
        "height": CARD_HEIGHT,
    }
    image = image_address(request, shown)
    return fields | ({"thumbnail_url": image, "thumbnail_width": 1200, "thumbnail_height": 630} if image else {})


def _xml(fields: Fields) -> bytes:
    root = Element("oembed")
    for name, value in fields.items():
        SubElement(root, name).text = ILLEGAL.sub("", str(value))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
