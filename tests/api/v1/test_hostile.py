"""Parameters that nothing here knows, and requests that nobody sane would send."""

import pytest
from django.test import Client

from tests.api.v1.conftest import PATHS, Ask

pytestmark = pytest.mark.usefixtures("so")


@pytest.mark.parametrize("path", PATHS)
def test_unknown_parameter(client: Client, path: str) -> None:
    response = client.get(f"/api/v1{path}?Rating=false")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    [error] = response.json()["errors"]
    assert (error["parameter"], error["detail"][:32]) == ("Rating", "There is no such parameter here.")
    assert "ETag" not in response


def test_unknown_parameter_says_what_is_allowed(refused: Ask) -> None:
    assert refused("/topics/?order=name") == {
        "order": "There is no such parameter here. Use: cursor, fields, id, ordering, page_size, q, slug."
    }
    assert refused("/claims/so/?q=text") == {"q": "There is no such parameter here. Use: fields, include."}
    assert refused("/claims/so/editions/1/?fields=text") == {
        "fields": "There is no such parameter here. There are none."
    }


def test_repeated_parameter(refused: Ask) -> None:
    assert refused("/claims/?rating=false&rating=true") == {"rating": "Give it once."}


@pytest.mark.parametrize(
    "query", ["q[]=a", "q[0]=a", "speaker__in=a,b", "__proto__=1", "%00=1", "북한=1", "=1", "format=xml"]
)
def test_parameter_names_that_are_not_ours(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/claims/?{query}")

    assert (response.status_code, response.json()["title"]) == (400, "Invalid parameter")


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        f"q={'x' * 100_000}",
        f"speaker={'x' * 100_000}%00",
        f"kind={'x' * 100_000}",
        f"{'x' * 100_000}=1",
        "&".join(f"a{number}=1" for number in range(4000)),
        "&".join(f"a{number}=1" for number in range(6000)),
    ],
)
def test_hostile_query(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/claims/?{query}")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert len(response.content) < 10_000


@pytest.mark.parametrize(
    "words",
    [
        "%F0%9F%98%80",
        "%FF%FE",
        "%ED%A0%80",
        "북한",
        "العربية",
        "%25",
        "_",
        "'\"; DROP TABLE claims_edition --",
        "\\",
        "%E2%80%AE",
        "%EF%B7%BA" * 297,  # unfolds to 892 words,
        "a " * 148,
    ],
)
def test_strange_words_find_nothing_else(ask: Ask, words: str) -> None:
    assert ask(f"/claims/?q=zz {words}") == {"next": None, "previous": None, "results": []}


def test_too_many_parameters(client: Client) -> None:
    response = client.get("/api/v1/claims/?" + "a=1&" * 6000)

    assert (response.status_code, response.json()["type"]) == (400, "urn:factcheck:problem:bad-request")
