"""No public surface shows a value that is only the desk's. A new address is one line here: without it a test fails."""

import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from claims.domain import import_runs, partners, publishing, tips
from claims.enums import KeyScope
from claims.models import (
    Claim,
    Edition,
    ImportFinding,
    KeyUsage,
    PublishedClaim,
    PublishedEntity,
    RateWindow,
    RatingMapping,
    Tip,
    WebhookDelivery,
)
from tests import factories
from tests.planting import MARKER, YEAR, columns, desk_models, plant

pytestmark = pytest.mark.django_db

# Whoever has the address of a tip is its sender, who reads the tip and what was answered, and nothing else of it.
# As a word that begins: digests and identifiers have any four digits in them now and then.
MARKED = re.compile(rb"%b|(?<![-\w])%b\b" % (MARKER.encode(), YEAR.encode()))
TOKEN = "0" * 40
SENDERS = f"/tips/{TOKEN}/"
# Not surfaces of the record: the desk, and what answers when no address is meant.
OTHERS = ("admin/",)
UNKNOWN = {"api/", "^(?:v1alpha1|\\$discovery)/", "^(?P<path>.*)$"}
ACCEPTED = ["", "text/html", "application/ld+json", "text/markdown", "application/json"]
# Beginnings, since a page repeats what was asked for.
SEARCHES = [
    f"{path}{MARKER[:-3]}*" for path in ("/search/?q=", "/claims/?q=", "/api/v1/claims/?q=", "/api/v1/speakers/?q=")
]
OF_CLAIM = ("", "editions/1/", "editions/2/", "?as_of=9999-12-31", "embed/", "compare/?from=1&to=2")
GONE = [f"/claims/gone/{rest}" for rest in OF_CLAIM]
GONE += [f"/api/v1/claims/gone/{rest}" for rest in ("", "editions/", "editions/1/", "editions/2/")]


def addresses() -> list[str]:
    """An address for each route that a stranger can reach, by what is public."""
    entities = {row.kind: row.slug for row in PublishedEntity.objects.all()}
    plurals = {"speaker": "speakers", "source": "sources", "topic": "topics", "rating-scale": "rating-scales"}
    plurals |= {"page": "pages"}
    kinds = {"claims": "main"} | {plurals[kind]: slug for kind, slug in entities.items()}
    api = [
        f"/api/v1/{kind}/{rest}"
        for kind, slug in kinds.items()
        for rest in ("", f"{slug}/", f"{slug}/editions/", f"{slug}/editions/1/")
    ]
    names = [*kinds, "editions"]
    forms = ("ndjson", "ndjson.gz", "csv", "csv.gz", "xlsx")
    exports = [f"/api/v1/exports/{name}.{form}" for name in names for form in forms]
    exports += [f"/api/v1/exports/claimreviews.json{end}" for end in ("", ".gz")]
    pages = [f"/{kind}/{slug}/" for kind, slug in kinds.items() if kind != "pages"]
    of_claim = ["editions/1/", "compare/?from=1&to=2", "?as_of=9999-12-31", "embed/", "embed/1/"]
    of_claim += ["share.png", "editions/2/share.png"]
    renditions = [f"/claims/main.{suffix}" for suffix in ("jsonld", "md", "json")]
    feeds = [f"/{kind}/feed.{form}" for kind in ("claims", "corrections") for form in ("atom", "json")]
    fixed = [
        "/", "/claims/", "/claims/?q=s", "/forecasts/", "/corrections/", "/methodology/", "/verify/",
        "/forecasts/2019-02/", "/about/", "/about/editions/1/", "/tips/", SENDERS,
        "/robots.txt", "/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/1.xml", "/search/?q=so", "/healthz", "/readyz",
        "/api/v1/", "/api/v1/schema/", "/api/v1/docs/", "/api/v1/changes/", "/v1alpha1/claims:search?query=so",
        "/$discovery/rest?version=v1alpha1", "/oembed?url=http://testserver/claims/main/",
    ]  # fmt: skip
    claim = [f"/claims/main/{rest}" for rest in of_claim]
    return [*fixed, *feeds, *pages, *claim, *renditions, *api, *exports]


@pytest.fixture
def planted(db: None) -> set[str]:
    """A public claim, corrected once, and a retracted one; afterwards every text on the desk is a marker.

    Returns the columns that were marked.
    """
    factories.number_anew()
    claim, gone = factories.translated_claim(slug="main"), factories.translated_claim("ar", slug="gone")
    factories.ClaimRelationFactory.create(claim=claim, target=factories.ClaimFactory.create(text=MARKER))
    page = factories.PageFactory.create(slug="about")
    page.translations.create(language="ko", title="소개", body="우리는 누구인가.")
    tips.send("It is so.", "", contact="someone@a.example", sender="", token=TOKEN)
    Tip.objects.update(answer="Thank you.", claim=claim)
    plant("internal_note")
    for item in (page, claim, gone):
        item.refresh_from_db()
        publishing.publish(item, by=MARKER)
    publishing.retract(gone, by=MARKER, reason="It was never said.")
    claim.verdict.summary = "It was not so."
    claim.verdict.save()
    publishing.correct(claim, by=MARKER, reason="A reason.")
    _begin_more(claim)
    return plant()


def _begin_more(claim: Claim) -> None:
    """Rows that are there since the publication, and some in every table of the desk."""
    factories.AttributionLinkFactory.create(appearance__claim=claim)
    factories.EvidenceFactory.create(claim=claim, quotation="More.")
    factories.ExternalReviewFactory.create(claim=claim)
    factories.AffiliationFactory.create(speaker=claim.speaker)
    factories.full_claim(slug="draft", speaker=claim.speaker)
    claim.topics.add(factories.TopicFactory.create())
    claim.speaker.aliases.create(name="More")
    claim.translations.create(language="ar", text="More")
    factories.UserFactory.create()
    endpoint = factories.WebhookEndpointFactory.create()
    edition = Edition.objects.latest()
    WebhookDelivery.objects.create(endpoint=endpoint, edition=edition, uid=edition.uid, due_at=edition.published_at)
    key, _ = partners.create_key(endpoint.partner, name="Mirror", scopes=[KeyScope.READ], rate=1)
    KeyUsage.objects.create(key=key, day=edition.published_at.date())
    RateWindow.objects.create(subject="x", minute=1)
    run = import_runs.begin("file", form="csv", digest="0" * 64, by="ed", publish=False)
    ImportFinding.objects.create(run=run, row=1, field="text", value="x", message="x")
    RatingMapping.objects.create(publisher="P", words="W", rating=factories.rating("false"))


def test_every_text_of_the_desk_is_marked(planted: set[str]) -> None:
    """A new model or column is marked by itself, unless no row of it is made above."""
    assert planted == {f"{model.__name__}.{field.name}" for model in desk_models() for field in columns(model)}


@pytest.mark.usefixtures("planted")
def test_nothing_of_the_desk_is_on_any_public_surface(client: Client) -> None:
    pages = [address for address in addresses() if not address.startswith("/api/")]
    asked = [(address, "") for address in [*addresses(), *SEARCHES, *GONE]]
    asked += [
        (address, accept)
        for address in [*pages, *GONE, "/ko/", "/ko/about/", "/ko/claims/main/"]
        for accept in ACCEPTED
    ]
    statuses, leaks = {}, []
    for address, accept in asked:
        answer: Any = client.get(address, headers={"accept": accept} if accept else {})
        statuses[address] = answer.status_code
        body = b"" if address.endswith(".png") else _plain(b"".join(answer))
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
        told = body + str(headers).encode()
        if MARKED.search(told) and address != SENDERS:
            leaks.append((address, accept))

    assert leaks == []
    others = {address: status for address, status in statuses.items() if status != 200}
    gone = {address: 410 for address in GONE if "editions/" not in address and "compare/" not in address}
    assert others == {"/claims/main/share.png": 302, "/claims/main.json": 302} | gone
    assert Edition.objects.filter(author=MARKER).exists()
    assert not PublishedClaim.objects.filter(slug="main", edition__document__contains=MARKER).exists()


@pytest.mark.usefixtures("planted")
def test_sender_of_a_tip_reads_the_tip_and_the_answer(client: Client) -> None:
    body = client.get(SENDERS).content.decode()

    assert set(re.findall(rf"{MARKER}-(\w+-\w+)", body)) == {"tip-text", "tip-url", "tip-answer"}


def _plain(body: bytes) -> bytes:
    if body.startswith(b"PK"):  # a spreadsheet is a ZIP archive
        with ZipFile(BytesIO(body)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


@pytest.mark.usefixtures("planted")
def test_every_route_is_looked_at() -> None:
    looked_at = {resolve(address.partition("?")[0]).route for address in addresses()}

    assert set(_routes(get_resolver())) - looked_at - UNKNOWN == set()


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if route.startswith(OTHERS):
            continue
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern, route)
