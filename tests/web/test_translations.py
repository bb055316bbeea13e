"""Each reader gets their language where it is there, and is told where it is not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from claims.domain import publishing
from claims.domain.record import Document
from claims.models import Claim, PublishedEntity
from claims.models.together import together
from claims.web.names import named, names
from claims.web.translations import localised, read
from tests import factories
from tests.web.pages import get

CLAIM: Document = {
    "type": "claim",
    "language": "en",
    "text": "It is so.",
    "speaker": {"name": "Kim", "translations": [{"language": "ko", "name": "김"}], "roles": []},
    "verdict": {"summary": "It is not.", "rationale": "We looked."},
    "forecast": {"criterion": "It happens."},
    "translations": [{"language": "ko", "text": "그렇다.", "summary": "아니다.", "rationale": "", "criterion": ""}],
}


def _in(language: str, document: Document) -> Document:
    with translation.override(language):
        return localised(document)


def test_claim_in_its_own_language() -> None:
    shown = _in("en", CLAIM)

    assert (shown["text"], shown["text_language"], shown["original"]) == ("It is so.", "en", None)
    assert (shown["verdict"]["summary"], shown["verdict"]["summary_language"]) == ("It is not.", "en")
    assert shown["speaker"]["name"] == "Kim"


def test_claim_that_is_translated_in_part() -> None:
    shown = _in("ko", CLAIM)

    assert (shown["text"], shown["text_language"], shown["original"]) == ("그렇다.", "ko", "It is so.")
    assert shown["speaker"] == {"name": "김", "name_language": "ko", "name_original": "Kim", "roles": []}
    assert shown["verdict"] == {
        "summary": "아니다.",
        "summary_language": "ko",
        "rationale": "We looked.",
        "rationale_language": "en",
    }
    assert shown["forecast"] == {"criterion": "It happens.", "criterion_language": "en"}


def test_claim_that_nobody_translated() -> None:
    shown = _in("ar", CLAIM)

    assert (shown["text"], shown["text_language"], shown["original"]) == ("It is so.", "en", None)
    assert (shown["verdict"]["summary"], shown["verdict"]["summary_language"]) == ("It is not.", "en")
    assert shown["speaker"]["name"] == "Kim"


@pytest.mark.parametrize(
    ("original", "written", "shown"),
    [("ko", "ko", "It is so."), ("ko-KR", "ko", "It is so."), ("en", "ko-KR", "그렇다.")],
)
def test_claim_in_a_regional_language(original: str, written: str, shown: str) -> None:
    rows = [CLAIM["translations"][0] | {"language": written}]

    assert _in("ko", CLAIM | {"language": original, "translations": rows})["text"] == shown


def test_localised_leaves_the_document_alone() -> None:
    before = repr(CLAIM)

    _in("ko", CLAIM)

    assert repr(CLAIM) == before


def test_read_of_a_document_without_translations() -> None:
    text = '{"type":"topic","name":"Peace","description":""}'

    assert read(text) == {"type": "topic", "name": "Peace", "description": "", "description_language": "en"}


def test_speaker_keeps_the_name_that_is_translated_among_the_others() -> None:
    aliases = [{"name": "김", "language": None}, {"name": "Gim", "language": None}]
    document = {
        "type": "speaker",
        "name": "Kim",
        "aliases": aliases,
        "translations": [{"language": "ko", "name": "김"}],
    }

    shown = _in("ko", document)

    assert shown["name"] == "김"
    assert [alias["name"] for alias in shown["aliases"]] == ["Kim", "Gim"]


def _names() -> list[dict[str, str]]:
    (rows,) = together(named(PublishedEntity.objects.all()))
    return names(rows)


@pytest.mark.django_db
def test_names_in_the_language_of_the_page() -> None:
    topic = factories.TopicFactory.create(slug="peace", name="Peace")
    topic.translations.create(language="ko", name="평화")
    publishing.publish(topic, by="ed")

    assert _names() == [{"slug": "peace", "name": "Peace"}]
    with translation.override("ko"):
        assert _names() == [{"slug": "peace", "name": "평화"}]


@pytest.fixture
def translated(db: None) -> Claim:
    claim = factories.translated_claim(slug="so", text="It is so.")
    publishing.publish(claim, by="ed")
    return claim


def test_claim_page_in_a_language_that_it_has(client: Client, translated: Claim) -> None:
    page = get(client, "/ko/claims/so/")

    for text in (
        "주장 역",
        "요약 역",
        "이유 역",
        "기준 역",
        "사람 역",
        "직책 역",
        "기관 역",
        "주제 역",
        "판정 역",
        "정의 역",
        "시기 역",
        "발언 역",
        "위치 역",
        "인용 역",
        "설명글 역",
        "제목 역",
        "매체 역",
    ):
        assert text in page.text
    for original in ("during the week", "He said It is so. again.", "It is not.", "Source "):
        assert original in page.text
    assert page.text.count("편집부 번역") == 3
    assert page.all("h1") == [{"class": "claim__text", "lang": "ko", "dir": "auto"}]
    assert "번역문입니다. 원문 보기 (영어) It is so." in page.text
    # The second piece of evidence: its note alone is not translated.
    assert page.text.count("번역 없음 (영어)") == 1


def test_claim_page_in_a_language_that_it_lacks(client: Client, translated: Claim) -> None:
    page = get(client, "/ar/claims/so/")

    assert page.all("h1") == [{"class": "claim__text", "lang": "en", "dir": "auto"}]
    # Claim, finding, definition of the rating, rationale, criterion, and both notes.
    assert page.text.count("غير مترجم: باللغة الإنجليزيّة") == 7
    assert page.all("p", **{"class": "verdict__summary"}) == [
        {"class": "verdict__summary", "lang": "en", "dir": "auto"}
    ]
    assert " 역" not in page.text


def test_claim_page_keeps_quotations_to_the_letter(client: Client, translated: Claim) -> None:
    page = get(client, "/ko/claims/so/")

    passages = [str(link["href"]).partition("#")[2] for link in page.all("a") if "#:~:" in str(link.get("href"))]
    assert passages == [":~:text=It%20is%20not.", ":~:text=It%20is%20so.", ":~:text=It%20is%20so."]
    assert page.all("blockquote") == [{"class": "quotation", "lang": "en", "dir": "auto"}] * 3
    assert [p for p in page.all("p", lang="ko") if "class" not in p] == [{"lang": "ko", "dir": "auto"}] * 2


def test_source_page_in_a_language_that_it_has(client: Client, translated: Claim) -> None:
    source = translated.evidence.all()[0].source

    in_korean, in_arabic = (get(client, f"/{language}/sources/{source.slug}/") for language in ("ko", "ar"))

    assert in_korean.all("h1") == [{"lang": "ko", "dir": "auto"}]
    assert f"제목 역 {source.title}" in in_korean.text
    assert in_arabic.all("h1") == [{"lang": "en", "dir": "auto"}]
    assert "غير مترجم: باللغة الإنجليزيّة" in in_arabic.text


def test_page_of_the_site_in_a_language_that_it_has(client: Client, db: None) -> None:
    page = factories.PageFactory.create()
    page.translations.create(language="ko", title="우리는", body="우리는 *둘*입니다.")
    publishing.publish(page, by="ed")

    own, in_korean, in_arabic = (get(client, f"{front}/about/") for front in ("", "/ko", "/ar"))

    assert ("We are two" in own.text, "not translated" in own.text) == (True, False)
    assert in_korean.all("h1") == [{"lang": "ko", "dir": "auto"}]
    assert ("우리는 둘 입니다." in in_korean.text, "We are" in in_korean.text) == (True, False)
    assert in_arabic.all("h1") == [{"lang": "en", "dir": "auto"}]
    assert "غير مترجم: باللغة الإنجليزيّة" in in_arabic.text


def test_claim_page_in_the_language_of_the_newsroom(client: Client, translated: Claim) -> None:
    page = get(client, "/claims/so/")

    assert "not translated" not in page.text
    assert " 역" not in page.text


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/ko/", ["주장 역", "요약 역", "사람 역", "판정 역"]),
        ("/ko/claims/", ["주장 역", "요약 역", "판정 역", "척도 역", "주제 역"]),
        ("/ko/forecasts/", ["주장 역"]),
        ("/ko/search/?q=주장", ["주장</mark> 역", "사람 역", "판정 역", "주제 역"]),
        ("/ko/claims/so/embed/", ["주장 역", "사람 역", "판정 역"]),
        ("/ko/methodology/", ["척도 역"]),
        ("/ko/rating-scales/truth/", ["척도 역", "판정 역", "정의 역"]),
        ("/ko/claims/feed.json", ["주장 역", "요약 역", "사람 역", "판정 역"]),
    ],
)
def test_list_in_a_language_that_it_has(client: Client, translated: Claim, path: str, texts: list[str]) -> None:
    shown = client.get(path).content.decode()

    assert [text for text in texts if text not in shown] == []


def test_pages_of_what_is_named_in_a_language_that_it_has(client: Client, translated: Claim) -> None:
    speaker, topic = translated.speaker, translated.topics.all()[0]

    assert "사람 역 설명 역" in get(client, f"/ko/speakers/{speaker.slug}/").text
    assert "주제 역" in get(client, f"/ko/topics/{topic.slug}/").text


@pytest.mark.django_db
def test_hostile_translation_is_shown_as_text(client: Client) -> None:
    claim = factories.translated_claim(slug="so")
    claim.translations.update(text="<script>alert(1)</script>\u202e{{ x }}", summary="</p><img src=x onerror=y>")
    claim.speaker.translations.update(name="<b>%(name)s</b>")
    publishing.publish(claim, by="ed")

    page = get(client, "/ko/claims/so/")

    assert "<script>alert(1)</script>\u202e{{ x }}" in page.text
    assert "<b>%(name)s</b>" in page.text
    assert [image for image in page.all("img") if image.get("src") == "x"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("claims", [1, 3])
@pytest.mark.parametrize("path", ["/ko/", "/ko/claims/", "/ko/forecasts/", "/ko/corrections/"])
def test_list_asks_no_more_in_another_language(client: Client, path: str, claims: int) -> None:
    for _ in range(claims):
        publishing.publish(factories.full_claim(), by="ed")
    counted = _queries(client, path.removeprefix("/ko"))

    assert _queries(client, path) == counted


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)
