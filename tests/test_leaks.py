"""No public surface shows a value that is only the desk's. A new address is one line here: without it a test fails."""

import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from claims.domain import publishing, tips
from claims.models import (
    Claim,
    Edition,
    PublishedClaim,
    PublishedEntity,
    PublishedName,
    PublishedReference,
    SearchRow,
    Tip,
)
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = "never-for-readers"
# Whoever has the address of a tip is its sender, who reads the tip and what was answered, and nothing else of it.
TOKEN = "0" * 40
SENDERS = f"/tips/{TOKEN}/"
RECORD = {Edition, PublishedClaim, PublishedEntity, PublishedName, PublishedReference, SearchRow}
# Not surfaces of the record: the desk, and what answers when no address is meant.
OTHERS = ("admin/",)
UNKNOWN = {"api/", "^(?:v1alpha1|\\$discovery)/", "^(?P<path>.*)$"}
# Desk columns that hold an author's own words or notes; addresses, codes and keys cannot take the marker.
WORDS = {
    "internal_note", "text", "name", "title", "description", "summary", "rationale", "quotation", "prefix", "suffix",
    "body", "answer", "contact",
}  # fmt: skip


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
        "/", "/claims/", f"/claims/?q={SECRET}"[:11], "/forecasts/", "/corrections/", "/methodology/", "/verify/",
        "/forecasts/2019-02/", "/about/", "/about/editions/1/", "/tips/", SENDERS,
        "/robots.txt", "/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/1.xml", "/search/?q=so", "/healthz", "/readyz",
        "/api/v1/", "/api/v1/schema/", "/api/v1/docs/", "/api/v1/changes/", "/v1alpha1/claims:search?query=so",
        "/$discovery/rest?version=v1alpha1", "/oembed?url=http://testserver/claims/main/",
    ]  # fmt: skip
    claim = [f"/claims/main/{rest}" for rest in of_claim]
    return [*fixed, *feeds, *pages, *claim, *renditions, *api, *exports]


@pytest.fixture
def planted(db: None) -> Claim:
    """A public claim, corrected once; afterwards every word on the desk, and every note before, is the marker."""
    claim = factories.translated_claim(slug="main")
    factories.ClaimRelationFactory.create(claim=claim, target=factories.ClaimFactory.create(text=SECRET))
    page = factories.PageFactory.create(slug="about")
    tips.send("It is so.", "", contact="someone@a.example", sender="", token=TOKEN)
    Tip.objects.update(answer="Thank you.", claim=claim)
    _plant({"internal_note"})
    claim.refresh_from_db()
    publishing.publish(page, by=SECRET)
    publishing.publish(claim, by=SECRET)
    claim.verdict.summary = "It was not so."
    claim.verdict.save()
    publishing.correct(claim, by=SECRET, reason="A reason.")
    _plant(WORDS)
    return claim


def _plant(words: set[str]) -> None:
    """Write the marker into these columns of every desk table, where something stands or only editors look."""
    for model in apps.get_app_config("claims").get_models():
        columns = [field for field in model._meta.concrete_fields if field.name in words]
        for column in columns if model not in RECORD else ():
            for row in model._default_manager.all():
                if getattr(row, column.name) or column.name == "internal_note":
                    marked = f"{SECRET} {column.name} {row.pk}"[: column.max_length]
                    model._default_manager.filter(pk=row.pk).update(**{column.name: marked})


@pytest.mark.usefixtures("planted")
def test_nothing_of_the_desk_is_on_any_public_surface(client: Client) -> None:
    asked = [*addresses(), "/ko/", "/ko/claims/main/"]
    answers: dict[str, Any] = {address: client.get(address) for address in asked}

    bodies = {address: _plain(b"".join(answer)) for address, answer in answers.items()}
    leaks = [address for address, body in bodies.items() if SECRET.encode() in body and address != SENDERS]
    told = set(re.findall(rf"{SECRET} (\w+)", bodies[SENDERS].decode()))
    statuses = {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200}
    assert leaks == []
    assert told == {"text", "answer"}
    assert statuses == {"/claims/main/share.png": 302, "/claims/main.json": 302}
    assert Edition.objects.filter(author=SECRET).exists()
    assert not PublishedClaim.objects.filter(slug="main", edition__document__contains=SECRET).exists()


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
