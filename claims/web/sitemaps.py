"""What search engines may read: `robots.txt`, and every public page in sitemaps.

A sitemap holds the objects that were first published within a span of sequences as long as a sitemap may be. So none
is too long, each costs the same wherever it lies, and an object stays in its sitemap for good.

Each language has sitemaps of its own pages below its own front page, and each entry names the page in all of them.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, Max, OuterRef, Subquery, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from claims.enums import Action, PageSlug, RecordKind
from claims.exchange.sitemaps import Entry, sitemap, sitemap_index
from claims.languages import every_language, front_pages
from claims.models import Edition, PublishedClaim, PublishedEntity
from claims.web.public_address import public_address
from claims.web.reading import reading

SPAN = 50_000  # addresses in one sitemap, as the protocol allows
LAST = 10**12  # no sequence is beyond it
LISTS = ("home", "claims", "forecasts", "corrections", "verify", "tips")
XML = "application/xml; charset=utf-8"
SLUG = "slug"
LISTS_PART = 0  # stands for the sitemap of lists and of our own pages among the numbers of the others
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
    """Of the sitemaps in which anything is, each with the time of the last change in it."""
    newest = _newest(span)
    paths = {LISTS_PART: reverse("web:sitemap-lists")}
    paths |= {number: reverse("web:sitemap", args=[number]) for number in sorted(newest) if number != LISTS_PART}
    entries = (Entry(public_address(request, path), newest.get(number)) for number, path in paths.items())
    return HttpResponse("".join(sitemap_index(entries)), content_type=XML)


@reading
def lists(request: HttpRequest) -> HttpResponse:
    # Here whether the newsroom has published its own words or not, and so in no other sitemap.
    own = PublishedEntity.objects.filter(kind=RecordKind.PAGE).values_list("slug", "edition__published_at")
    changed = dict(own)
    views = [*((f"web:{name}", []) for name in LISTS), *(("web:page", [slug]) for slug in PageSlug.values)]
    entries = (
        Entry(
            public_address(request, reverse(view, args=slug)),
            changed.get("".join(slug)),
            [(code, public_address(request, path)) for code, path in every_language(view, *slug)],
        )
        for view, slug in views
    )
    return HttpResponse("".join(sitemap(entries)), content_type=XML)


@reading
def pages(request: HttpRequest, number: int, span: int = SPAN) -> HttpResponse:
    """The objects first published in the `number`-th span of sequences, counted from 1."""
    if not 0 < number <= LAST // span:
        raise Http404
    found = list(_pages(request, (number - 1) * span + 1, number * span))
    if not found:
        raise Http404
    return HttpResponse("".join(sitemap(found)), content_type=XML)


def _newest(span: int) -> dict[int, datetime]:
    """When something last changed in each sitemap that holds anything, by its number; LISTS_PART: in our own pages.

    Three queries, however many sitemaps: time goes on with the sequence, so the newest edition is the one that counts.
    """
    part = ExpressionWrapper((F("first_sequence") - 1) / span + 1, BigIntegerField())
    of_entities = Case(When(kind=RecordKind.PAGE, then=Value(LISTS_PART)), default=part, output_field=BigIntegerField())
    claims = PublishedClaim.objects.order_by().values(part=part).annotate(newest=Max("edition_id"))
    entities = PublishedEntity.objects.order_by().values(part=of_entities).annotate(newest=Max("edition_id"))
    newest: dict[int, int] = {}
    for row in claims.union(entities, all=True).order_by():
        newest[row["part"]] = max(row["newest"], newest.get(row["part"], 0))
    for number, sequence in _taken_away(span):
        if number in newest:
            newest[number] = max(sequence, newest[number])
    times = dict(Edition.objects.filter(pk__in=newest.values()).values_list("pk", "published_at"))
    return {number: times[sequence] for number, sequence in newest.items()}


def _taken_away(span: int) -> Iterator[tuple[int, int]]:
    """Of each retraction, which changes a sitemap too: the number of the sitemap and its sequence."""
    first = Edition.objects.filter(kind=OuterRef("kind"), uid=OuterRef("uid"), number=1).values("sequence")
    # Excluded, not included: of the kinds there is an index, too, which would lead through all editions.
    retracted = Edition.objects.with_reason().filter(action=Action.RETRACTED).exclude(kind=RecordKind.PAGE)
    rows = retracted.annotate(first=Subquery(first)).order_by("sequence").values_list("sequence", "first")
    for sequence, begun in rows:
        yield (begun - 1) // span + 1, sequence


def _pages(request: HttpRequest, first: int, last: int) -> Iterator[Entry]:
    """Addresses with the time of the current edition."""
    within = {"first_sequence__gte": first, "first_sequence__lte": last}
    around = {kind: _around(request, kind) for kind in KINDS}
    claims = PublishedClaim.objects.filter(**within).order_by("first_sequence")
    for slug, changed in claims.values_list("slug", "edition__published_at"):
        yield _entry(around[RecordKind.CLAIM], slug, changed)
    entities = PublishedEntity.objects.filter(kind__in=KINDS, **within).order_by("first_sequence")
    for kind, slug, changed in entities.values_list("kind", "slug", "edition__published_at"):
        yield _entry(around[kind], slug, changed)


def _around(request: HttpRequest, kind: str) -> tuple[str, list[tuple[str, str]]]:
    """What addresses of a kind begin with, here and in every language: reversing each would take longer than all."""
    paths = [("", reverse(f"web:{kind}", args=[SLUG])), *every_language(f"web:{kind}", SLUG)]
    (_, here), *versions = [(code, public_address(request, path).removesuffix(f"{SLUG}/")) for code, path in paths]
    return here, versions


def _entry(around: tuple[str, list[tuple[str, str]]], slug: str, changed: datetime) -> Entry:
    here, versions = around
    return Entry(f"{here}{slug}/", changed, [(code, f"{before}{slug}/") for code, before in versions])
