"""What a page costs over the wire: its HTML and its style, compressed for a browser of today."""

from pathlib import Path

import pytest
from django.test import Client

from claims.compression import compressed
from claims.domain import demo, publishing
from claims.models import PublishedClaim
from tests import factories
from tests.web.pages import get

pytestmark = pytest.mark.django_db

STATIC = Path(__file__).resolve().parents[2] / "claims" / "static"
MOST = 60_000


def weight(client: Client, address: str) -> int:
    response = client.get(address, headers={"Accept-Encoding": "br"})
    page = get(client, address)
    files = [str(link["href"]).removeprefix("/static/") for link in page.all("link", rel="stylesheet")]
    files += [str(script["src"]).removeprefix("/static/") for script in page.all("script") if "src" in script]
    assert (response["Content-Encoding"], len(files) > 0) == ("br", True)
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
