"""Why something was corrected or retracted, in the language of the page."""

from html import unescape

import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.histories import changed
from tests.web.pages import get

REASON = {"ko": "표를 잘못 읽었습니다. <b>"}


@pytest.fixture
def translated(db: None) -> Claim:
    claim = factories.translated_claim(slug="so", text="It is so.")
    publishing.publish(claim, by="ed")
    return claim


@pytest.fixture
def corrected(translated: Claim) -> Claim:
    """Corrected once, which readers of Korean are told in Korean."""
    publishing.correct(changed(translated, text="It was so."), by="ed", reason="We misread it.", translations=REASON)
    return translated


@pytest.mark.parametrize(
    "path",
    [
        "claims/so/",
        "claims/so/editions/1/",
        "claims/so/compare/",
        "claims/so/embed/1/",
        "claims/so.jsonld",
        "corrections/",
        "corrections/feed.json",
        "",
    ],
)
def test_reason_of_a_correction_in_a_language_that_it_has(client: Client, corrected: Claim, path: str) -> None:
    own, korean, arabic = (unescape(client.get(f"/{front}{path}").content.decode()) for front in ("", "ko/", "ar/"))

    assert ("We misread it." in own, REASON["ko"] in own) == (True, False)
    assert ("We misread it." in korean, REASON["ko"] in korean) == (False, True)
    assert "We misread it." in arabic


def test_reason_of_a_correction_says_where_it_is_not_translated(client: Client, corrected: Claim) -> None:
    korean, arabic = (get(client, f"/{front}/corrections/") for front in ("ko", "ar"))

    assert korean.all("p", **{"class": "reason"}) == [{"class": "reason", "lang": "ko", "dir": "auto"}]
    assert arabic.all("p", **{"class": "reason"}) == [{"class": "reason", "lang": "en", "dir": "auto"}]
    assert "We misread it. غير مترجم: باللغة الإنجليزيّة" in arabic.text


def test_reason_of_a_retraction_in_a_language_that_it_has(client: Client, translated: Claim) -> None:
    publishing.retract(translated, by="ed", reason="It was a joke.", translations={"ko": "농담이었습니다."})

    page, card = (get(client, f"/ko/claims/so/{rest}", status=410).text for rest in ("", "embed/"))
    past = get(client, "/ko/claims/so/editions/1/").text

    assert ["농담이었습니다." in text for text in (page, card, past)] == [True] * 3
    assert "joke" not in page + card + past
