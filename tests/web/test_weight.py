"""What a page costs over the wire: its HTML and its style, compressed for a browser of today."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.compression import compressed
from claims.domain import demo, publishing
from claims.models import PublishedClaim
from tests import factories
from tests.web.large_site import publish_much
from tests.web.pages import get

pytestmark = pytest.mark.django_db

STATIC = Path(__file__).resolve().parents[2] / "claims" / "static"
MOST = 60_000
WITH_HEAD = 3  # queries: two, and the one for the head of the record

# Of the site in large_site.py.
LARGE = [
    "/",
    "/claims/",
    "/claims/?speaker=much&topic=much&source=much",
    "/claims/much-299/",
    "/claims/much-1/",
    "/claims/much-299/editions/20/",
    "/claims/much-299/compare/?from=1&to=30",
    "/claims/much-299/?as_of=2100-01-01",
    "/speakers/much/",
    "/sources/much/",
    "/topics/much/",
    "/rating-scales/much-1/",
    "/forecasts/",
    "/forecasts/2019-03/",
    "/corrections/",
    "/methodology/",
    "/methodology/editions/1/",
    "/about/",
    "/corrections-policy/",
    "/privacy/",
    "/verify/",
    "/tips/",
    "/api/v1/docs/",
    "/ko/",
    "/ko/claims/",
    "/ar/speakers/much/",
]


def queries(client: Client, address: str) -> int:
    """How many a request costs that finds nothing in the cache."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        get(client, address)
    return len(captured)


def weight(client: Client, address: str) -> int:
    response = client.get(address, headers={"Accept-Encoding": "br"})
    page = get(client, address)
    files = [str(link["href"]).removeprefix("/static/") for link in page.all("link", rel="stylesheet")]
    files += [str(script["src"]).removeprefix("/static/") for script in page.all("script") if "src" in script]
    assert len(files) > 0
    # With a token of its own in it, a tip's form is not compressed, so that its length tells nothing of it.
    assert response.get("Content-Encoding") == (None if address == "/tips/" else "br")
    return len(response.content) + sum(len(compressed((STATIC / file).read_bytes(), "br")) for file in files)


def test_pages_of_the_demo_are_light(client: Client) -> None:
    demo.load()
    claims = [f"/claims/{slug}/" for slug in PublishedClaim.objects.values_list("slug", flat=True)]
    lists = ["/", "/claims/", "/forecasts/", "/corrections/", "/methodology/", "/verify/"]

    weights = {address: weight(client, address) for address in (*claims, *lists)}

    assert {address: weight for address, weight in weights.items() if weight > MOST} == {}


def test_page_of_a_claim_with_much_of_everything_is_light(client: Client) -> None:
    claim = factories.full_claim()
    paragraphs = [f"Paragraph {number}: we looked, and it was not there." for number in range(200)]
    claim.verdict.rationale = "\n\n".join(paragraphs)
    claim.verdict.save()
    for number in range(30):
        factories.EvidenceFactory.create(claim=claim, quotation=f"It is not {number}.")
        factories.AppearanceFactory.create(claim=claim, quotation=f"It is {number}.", position=10 + number)
    publishing.publish(claim, by="ed")

    assert weight(client, f"/claims/{claim.slug}/") <= MOST


def test_pages_of_a_large_site_are_light_and_cost_two_queries(client: Client) -> None:
    publish_much()

    weights = {address: weight(client, address) for address in [*LARGE, "/search/?q=much"]}
    counts = {address: queries(client, address) for address in LARGE}

    assert {address: weight for address, weight in weights.items() if weight > MOST} == {}
    assert {address: count for address, count in counts.items() if count > WITH_HEAD} == {}
