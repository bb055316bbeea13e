import json
from io import BytesIO
from typing import Any

import pytest

from claims.domain.incoming import Incoming, IncomingReview, IncomingSpeaker
from claims.exchange import importing
from claims.exchange.mapping import Mapping

REVIEW: dict[str, Any] = {
    "@type": "ClaimReview",
    "claimReviewed": "It is so.",
    "url": "https://checkers.example/1",
    "datePublished": "2019-02-10",
    "author": {"@type": "Organization", "name": "The Checkers"},
    "itemReviewed": {
        "@type": "Claim",
        "datePublished": "2019-02-09",
        "author": {"@type": "Person", "name": "Kim", "sameAs": ["https://www.wikidata.org/wiki/Q56226"]},
        "appearance": {"url": "https://paper.example/1"},
    },
    "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
    "inLanguage": "en",
}

PORTUGUESE = REVIEW | {"inLanguage": None}  # as its page says


def _read(content: bytes, form: str = "claimreview", **mapping: Any) -> list[Incoming]:
    return list(importing.read(BytesIO(content), form, Mapping(**mapping)))


def _one(**members: Any) -> Incoming:
    [incoming] = _read(json.dumps(REVIEW | members).encode())
    return incoming


def _messages(incoming: Incoming) -> list[tuple[str, str]]:
    return [(finding.field, finding.message) for finding in incoming.findings]


def test_review_as_it_should_be() -> None:
    assert _one() == Incoming(
        row=1,
        text="It is so.",
        language="en",
        claimed_on="2019-02-09",
        speaker=IncomingSpeaker(name="Kim", kind="person", wikidata_id="Q56226"),
        reviews=[
            IncomingReview(
                publisher="The Checkers",
                url="https://checkers.example/1",
                rating="False",
                rating_value="1",
                rating_best="5",
                rating_worst="1",
                language="en",
                reviewed_on="2019-02-10",
            )
        ],
        note="Said at https://paper.example/1",
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW, REVIEW],
        {"@graph": [REVIEW, {"@type": "WebPage", "mainEntity": REVIEW}]},
        {"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}, {"item": REVIEW}]},
        {"dataFeedElement": [{"item": [REVIEW, REVIEW]}]},
    ],
)
def test_reviews_are_found_however_deep(wrapped: Any) -> None:
    for content in (json.dumps(wrapped), json.dumps(wrapped, indent=1)):
        rows = _read(content.encode())
        assert [(row.row, row.text, row.findings) for row in rows] == [(1, "It is so.", []), (2, "It is so.", [])]


def test_page_with_json_ld_in_several_scripts() -> None:
    page = f"""<!doctype html><html lang="pt-BR"><script>var x = "</p>";</script>
        <script type='application/ld+json'>{{"@type": "Organization"}}</script>
        <SCRIPT async type="application/ld+json; charset=utf-8"><!-- {json.dumps(PORTUGUESE)} --></SCRIPT>
        <script type=application/ld+json>[{json.dumps(REVIEW)},]</script>
        <script type="application/ld+json">{{"broken": </script>"""

    rows = _read(page.encode())

    assert [(row.text, row.language) for row in rows] == [("It is so.", "pt-BR"), ("It is so.", "en"), ("", "")]
    assert [row.is_refused for row in rows] == [False, False, True]
    assert "mended" in rows[1].findings[0].message


def test_page_without_any_review() -> None:
    [row] = _read(b'<html><script type="application/ld+json">{"@type": "WebPage"}</script>')

    assert _messages(row) == [("", "There is nothing in it to import.")]


def test_elements_of_a_dump_without_review_are_reported() -> None:
    rows = _read(json.dumps({"dataFeedElement": [None, {"item": None}, {"item": [REVIEW]}]}).encode(), "datafeed")

    assert [row.is_refused for row in rows] == [True, True, False]


@pytest.mark.parametrize(
    ("member", "value", "publisher"),
    [
        ("author", "The Checkers", "The Checkers"),
        ("author", [{"@type": "Organization", "name": "The Checkers"}], "The Checkers"),
        ("author", {"@type": "Organization", "name": ["The Checkers", "Other"]}, "The Checkers"),
        ("author", {"@type": "Person", "name": "A Reporter"}, "checkers.example"),
        ("author", None, "checkers.example"),
    ],
)
def test_publisher_in_every_shape(member: str, value: Any, publisher: str) -> None:
    assert _one(**{member: value}).reviews[0].publisher == publisher


def test_newsroom_of_a_signed_review_is_its_publisher() -> None:
    incoming = _one(author={"@type": "Person", "name": "A"}, publisher={"@type": "Organization", "name": "B"})

    assert incoming.reviews[0].publisher == "B"


@pytest.mark.parametrize(
    ("rating", "words", "value"),
    [
        ("Falso", "Falso", ""),
        ({"name": "Falso", "ratingValue": "2,5"}, "Falso", "2,5"),
        ({"ratingExplanation": "As imagens são de outro lugar."}, "As imagens são de outro lugar.", ""),
        ([{"alternateName": "खोटे"}, {"alternateName": "B"}], "खोटे", ""),
        ({"ratingValue": -1, "bestRating": 5, "worstRating": 1}, "", "-1"),
        ({"alternateName": "Falso", "ratingExplanation": 5}, "Falso", ""),
        (None, "", ""),
    ],
)
def test_rating_in_every_shape_is_kept_in_its_words(rating: Any, words: str, value: str) -> None:
    review = _one(reviewRating=rating).reviews[0]

    assert (review.rating, review.rating_value) == (words, value)


@pytest.mark.parametrize(
    ("rating", "message"),
    [
        (
            {"alternateName": "x", "ratingValue": 7, "bestRating": 5, "worstRating": 1},
            "The value lies outside of its scale.",
        ),
        ({"alternateName": "x", "ratingValue": "two"}, "The rating's value is no number."),
        (
            {"alternateName": "x", "ratingValue": 1, "bestRating": 1, "worstRating": 1},
            "The scale's best and worst value",
        ),
        (None, "There is no rating"),
        ("Falso", "This is a text where an object should be."),
    ],
)
def test_rating_that_is_not_as_it_should_be_is_reported(rating: Any, message: str) -> None:
    [(field, found)] = _messages(_one(reviewRating=rating))

    assert (field.partition(".")[0], found.startswith(message)) == ("reviewRating", True)


@pytest.mark.parametrize("item", [None, "It is so.", [], {"author": None}, {"author": {"@type": "Person"}}])
def test_nobody_in_particular(item: Any) -> None:
    assert _one(itemReviewed=item).speaker == IncomingSpeaker()


def test_claim_that_stands_in_the_item() -> None:
    incoming = _one(claimReviewed=None, itemReviewed=[{"name": "<b>It</b> is so."}])

    assert incoming.text == "It is so."
    assert [field for field, _ in _messages(incoming)] == ["itemReviewed.name", "claimReviewed"]


def test_review_without_claim_is_refused() -> None:
    assert _one(claimReviewed="", itemReviewed=None).is_refused


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "/relative", "https://user:pw@checkers.example/", "http://[", 7]
)
def test_address_that_is_none_is_left_out(url: Any) -> None:
    incoming = _one(url=url)

    assert incoming.reviews[0].url == ""
    assert "url" in [field for field, _ in _messages(incoming)]


def test_archived_address_gives_that_of_the_page() -> None:
    incoming = _one(url="https://web.archive.org/web/20210101000000/https://checkers.example/1")

    assert incoming.reviews[0].url == "https://checkers.example/1"


def test_page_deeper_than_any_stack() -> None:
    deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000

    [row] = _read(deep)

    assert row.is_refused
