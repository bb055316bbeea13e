import gzip
import json
from html import escape
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


@pytest.mark.parametrize("item", [None, [], {"author": None}, {"author": {"@type": "Person"}}, {"author": []}])
def test_nobody_in_particular(item: Any) -> None:
    incoming = _one(itemReviewed=item)

    assert (incoming.speaker, incoming.findings) == (IncomingSpeaker(), [])


@pytest.mark.parametrize("author", [7, True, {"x": "Kim"}, {"@type": "Person", "url": "https://x.example"}, [["Kim"]]])
def test_author_that_names_nobody_is_reported(author: Any) -> None:
    incoming = _one(itemReviewed={"author": author})

    assert incoming.speaker == IncomingSpeaker()
    assert _messages(incoming) == [("itemReviewed.author", "It names nobody. It was left out.")]


def test_further_authors_are_reported() -> None:
    incoming = _one(itemReviewed={"author": [{"name": "Kim"}, {"@type": "Person"}, {"name": "Lee"}, "Park"]})

    assert incoming.speaker.name == "Kim"
    told = [(f.field, f.value, f.outcome) for f in incoming.findings if "one speaker" in f.message]
    assert told == [("itemReviewed.author", "Lee", "Kim"), ("itemReviewed.author", "Park", "Kim")]


@pytest.mark.parametrize("item", ["So it was.", ["So it was."]])
def test_item_that_is_a_text_is_what_was_claimed(item: Any) -> None:
    message = "This is a text where an object should be. It was taken for the claim's."

    incoming = _one(claimReviewed=None, itemReviewed=item)

    assert incoming.text == "So it was."
    assert _messages(incoming)[0] == ("itemReviewed", message)
    assert _one(itemReviewed=item).text == "It is so."
    assert _messages(_one(itemReviewed=item)) == [("itemReviewed", message)]


@pytest.mark.parametrize("item", [7, [True]])
def test_item_that_is_nothing_is_reported(item: Any) -> None:
    assert _messages(_one(itemReviewed=item)) == [("itemReviewed", "This is no object. It was left out.")]


@pytest.mark.parametrize("date", [{"x": 1}, {}, True, "soon"])
def test_date_that_is_none_is_reported(date: Any) -> None:
    incoming = _one(itemReviewed={"datePublished": date})

    assert _messages(incoming) == [("itemReviewed.datePublished", "This is no date that can be read. It was left out.")]


def test_date_of_the_appearance_where_the_claim_has_none_that_can_be_read() -> None:
    item = {"datePublished": "soon", "firstAppearance": {"datePublished": "2019-02-09"}}

    assert _one(itemReviewed=item).claimed_on == "2019-02-09"


@pytest.mark.parametrize(
    ("own", "of_item", "claim", "review"),
    [
        ("en", "ko", "en", "en"),
        (None, "ko", "ko", "ko"),
        ({"name": "Spanish", "alternateName": "es"}, None, "es", "es"),
    ],
)
def test_language_of_review_and_claim(own: Any, of_item: Any, claim: str, review: str) -> None:
    incoming = _one(inLanguage=own, itemReviewed={"inLanguage": of_item})

    assert (incoming.language, incoming.reviews[0].language, incoming.findings) == (claim, review, [])


def test_review_that_stands_in_its_claim() -> None:
    claim = {"@type": "Claim", "url": "https://checkers.example/1", "author": {"@type": "Person", "name": "Kim"}}
    review = {name: value for name, value in REVIEW.items() if name != "itemReviewed"}

    [row] = _read(json.dumps(claim | {"review": review}).encode())

    assert (row.text, row.speaker.name, row.note) == ("It is so.", "Kim", "")


GRAPH: list[dict[str, Any]] = [
    {"@type": "NewsMediaOrganization", "@id": "https://c.example/#org", "name": "The Checkers"},
    {"@type": "Person", "@id": "https://c.example/#kim", "name": "Kim"},
    {"@type": "Claim", "@id": "#claim", "author": {"@id": "https://c.example/#kim"}, "datePublished": "2019-02-09"},
    {"@type": "Rating", "@id": "#rating", "alternateName": "False", "ratingValue": "1"},
    {"@type": "WebPage", "@id": "https://c.example/1", "name": "Is it so?", "url": "https://c.example/1"},
    {
        "@type": "ClaimReview",
        "@id": "https://c.example/1#review",
        "mainEntityOfPage": {"@id": "https://c.example/1"},
        "claimReviewed": "It is so.",
        "author": {"@id": "https://c.example/#org"},
        "itemReviewed": {"@id": "#claim"},
        "reviewRating": {"@id": "#rating"},
        "datePublished": "2019-02-10",
        "inLanguage": "en",
    },
    {"@type": "Article", "review": {"@type": "ClaimReview", "@id": "https://c.example/1#review"}},
]


def _scripts(*values: Any) -> bytes:
    scripts = (f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)
    return f"<html>{''.join(scripts)}".encode()


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"@context": "https://schema.org", "@graph": GRAPH}).encode(),
        json.dumps({"dataFeedElement": [{"@graph": GRAPH}]}, indent=1).encode(),
        _scripts(*GRAPH),
        _scripts({"@graph": GRAPH[3:]}, GRAPH[:3]),
    ],
)
def test_references_within_the_document_are_followed(content: bytes) -> None:
    [row] = _read(content)

    assert (row.claimed_on, row.speaker, row.findings) == ("2019-02-09", IncomingSpeaker("Kim", "person"), [])
    assert row.reviews == [
        IncomingReview(
            publisher="The Checkers",
            url="https://c.example/1",
            rating="False",
            rating_value="1",
            language="en",
            reviewed_on="2019-02-10",
        )
    ]


def test_nodes_of_the_same_name_in_several_elements_are_kept_apart() -> None:
    elements = [
        {"@graph": [{"@id": "#c", "author": name}, REVIEW | {"itemReviewed": {"@id": "#c"}}]} for name in ("Kim", "Lee")
    ]

    assert [row.speaker.name for row in _read(json.dumps({"dataFeedElement": elements}).encode())] == ["Kim", "Lee"]


def test_reference_to_what_is_not_there_is_reported() -> None:
    incoming = _one(itemReviewed={"@id": "#claim"})

    assert _messages(incoming) == [("itemReviewed", "It refers to something that is not in the file.")]


def test_script_in_which_json_was_escaped() -> None:
    page = f'<script type="application/ld+json">{escape(json.dumps([REVIEW]))}</script>'

    [row] = _read(page.encode())

    assert (row.text, row.speaker.name) == ("It is so.", "Kim")
    assert _messages(row) == [("", "This is JSON that was escaped as HTML. It was read.")]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("compressed", [False, True])
def test_dump_that_was_cut_gives_what_is_whole(indent: int | None, compressed: bool) -> None:
    feed = {"dataFeedElement": [{"item": [REVIEW | {"url": f"https://c.example/{n}"}]} for n in range(9)]}
    whole = json.dumps(feed, indent=indent).encode()
    cut = gzip.compress(whole, 0)[: len(whole) - 300] if compressed else whole[:-300]

    *rows, last = _read(cut, "datafeed")

    assert [row.reviews[0].url for row in rows] == [f"https://c.example/{n}" for n in range(8)]
    assert [row.is_refused for row in [*rows, last]] == [False] * 8 + [True]
    assert _messages(last)[0][1].startswith("The JSON is cut or damaged after line ")


def test_encoding_is_reported_once_for_a_document() -> None:
    document = json.dumps([REVIEW | {"claimReviewed": "Não é"}] * 3, ensure_ascii=False).encode("latin-1")

    assert [len(row.findings) for row in _read(document)] == [1, 0, 0]


@pytest.mark.parametrize("value", [{}, True, {"x": 1}])
def test_number_that_is_none_is_reported(value: Any) -> None:
    incoming = _one(reviewRating={"alternateName": "x", "ratingValue": value})

    assert _messages(incoming) == [("reviewRating.ratingValue", "This is no text. It was left out.")]


@pytest.mark.parametrize("value", ["١٫٥", "१.५", "1,5", "٣"])
def test_number_in_any_script_is_one(value: str) -> None:
    rating = {"alternateName": "x", "ratingValue": value, "bestRating": "५", "worstRating": "١"}

    incoming = _one(reviewRating=rating)

    assert (incoming.reviews[0].rating_value, incoming.findings) == (value, [])


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
