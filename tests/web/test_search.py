import re
from datetime import date
from html import escape
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.domain.search import search
from claims.models import Claim
from tests import factories
from tests.web.pages import Page, get

pytestmark = pytest.mark.django_db


def published(text: str, **fields: object) -> Claim:
    claim = factories.ClaimFactory.create(text=text, **fields)
    publishing.publish(claim, by="ed")
    return claim


def count_of(page: Page) -> str:
    (found,) = re.findall(r"data-count>(.*?)</p>", page.html, re.DOTALL)
    return " ".join(str(found).split())


def test_search_without_words_explains_itself(client: Client) -> None:
    page = get(client, "/search/")

    assert "All of them must occur." in page.text
    assert page.all("meta", name="robots") == []
    assert get(client, "/search/?q=so").all("meta", name="robots") == [{"name": "robots", "content": "noindex, follow"}]
    assert page.all("mark") == []


def test_search_marks_what_it_found(client: Client) -> None:
    claim = factories.ClaimFactory.create(text="The lakes are deep.", speaker__name="Ann Lake")
    factories.VerdictFactory.create(claim=claim, summary="A lake was not deep.")
    publishing.publish(claim, by="ed")

    html = client.get("/search/?q=lake").content.decode()

    assert "The <mark>lakes</mark> are deep." in html
    assert "A <mark>lake</mark> was not deep." in html
    assert "<bdi>Ann <mark>Lake</mark></bdi>" in html


def test_search_shows_the_passage_of_the_evidence(client: Client) -> None:
    claim = factories.ClaimFactory.create(text="It is deep.")
    factories.EvidenceFactory.create(claim=claim, quotation="Nothing here.", note="")
    factories.EvidenceFactory.create(
        claim=claim, quotation="W " * 300 + "the deepest lakes < rivers " + "w " * 300, note=""
    )
    factories.VerdictFactory.create(claim=claim)
    publishing.publish(claim, by="ed")

    page = get(client, "/search/?q=lake+deep")

    assert "the deepest lakes < rivers" in page.text
    assert len(page.text) < 1500
    assert len(page.all("p", **{"class": "item__passage"})) == 1
    assert {"dir": "auto"} in page.all("span")


def test_search_marks_part_of_a_korean_word(client: Client) -> None:
    published("남북한은 만났다.", language="ko")

    assert "남<mark>북한</mark>은 만났다." in client.get("/search/?q=북한").content.decode()


def test_search_says_which_correction_it_applied(client: Client) -> None:
    published("It is so.", speaker__name="Stephen Biegun")

    page = get(client, "/search/?q=Bigun")

    assert "“bigun” occurs nowhere. These are results for biegun , which is in a speaker’s name." in page.text
    assert count_of(page) == "1 claim"


def test_search_offers_names_that_may_be_meant(client: Client) -> None:
    published("It is so.", speaker__name="Mara Lind")
    published("It is so, too.", speaker__name="Mara Lint")

    page = get(client, "/search/?q=Mara+Linx&kind=fact")

    assert {"?kind=fact&q=Mara+lind", "?kind=fact&q=Mara+lint"} <= set(page.links())
    assert "Did you mean:" in page.text


def test_search_without_results_helps(client: Client) -> None:
    published("The lake is deep.")

    page = get(client, "/search/?q=lake+river&kind=opinion")

    assert count_of(page) == "0 claims"
    assert {"?q=lake+river", "?kind=opinion&q=lake", "?kind=opinion&q=river"} <= set(page.links())
    assert "Kind: opinion" in page.text


def test_search_counts_facets_and_links_each(client: Client) -> None:
    claim = factories.full_claim(text="A lake will be dug.", claimed_on="2019-02-09", language="ko")
    publishing.publish(claim, by="ed")
    published("A lake was dug.", speaker=claim.speaker)
    published("A lake is dug.")
    published("A river.")

    page = get(client, "/search/?q=lake")

    facets = page.text.partition("Narrow down")[2].partition("Claims found")[0].split()
    assert " ".join(facets) == (
        f"Rating False 1 Speaker {claim.speaker.name} 2 {claim_speaker('A lake is dug.')} 1 "
        f"Topic {' 1 '.join(sorted(topic.name for topic in claim.topics.all()))} 1 "
        "Kind Fact 2 Forecast 1 Year 2019 1 Language English 2 Korean 1"
    )
    assert {
        "?q=lake&rating=false&scale=truth",
        f"?q=lake&speaker={claim.speaker.slug}",
        "?q=lake&kind=forecast",
        "?q=lake&claimed_after=2019-01-01&claimed_before=2019-12-31",
        "?q=lake&language=ko",
    } <= set(page.links())


def claim_speaker(text: str) -> str:
    return Claim.objects.get(text=text).speaker.name


def test_search_facet_that_is_chosen_is_taken_away_again(client: Client) -> None:
    published("A lake.", kind="opinion")
    published("A lake, too.")

    page = get(client, "/search/?q=lake&kind=opinion&sort=newest")

    current = [str(link["href"]) for link in page.all("a", **{"aria-current": "true"})]
    assert [address for address in current if address.startswith("?")] == [
        "?q=lake&kind=opinion&sort=newest",
        "?q=lake&sort=newest",
    ]
    assert count_of(page) == "1 claim"
    assert [field["value"] for field in page.all("input", type="hidden")] == ["opinion", "newest"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("relevance", ["The lake B.", "The lake A.", "It is C."]),
        ("newest", ["It is C.", "The lake B.", "The lake A."]),
        ("claimed", ["The lake A.", "It is C.", "The lake B."]),
    ],
)
def test_search_is_sorted(client: Client, sort: str, expected: list[str]) -> None:
    published("The lake A.", claimed_on="2019-03")
    published("The lake B.")
    published("It is C.", claimed_on="2019-02-09", speaker__name="Ann Lake")

    page = get(client, f"/search/?q=lake&sort={sort}")

    assert sorted(expected, key=page.text.index) == expected


def test_search_pages_reach_everything_once(client: Client) -> None:
    speaker = factories.SpeakerFactory.create(name="Ann Lake")
    texts = [f"The {'lake' if number % 2 else 'river'} number{number}." for number in range(45)]
    claims = [factories.ClaimFactory.create(text=text, speaker=speaker) for text in texts]
    publishing.publish_all(claims, by="ed")

    found = []
    address = "?q=lake"
    while address:
        page = get(client, f"/search/{address}")
        found.append([link for link in page.links() if link.startswith("/claims/") and link != "/claims/"])
        following = page.all("a", rel="next")
        address = str(following[0]["href"]) if following else ""

    assert [len(links) for links in found] == [20, 20, 5]
    everything = [link for links in found for link in links]
    assert len(set(everything)) == 45
    assert everything[:22] == [f"/claims/{claim.slug}/" for claim in reversed(claims) if "lake" in claim.text]


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        (f"q={'x' * 301}", "Words: Ensure this value has at most 300 characters (it has 301)."),
        ("q=%00", "Words: Null characters are not allowed."),
        ("q=a&kind=rumour", "Kind: Select a valid choice. rumour is not one of the available choices."),
        ("q=a&page=0", "There is no such page of results."),
        ("q=a&page=51", "There is no such page of results."),
        ("q=a&page=x", "There is no such page of results."),
        ("q=a&page=٣", "There is no such page of results."),
        ("q=a&sort=best", "Results can be sorted by relevance, newest or claimed."),
    ],
)
def test_search_refuses_what_it_cannot_read(client: Client, parameters: str, problem: str) -> None:
    page = get(client, f"/search/?{parameters}", status=400)

    assert problem in page.text
    assert len(page.all("div", role="alert")) == 1


@pytest.mark.parametrize(
    "query",
    ["🚀", '"', "NEAR(", "a OR b", "*", ":", "^a", "a & b | !c <-> d", "\u202eabc", "؟", "-", "'; --", "{claim}: a"],
)
def test_search_answers_the_signs_of_engines(client: Client, query: str) -> None:
    published("Something else.")

    page = get(client, f"/search/?q={quote(query)}")

    assert count_of(page) == "0 claims"
    assert [field["value"] for field in page.all("input", name="q")] == [query]


def test_search_fragment_is_what_the_page_holds(client: Client) -> None:
    published("A lake.")

    whole = client.get("/search/?q=lake").content.decode()
    fragment = client.get("/search/?q=lake&fragment=1").content.decode()

    assert fragment.strip() in whole
    assert "<html" not in fragment
    assert "fragment" not in fragment


def test_search_shows_hostile_words_as_text(client: Client) -> None:
    words = '"><script>alert(1)</script>'

    html = client.get(f"/search/?q={quote(words)}").content.decode()

    assert words not in html
    assert escape(words, quote=True) in html


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("lake", 3),
        ("like", 3),
        ("nothing", 3),
        ("lake&speaker=nobody", 3),
        ("no&topic=none&speaker=nobody", 3),
        ("", 2),
    ],
)
def test_search_queries(
    client: Client, count: int, query: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, count + 1):
        claim = factories.full_claim(text=f"The lake {day}.", due_end=date(2019, 3, day))
        claim.speaker.name = "Ann Lake"
        claim.speaker.save()
        publishing.publish(claim, by="ed")

    search("warm")  # learns which languages there are
    # The head, what the words may mean and what is near them, and what was found with its facets, or if slugs moved.
    with django_assert_num_queries(queries):
        get(client, f"/search/?kind=forecast&q={query}")


def test_search_has_a_feed_of_what_it_found(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    page = get(client, "/search/?q=claim&kind=fact&sort=newest&page=1")

    feeds = [str(link["href"]) for link in page.all("link", rel="alternate") if "hreflang" not in link]
    assert feeds == ["/claims/feed.atom?q=claim&kind=fact", "/claims/feed.json?q=claim&kind=fact"]
    assert [entry["url"] for entry in client.get(feeds[1]).json()["items"]] == [
        f"http://testserver/claims/{claim.slug}/"
    ]


@pytest.mark.parametrize("address", ["/search/", "/search/?q=a&page=x"])
def test_search_without_results_has_no_feed(client: Client, address: str) -> None:
    page = Page(client.get(address).content.decode())

    assert [link for link in page.all("link", rel="alternate") if "hreflang" not in link] == []
