"""Requests that Google refuses, and that nobody sane would send."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.api.v1alpha1.parameters import READERS
from tests.api.v1alpha1.conftest import SEARCH, Ask, checked

pytestmark = pytest.mark.django_db
MISSING = "query: Write words to look for, or give reviewPublisherSiteFilter."


@pytest.mark.parametrize("query", ["", "query=", "query=%20", "query=%CC%81", "languageCode=en", "offset=1"])
def test_neither_query_nor_publisher(refused: Ask, query: str) -> None:
    assert refused(query) == MISSING


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("pageSize=-1", "pageSize: Write a whole number from 0 to 2147483647."),
        ("pageSize=", "pageSize: Write a whole number from 0 to 2147483647."),
        ("pageSize=2147483648", "pageSize: Write a whole number from 0 to 2147483647."),
        ("maxAgeDays=1.5", "maxAgeDays: Write a whole number from 0 to 2147483647."),
        ("offset=10001", "offset: Write a whole number from 0 to 10000."),
        ("languageCode=en_US", "languageCode: Write a language tag such as en, ko or pt-BR (BCP 47)."),
        ("languageCode=%00", "languageCode: Write a language tag such as en, ko or pt-BR (BCP 47)."),
        ("alt=proto", "alt: Write json: there is no other form."),
        ("$alt=media", "$alt: Write json: there is no other form."),
        ("query=again", "query: Give it once."),
        ("pageToken=%00", "pageToken: Write up to 200 characters, and no null character."),
        (
            "reviewPublisherSiteFilter=%00",
            "reviewPublisherSiteFilter: Write up to 300 characters, and no null character.",
        ),
    ],
)
def test_bad_parameter(refused: Ask, query: str, message: str) -> None:
    assert refused(f"query=so&{query}") == message


@pytest.mark.parametrize("query", ["%00", "x" * 301, "x" * 100_000])
def test_bad_query(refused: Ask, query: str) -> None:
    assert refused(f"query={query}") == "query: Write up to 300 characters, and no null character."


def test_unknown_parameter(refused: Ask) -> None:
    assert refused("query=so&callback=alert")[:41] == "callback: There is no such parameter here"


def test_too_many_parameters(refused: Ask) -> None:
    assert refused("a=1&" * 6000)[:10] == "The number"


@pytest.mark.parametrize(
    "query",
    ["%F0%9F%98%80", "%FF%FE", "%ED%A0%80", "العربية", "%25", "_", "'; DROP TABLE claims_edition --", "a " * 148],
)
def test_strange_words_find_nothing_else(client: Client, query: str) -> None:
    checked("It is so.")

    response = client.get(f"{SEARCH}?query=zz {query}")

    assert (response.status_code, response.json()) == (200, {})


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(READERS)), st.text(max_size=20), max_size=4))
def test_anything(client: Client, parameters: dict[str, str]) -> None:
    encoded = urlencode(parameters, errors="surrogatepass")

    assert client.get(f"{SEARCH}?{encoded}").status_code in {200, 400}
