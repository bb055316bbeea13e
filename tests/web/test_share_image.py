from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from claims import fonts
from claims.domain import publishing
from claims.exchange.share_image import Picture, draw
from claims.models import Claim
from claims.web import share_image
from claims.web.translations import localised
from tests import factories
from tests.histories import changed
from tests.web.pages import get

NO_PAGE = "There is no page at this address"

pytestmark = pytest.mark.django_db


def test_image_of_the_newest_edition_is_found_below_the_claim(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    publishing.publish(changed(full_claim, text="Otherwise."), by="ed")

    response: Any = client.get(f"/claims/{full_claim.slug}/share.png")

    assert (response.status_code, response.url) == (302, f"/claims/{full_claim.slug}/editions/2/share.png")


def test_image_of_an_edition_never_changes(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    first = client.get(f"/claims/{full_claim.slug}/editions/1/share.png")

    publishing.publish(changed(full_claim, text="Otherwise."), by="ed")
    later = client.get(f"/claims/{full_claim.slug}/editions/1/share.png")
    second = client.get(f"/claims/{full_claim.slug}/editions/2/share.png")

    assert (first["Content-Type"], first["Cache-Control"]) == ("image/png", "public, max-age=31536000, immutable")
    assert Image.open(BytesIO(first.content)).size == (1200, 630)
    assert (later.content == first.content, second.content == first.content) == (True, False)


@pytest.mark.skipif(bool(fonts.missing_scripts()), reason="no fonts for Korean and Arabic are installed")
def test_image_is_in_the_language_of_its_address(client: Client) -> None:
    publishing.publish(factories.translated_claim(slug="so"), by="ed")

    fronts = ("", "/ko", "/ar")
    own, korean, arabic = (client.get(f"{front}/claims/so/editions/1/share.png").content for front in fronts)

    # In Arabic only what we say ourselves differs, since the claim is not translated.
    assert len({own, korean, arabic}) == 3
    with translation.override("ko"):
        picture = share_image.picture_of(localised(publishing.preview(Claim.objects.get(slug="so"))))
    assert picture == Picture(
        claim="주장 역",
        speaker="사람 역",
        role="직책 역, 기관 역",
        eyebrow="검증 결과",
        label="판정 역",
        step=1,
        is_reviewed=True,
        site_name="Factcheck",
    )
    assert korean == draw(picture)


def test_image_of_what_is_not_public(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    unknown = [f"/claims/{claim.slug}/editions/2/share.png", "/claims/never/share.png"]
    retracted = [f"/claims/{claim.slug}/editions/1/share.png", f"/claims/{claim.slug}/share.png"]

    pages = [get(client, address, status=404).text for address in unknown]
    publishing.retract(claim, by="ed", reason="It was a joke.")
    pages += [get(client, address, status=404).text for address in retracted]

    assert [NO_PAGE in text for text in pages] == [True] * 4


def test_image_where_none_can_be_drawn(client: Client, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "ImageFont", None)  # as where Pillow is not installed
    publishing.publish(claim, by="ed")

    assert NO_PAGE in get(client, f"/claims/{claim.slug}/editions/1/share.png", status=404).text


def test_image_while_others_are_drawn(client: Client, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_image, "PATIENCE", 0.01)
    publishing.publish(claim, by="ed")

    with share_image.drawing:
        response = client.get(f"/claims/{claim.slug}/editions/1/share.png")

    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_image_queries(client: Client, full_claim: Claim, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    publishing.publish(full_claim, by="ed")

    with django_assert_num_queries(2):  # head, editions with the document
        response = client.get(f"/claims/{full_claim.slug}/editions/1/share.png")

    assert response.content.startswith(b"\x89PNG")


def test_image_below_an_earlier_slug(client: Client, claim: Claim) -> None:
    publishing.publish(changed(claim, slug="old"), by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")

    moved: Any = client.get("/claims/old/share.png")

    assert (moved.status_code, moved.url) == (301, "/claims/new/share.png")
