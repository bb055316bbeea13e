"""What is the same on pages of every language."""

import pytest
from django.test import Client
from django.utils import translation

from tests.histories import eventful
from tests.web.pages import get

ADDRESSES = [
    "/",
    "/claims/",
    "/forecasts/",
    "/corrections/",
    "/methodology/",
    "/verify/",
    "/forecasts/2019-02/",
    "/tips/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    ("prefix", "language", "direction"), [("", "en", "ltr"), ("/ko", "ko", "ltr"), ("/ar", "ar", "rtl")]
)
def test_page_says_its_language_and_direction(
    client: Client, path: str, prefix: str, language: str, direction: str
) -> None:
    eventful()

    page = get(client, f"{prefix}{path}")

    assert page.all("html") == [{"lang": language, "dir": direction}]
    assert translation.get_language() == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/ko", "/ar"])
def test_page_names_itself_in_every_language(client: Client, prefix: str) -> None:
    page = get(client, f"{prefix}/claims/?kind=fact")

    assert [(link["hreflang"], link["href"]) for link in page.all("link", rel="alternate") if "hreflang" in link] == [
        ("en", "http://testserver/claims/?kind=fact"),
        ("ko", "http://testserver/ko/claims/?kind=fact"),
        ("ar", "http://testserver/ar/claims/?kind=fact"),
        ("x-default", "http://testserver/claims/?kind=fact"),
    ]
    switcher = [(link["lang"], link["href"]) for link in page.all("a") if "hreflang" in link]
    assert switcher == [
        ("en", "/claims/?kind=fact"),
        ("ko", "/ko/claims/?kind=fact"),
        ("ar", "/ar/claims/?kind=fact"),
    ]


@pytest.mark.django_db
def test_page_is_canonical_in_its_language(client: Client) -> None:
    assert get(client, "/ko/methodology/").all("link", rel="canonical") == [
        {"rel": "canonical", "href": "http://testserver/ko/methodology/"}
    ]


@pytest.mark.django_db
def test_links_stay_in_the_language(client: Client) -> None:
    eventful()

    page = get(client, "/ko/")

    # The API is in English, and so is its page; the languages are in the footer.
    others = [link for link in page.links() if not link.startswith("/ko/")]
    assert others == ["#content", "/api/v1/docs/", "/", "/ar/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ko/nowhere", "/ko/claims/nowhere/"])
def test_error_page_is_in_the_language_and_has_no_alternates(client: Client, path: str) -> None:
    page = get(client, path, status=404)

    assert page.all("html") == [{"lang": "ko", "dir": "ltr"}]
    assert [link for link in page.all("link") if "hreflang" in link] == []


@pytest.mark.django_db
def test_verifier_asks_the_api_in_every_language(client: Client) -> None:
    assert 'address = "http://testserver/api/v1/changes/?after=0"' in get(client, "/ko/verify/").text


@pytest.mark.django_db
@pytest.mark.usefixtures("korean_newsroom")
def test_korean_newsroom_has_korean_without_a_prefix(client: Client) -> None:
    assert get(client, "/claims/").all("html") == [{"lang": "ko", "dir": "ltr"}]
    assert get(client, "/en/claims/").all("html") == [{"lang": "en", "dir": "ltr"}]
