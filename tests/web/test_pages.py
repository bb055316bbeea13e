import re

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.domain.default_pages import TEXTS
from claims.enums import PageSlug
from tests import factories
from tests.histories import changed
from tests.web.pages import get
from tests.web.test_hostile import HOSTILE, SECRET, assert_harmless

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
@pytest.mark.parametrize("slug", PageSlug.values)
def test_page_has_a_default_text(client: Client, slug: str, language: str) -> None:
    front = "" if language == "en" else f"/{language}"

    page = get(client, f"{front}/{slug}/")

    with translation.override(language):
        assert f"<title>{PageSlug(slug).label} – Factcheck</title>" in page.html
    assert page.all("h1") == [{"lang": language, "dir": "auto"}]
    assert "{site_name}" not in page.html
    assert page.all("link", rel="canonical", href=f"http://testserver{front}/{slug}/") != []
    assert [link for link in page.links() if link.startswith("/") and get(client, link).open] == []


@pytest.mark.parametrize("language", ["ko", "ar"])
def test_default_texts_say_the_same_in_every_language(language: str) -> None:
    """The same headings, paragraphs, points, links and emphasis, in the same order."""
    shape = re.compile(r"^#|^- |\]\([^)]*\)|\*\*|\n\n|\{site_name\}", re.MULTILINE)
    shapes = {
        path.name: [shape.findall((TEXTS / code / path.name).read_text("utf-8")) for code in ("en", language)]
        for path in (TEXTS / "en").iterdir()
    }

    assert sorted(shapes) == sorted(f"{slug}.md" for slug in PageSlug.values)
    assert [name for name, (english, other) in shapes.items() if english != other] == []


def test_page_in_the_words_of_the_newsroom_has_no_default_text_in_other_languages(client: Client) -> None:
    publishing.publish(factories.PageFactory.create(), by="ed")

    page = get(client, "/ko/about/")

    assert ("We are two" in page.text, "믿으실" in page.text) == (True, False)
    assert "번역 없음 (영어)" in page.text


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("/about/", "/ko/about/"),
        ("/ar/about/", "/ar/about/"),
        ("/ko/about/", "/ko/about/"),
        ("/api/v1/docs/", "/api/v1/docs/"),
        ("/", "/ko/"),
        ("#a", "#a"),
        ("https://paper.example/", "https://paper.example/"),
    ],
)
def test_link_of_a_text_stays_in_the_language_of_the_page(client: Client, link: str, shown: str) -> None:
    publishing.publish(factories.PageFactory.create(body=f"[Go]({link})"), by="ed")

    own, in_korean = (get(client, f"{front}/about/").html.partition('class="prose"')[2] for front in ("", "/ko"))

    assert (f'<a href="{link}"' in own, f'<a href="{shown}"' in in_korean) == (True, True)


def test_page_shows_the_published_text_and_no_draft(client: Client) -> None:
    item = factories.PageFactory.create(title="Who we are", body="# Us\n\nWe are *two*.")
    publishing.publish(item, by="ed")
    changed(item, body=SECRET, internal_note=SECRET)

    page = get(client, "/about/")

    assert "Who we are Us We are two ." in page.text
    assert "Edition 1 of this page" in page.text
    assert SECRET not in page.html
    assert [len(page.all(tag)) for tag in ("h1", "h2", "em")] == [1, 1, 1]


def test_page_that_was_corrected_keeps_its_earlier_edition(client: Client) -> None:
    item = factories.PageFactory.create()
    publishing.publish(item, by="ed")
    publishing.correct(changed(item, body="We are three."), by="ed", reason="We are more.")

    now, past = get(client, "/about/"), get(client, "/about/editions/1/")

    assert ("We are three." in now.text, "We are more." in now.text) == (True, True)
    assert "/about/editions/1/" in now.links()
    assert ("We are three." in past.text, "kept as it stood" in past.text) == (False, True)
    assert (past.all("meta", name="robots", content="noindex") != [], past.all("link", rel="canonical")) == (True, [])
    assert "We are more." in get(client, "/corrections/").text


def test_page_that_was_retracted_is_gone_with_the_reason(client: Client) -> None:
    item = factories.PageFactory.create()
    publishing.publish(item, by="ed")
    publishing.retract(item, by="ed", reason="Written by someone else.")

    assert "Written by someone else." in get(client, "/about/", status=410).text
    assert "Written by someone else." in get(client, "/about/editions/2/").text


@pytest.mark.parametrize("address", ["/about/editions/1/", "/imprint/", "/aboutx/"])
def test_page_that_never_was(client: Client, address: str) -> None:
    assert "There is no page at this address" in get(client, address, status=404).text


def test_methodology_links_to_the_scales(client: Client) -> None:
    publishing.publish(factories.full_claim(), by="ed")

    assert "/rating-scales/truth/" in get(client, "/methodology/").links()


def test_page_shows_hostile_text_as_text(client: Client) -> None:
    body = f"{HOSTILE}\n\n[x](javascript:alert(1)) <a href='javascript:alert(1)'>y</a> ![z](https://evil.example/z.png)"
    publishing.publish(factories.PageFactory.create(title=HOSTILE[:200], body=body), by="ed")

    page = get(client, "/about/")

    assert_harmless(page)
    assert "<script>alert(1)" in page.text


@pytest.mark.parametrize(("slug", "queries"), [("about", 2), ("methodology", 3)])
def test_page_queries(
    client: Client, slug: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The head, the newest edition and, where they are shown, the scales: with a default text and one of our own."""
    for _ in range(2):
        with django_assert_num_queries(queries):
            get(client, f"/{slug}/")
        if not factories.PageFactory._meta.model.objects.exists():
            publishing.publish(factories.PageFactory.create(slug=slug), by="ed")
