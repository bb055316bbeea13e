import pytest
from django.test import Client

from claims.models import Claim, ClaimTranslation
from tests import factories
from tests.admin.forms import complaints, path, row, save

pytestmark = pytest.mark.django_db


def test_translate_a_claim(desk: Client, claim: Claim) -> None:
    save(desk, path("claim", "change", claim.pk), **row("translations", language="ko", text="그렇다."))

    assert [(item.language, item.text, item.summary) for item in claim.translations.all()] == [("ko", "그렇다.", "")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"language": "ko"}, ["Translate something, or leave this language out."]),
        ({"language": "Korean!", "text": "그렇다."}, ["Write a language tag such as en, ko or pt-BR (BCP 47)."]),
        ({"text": "그렇다."}, ["This field is required."]),
    ],
)
def test_translate_a_claim_with_a_mistake(
    desk: Client, claim: Claim, values: dict[str, str], expected: list[str]
) -> None:
    page = save(desk, path("claim", "change", claim.pk), **row("translations", **values))

    assert complaints(page) == expected
    assert ClaimTranslation.objects.count() == 0


def test_translate_a_claim_twice_into_one_language(desk: Client, claim: Claim) -> None:
    claim.translations.create(language="ko", text="그렇다.")
    second = {"translations-TOTAL_FORMS": 2, "translations-1-language": "ko", "translations-1-text": "x"}

    page = save(desk, path("claim", "change", claim.pk), **second)

    assert complaints(page)[0] == "There is already a translation into this language."
    assert claim.translations.get().text == "그렇다."


@pytest.mark.parametrize("kind", ["speaker", "topic"])
def test_translate_a_name(desk: Client, claim: Claim, kind: str) -> None:
    item = claim.speaker if kind == "speaker" else factories.TopicFactory.create()

    save(desk, path(kind, "change", item.pk), **row("translations", language="ko", name="김"))

    assert item.translations.get().name == "김"


def test_translate_a_source(desk: Client) -> None:
    source = factories.SourceFactory.create()

    save(desk, path("source", "change", source.pk), **row("translations", language="ko", title="제목", publisher=""))

    assert [(item.title, item.publisher) for item in source.translations.all()] == [("제목", "")]


def test_translate_a_page(desk: Client) -> None:
    page = factories.PageFactory.create()

    save(
        desk,
        path("page", "change", page.pk),
        **row("translations", language="ko", title="우리", body="# 둘\r\n입니다."),
    )

    assert page.translations.get().body == "# 둘\n입니다."


def test_translate_a_quotation_on_the_page_of_its_appearance(desk: Client) -> None:
    said = factories.AppearanceFactory.create()
    translated = row("translations", language="ko", quotation="그렇다.")

    saved = save(desk, path("appearance", "change", said.pk), **translated)

    assert saved["Location"] == path("claim", "change", said.claim.pk)
    assert said.translations.get().quotation == "그렇다."
