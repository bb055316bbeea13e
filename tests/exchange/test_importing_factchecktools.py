import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from claims.domain import demo
from claims.domain.incoming import Incoming, IncomingReview, IncomingSpeaker
from claims.exchange import importing
from claims.exchange.mapping import Mapping

REVIEW = {
    "publisher": {"name": "The Checkers", "site": "checkers.example"},
    "url": "https://checkers.example/1",
    "title": "No, it is not so",
    "reviewDate": "2019-02-10T00:00:00Z",
    "textualRating": "Falso",
    "languageCode": "pt",
}
CLAIM = {"text": "É assim.", "claimant": "Kim", "claimDate": "2019-02-09T00:00:00Z", "claimReview": [REVIEW]}


def _read(answer: Any) -> list[Incoming]:
    content = BytesIO(json.dumps(answer).encode())
    return list(importing.read(content, importing.detected(content), Mapping()))


def test_claim_as_it_should_be() -> None:
    assert _read({"claims": [CLAIM], "nextPageToken": "x"}) == [
        Incoming(
            row=1,
            text="É assim.",
            language="pt",
            claimed_on="2019-02-09",
            speaker=IncomingSpeaker(name="Kim"),
            reviews=[
                IncomingReview(
                    publisher="The Checkers",
                    url="https://checkers.example/1",
                    title="No, it is not so",
                    rating="Falso",
                    language="pt",
                    reviewed_on="2019-02-10",
                )
            ],
        )
    ]


@pytest.mark.parametrize(
    ("claim", "refused", "reviews"),
    [
        (CLAIM | {"claimReview": REVIEW}, False, 1),
        (CLAIM | {"claimReview": None}, False, 0),
        (CLAIM | {"claimReview": [REVIEW | {"publisher": "The Checkers"}]}, False, 1),
        (CLAIM | {"claimReview": [{"publisher": {}}, REVIEW]}, False, 1),
        (CLAIM | {"text": ""}, True, 1),
        ("claim", True, 0),
    ],
)
def test_claim_in_other_shapes(claim: Any, refused: bool, reviews: int) -> None:
    [row] = _read([{"claims": [claim], "x": "claimReview"}])

    assert (row.is_refused, len(row.reviews)) == (refused, reviews)


@pytest.mark.parametrize("form", [list, lambda claims: [{"claims": claims}], lambda claims: [*claims, {}]])
def test_list_of_claims_loses_none(form: Any) -> None:
    claims = [CLAIM, {"text": "Sem revisão."}, {"text": "Nem uma.", "claimReview": []}, {"nothing": 1}, "claim"]

    rows = _read(form(claims))

    assert [(row.text, row.is_refused) for row in rows] == [
        ("É assim.", False),
        ("Sem revisão.", False),
        ("Nem uma.", False),
        ("", True),
        ("", True),
    ]


@pytest.mark.django_db
def test_our_own_answer_is_read_without_finding(client: Client) -> None:
    demo.load()
    answer = client.get("/v1alpha1/claims:search?query=summit").json()

    rows = _read(answer)

    assert [row.text for row in rows] == [claim["text"] for claim in answer["claims"]]
    assert [row.findings for row in rows] == [[] for _ in rows]
