from typing import Any

import pytest

from claims.api.v1alpha1.parameters import LARGEST_PAGE, Search
from claims.api.v1alpha1.tokens import page_token
from tests.api.v1alpha1.conftest import Ask, checked

pytestmark = pytest.mark.django_db
MISFIT = "pageToken: Take it from nextPageToken, and leave all other parameters as they were in that request."


def publish(count: int) -> None:
    for number in range(count):
        checked(f"so {number}")


def walk(ask: Ask, **parameters: Any) -> list[list[str]]:
    """The texts of all pages."""
    pages = []
    token = ""
    while True:
        answer = ask(**parameters, pageToken=token) if token else ask(**parameters)
        pages.append([claim["text"] for claim in answer["claims"]])
        if "nextPageToken" not in answer:
            return pages
        token = answer["nextPageToken"]


def test_pages_hold_all_once_the_newest_first(ask: Ask) -> None:
    publish(5)

    assert walk(ask, query="so", pageSize=2) == [["so 4", "so 3"], ["so 2", "so 1"], ["so 0"]]
    assert walk(ask, query="so", pageSize=5) == [["so 4", "so 3", "so 2", "so 1", "so 0"]]


def test_pages_neither_skip_nor_repeat_while_others_publish(ask: Ask) -> None:
    publish(3)
    first = ask(query="so", pageSize=2)

    checked("so much later")
    second = ask(query="so", pageSize=2, pageToken=first["nextPageToken"])

    assert [claim["text"] for claim in second["claims"]] == ["so 0"]


def test_ten_by_default(ask: Ask) -> None:
    publish(11)

    assert [len(page) for page in walk(ask, query="so")] == [10, 1]
    assert [len(page) for page in walk(ask, query="so", pageSize=0)] == [10, 1]
    assert [len(page) for page in walk(ask, query="so", pageSize=2**31 - 1)] == [11]
    assert LARGEST_PAGE == 200


def test_offset_only_without_a_token(ask: Ask) -> None:
    publish(5)

    first = ask(query="so", pageSize=2, offset=1)
    second = ask(query="so", pageSize=2, offset=1, pageToken=first["nextPageToken"])

    assert [claim["text"] for claim in first["claims"]] == ["so 3", "so 2"]
    assert [claim["text"] for claim in second["claims"]] == ["so 1", "so 0"]
    assert ask(query="so", offset=10_000) == {}


@pytest.mark.parametrize(
    "changed",
    [
        "query=s",
        "query=so&languageCode=en",
        "query=so&reviewPublisherSiteFilter=testserver",
        "query=so&maxAgeDays=90000",
        "query=so&pageSize=2",
    ],
)
def test_token_of_another_question(ask: Ask, refused: Ask, changed: str) -> None:
    publish(2)
    token = ask(query="so", pageSize=1)["nextPageToken"]
    size = "" if "pageSize" in changed else "&pageSize=1"

    assert refused(f"{changed}{size}&pageToken={token}") == MISFIT


@pytest.mark.parametrize(
    "change",
    [lambda token: f"9{token}", lambda token: token[:-1], lambda token: f"0{token}", lambda _: "1", lambda _: "-"],
)
def test_token_that_was_changed(ask: Ask, refused: Ask, change: Any) -> None:
    publish(2)
    token = ask(query="so", pageSize=1)["nextPageToken"]

    assert refused(f"query=so&pageSize=1&pageToken={change(token)}") == MISFIT


@pytest.mark.parametrize("position", [-1, 10**18, 10**30])
def test_token_that_somebody_made_up_of_a_number_that_no_database_holds(ask: Ask, refused: Ask, position: int) -> None:
    search = Search("so", "", "", 0, page_size=1, offset=0, page_token="")

    assert refused(f"query=so&pageSize=1&pageToken={page_token(search, position)}") == MISFIT


def test_token_that_somebody_made_up_begins_a_page_like_any_other(texts: Ask) -> None:
    publish(2)
    search = Search("so", "", "", 0, page_size=1, offset=0, page_token="")

    pages = [texts(query="so", pageSize=1, pageToken=page_token(search, position)) for position in (0, 10**17)]

    assert pages == [[], ["so 1"]]
