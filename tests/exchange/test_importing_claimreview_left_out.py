import json
from io import BytesIO

from claims.domain.incoming import Incoming
from claims.exchange import importing
from claims.exchange.mapping import Mapping
from tests.exchange.test_importing_claimreview import REVIEW


def read(content: bytes) -> list[Incoming]:
    return list(importing.read(BytesIO(content), "claimreview", Mapping()))


def told(incoming: Incoming) -> list[tuple[str, str]]:
    return [(finding.field, finding.message) for finding in incoming.findings]


def test_members_that_nothing_takes_are_told_once() -> None:
    more = {
        "keywords": "a",
        "citation": [],
        "reviewRating": {"alternateName": "False", "ratingExplanation": "Because."},
    }
    lines = "\n".join(json.dumps(REVIEW | more) for _ in range(2))

    first, second = read(lines.encode())

    message = "Nothing takes keywords, reviewRating.ratingExplanation. It was left out."
    assert (told(first), told(second)) == ([("", message)], [])


def test_copy_of_a_page_has_the_address_that_it_names() -> None:
    script = json.dumps(REVIEW | {"url": None})
    page = (
        f'<html><link rel="canonical" href="https://c.example/1"><script type="application/ld+json">{script}</script>'
    )

    [row] = read(page.encode())

    assert row.reviews[0].url == "https://c.example/1"
