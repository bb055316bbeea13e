import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import translation

from claims.languages import NOT_PAGES, every_language, front_pages, in_language, language_of, page_path, same_page

get = RequestFactory().get


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "en"),
        ("/claims/", "en"),
        ("/ko/claims/", "ko"),
        ("/ar/", "ar"),
        ("/ko", "ko"),
        ("/korea/", "en"),
        ("/claims/ko/", "en"),
        ("//ko/", "en"),
        ("/KO/", "en"),
        ("/tlh/", "en"),
        ("", "en"),
    ],
)
def test_language_of_an_address(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize("path", NOT_PAGES)
@pytest.mark.usefixtures("korean_newsroom")
def test_language_of_what_is_no_page(path: str) -> None:
    assert language_of(path) == "en"


@pytest.mark.usefixtures("korean_newsroom")
def test_language_of_an_address_in_a_korean_newsroom() -> None:
    assert [language_of(path) for path in ("/claims/", "/en/claims/", "/ko/claims/")] == ["ko", "en", "ko"]


@pytest.mark.parametrize("path", ["/claims/", "/ko/claims/", "/ar/claims/"])
def test_same_page_keeps_the_query(path: str) -> None:
    assert list(same_page(get(f"{path}?q=a%20b&kind=fact"))) == [
        ("en", "/claims/?q=a%20b&kind=fact"),
        ("ko", "/ko/claims/?q=a%20b&kind=fact"),
        ("ar", "/ar/claims/?q=a%20b&kind=fact"),
    ]


def test_same_page_of_what_is_no_page() -> None:
    assert list(same_page(get("/api/v1/docs/"))) == []


@pytest.mark.usefixtures("korean_newsroom")
def test_front_pages_in_a_korean_newsroom() -> None:
    assert front_pages() == ["/en/", "/", "/ar/"]


@pytest.mark.usefixtures("korean_newsroom")
def test_page_path_whatever_the_language_of_the_answer() -> None:
    with translation.override("en"):
        assert page_path("web:claim", "a") == "/claims/a/"
        assert reverse("web:claim", args=["a"]) == "/en/claims/a/"


@pytest.mark.usefixtures("korean_newsroom")
def test_every_language_of_a_page() -> None:
    with translation.override("ar"):
        assert every_language("web:claim", "a") == [
            ("en", "/en/claims/a/"),
            ("ko", "/claims/a/"),
            ("ar", "/ar/claims/a/"),
            ("x-default", "/claims/a/"),
        ]


@pytest.mark.parametrize(
    ("address", "language", "found"),
    [
        ("/about/", "ko", "/ko/about/"),
        ("/", "ar", "/ar/"),
        ("/about/", "en", "/about/"),
        ("/ar/about/", "ko", "/ar/about/"),
        ("/api/v1/", "ko", "/api/v1/"),
        ("/static/x.css", "ko", "/static/x.css"),
    ],
)
def test_in_language(address: str, language: str, found: str) -> None:
    assert in_language(address, language) == found


def test_not_pages_are_all_that_has_no_language() -> None:
    prefixes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]

    googles = ["v1alpha1/claims:search", "$discovery/rest", r"^(?:v1alpha1|\$discovery)/"]
    assert prefixes == [*googles, "admin/", "api/", "healthz", "readyz", ""]


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"accept-language": "ko"}, {"cookie": "django_language=ko"}])
def test_language_of_a_reader_does_not_count(client: Client, headers: dict[str, str]) -> None:
    asked, plain = client.get("/", headers=headers), client.get("/")

    assert asked.content == plain.content
    assert b'<html lang="en" dir="ltr">' in asked.content
    assert asked.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/ko-kr/", "/ko/admin/", "/ko/api/v1/", "/ko/healthz"])
def test_address_below_a_language_that_has_none(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_address_without_its_last_slash(client: Client) -> None:
    assert client.get("/ko/claims").headers["Location"] == "/ko/claims/"
