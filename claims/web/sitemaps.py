"""What search engines may read: `robots.txt`, and every public page in sitemaps.

A sitemap holds the objects that were first published within a span of sequences as long as a sitemap may be. So none
is too long, each costs the same wherever it lies, and an object stays in its sitemap for good.
"""

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from claims.enums import PageSlug, RecordKind
from claims.exchange.sitemaps import sitemap, sitemap_index
from claims.languages import front_pages
from claims.models import PublishedClaim, PublishedEntity
from claims.web.public_address import public_address
from claims.web.reading import reading

SPAN = 50_000  # addresses in one sitemap, as the protocol allows
LAST = 10**12  # no sequence is beyond it
LISTS = ("home", "claims", "forecasts", "corrections", "verify", "tips")
XML = "application/xml; charset=utf-8"
SLUG = "slug"
KINDS = [kind for kind in RecordKind.values if kind != RecordKind.PAGE]


@reading
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        # As many addresses as there are pairs of editions, or days; every state has an address of its own.
        *(f"Disallow: {path}{page}" for path in front_pages() for page in ("claims/*/compare/", "search/?")),
        "Disallow: /*?as_of=",
        "Disallow: /*?q=",
        "Disallow: /*&q=",
        # One for each language: below its own front page, every address is of its own pages.
        *(f"Sitemap: {public_address(request, path)}sitemap.xml" for path in front_pages()),
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@reading
def index(request: HttpRequest, span: int = SPAN) -> HttpResponse:
    """One short query for each sitemap and table, since those without any page are left out."""
    paths = [reverse("web:sitemap-lists")]
    paths += [reverse("web:sitemap", args=[number]) for number in _numbers(span)]
    return HttpResponse("".join(sitemap_index(public_address(request, path) for path in paths)), content_type=XML)


@reading
def lists(request: HttpRequest) -> HttpResponse:
    paths = [reverse(f"web:{name}") for name in LISTS]
    # Here whether the newsroom has published its own words or not, and so in no other sitemap.
    paths += [reverse("web:page", args=[slug]) for slug in PageSlug.values]
    return HttpResponse("".join(sitemap((public_address(request, path), None) for path in paths)), content_type=XML)


@reading
def pages(request: HttpRequest, number: int, span: int = SPAN) -> HttpResponse:
    """The objects first published in the `number`-th span of sequences, counted from 1."""
    if not 0 < number <= LAST // span:
        raise Http404
    found = list(_pages(request, (number - 1) * span + 1, number * span))
    if not found:
        raise Http404
    return HttpResponse("".join(sitemap(found)), content_type=XML)


def _numbers(span: int) -> Iterator[int]:
    """Numbers of the spans in which something lies that is public, in their order."""
    after = 0
    while (first := _first_after(after)) is not None:
        number = (first - 1) // span + 1
        yield number
        after = number * span


def _first_after(sequence: int) -> int | None:
    """The least first sequence of anything public beyond `sequence`."""
    claims = PublishedClaim.objects.filter(first_sequence__gt=sequence).order_by("first_sequence")
    entities = PublishedEntity.objects.filter(kind__in=KINDS, first_sequence__gt=sequence).order_by("first_sequence")
    nearest = [rows.values_list("first_sequence", flat=True).first() for rows in (claims, entities)]
    return min((first for first in nearest if first is not None), default=None)


def _pages(request: HttpRequest, first: int, last: int) -> Iterator[tuple[str, datetime]]:
    """Addresses with the time of the current edition."""
    within = {"first_sequence__gte": first, "first_sequence__lte": last}
    # Addresses differ in their slug alone: reversing each would take longer than all the rest.
    around = {kind: public_address(request, reverse(f"web:{kind}", args=[SLUG])) for kind in KINDS}
    ends = {kind: address.removesuffix(f"{SLUG}/") for kind, address in around.items()}
    claims = PublishedClaim.objects.filter(**within).order_by("first_sequence")
    for slug, changed in claims.values_list("slug", "edition__published_at"):
        yield f"{ends[RecordKind.CLAIM]}{slug}/", changed
    entities = PublishedEntity.objects.filter(kind__in=KINDS, **within).order_by("first_sequence")
    for kind, slug, changed in entities.values_list("kind", "slug", "edition__published_at"):
        yield f"{ends[kind]}{slug}/", changed
