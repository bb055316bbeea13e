import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim, Edition
from tests import factories
from tests.histories import changed
from tests.web.pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected(full_claim: Claim) -> Claim:
    """Published, then corrected in its rating, then updated in its text."""
    publishing.publish(full_claim, by="ed")
    full_claim.verdict.rating = factories.rating("half-true")
    full_claim.verdict.save()
    publishing.correct(full_claim, by="ed", reason="We misread the table.")
    publishing.publish(changed(full_claim, slug="it", text="It is so, they say."), by="ed", note="In their words.")
    return full_claim


def test_compare_shows_newest_change_unless_asked(client: Client, corrected: Claim) -> None:
    page = get(client, "/claims/it/compare/")

    assert "From edition 2 to edition 3" in page.text
    assert "Updated" in page.text
    assert "In their words." in page.text
    assert "We misread the table." not in page.text
    assert "Text Before" in page.text


def test_compare_any_two_with_the_reasons_between(client: Client, corrected: Claim) -> None:
    page = get(client, "/claims/it/compare/?from=1&to=3")

    assert "Verdict › rating Before False After Half true" in page.text
    assert page.text.index("In their words.") < page.text.index("We misread the table.")
    assert [option["value"] for option in page.all("option") if "selected" in option] == ["1", "3"]
    assert page.all("meta", name="robots", content="noindex") != []


def test_compare_backwards(client: Client, corrected: Claim) -> None:
    page = get(client, "/claims/it/compare/?from=2&to=1")

    assert "From edition 2 to edition 1" in page.text
    assert "Verdict › rating Before Half true After False" in page.text


def test_compare_one_with_itself(client: Client, corrected: Claim) -> None:
    assert "You chose the same edition twice." in get(client, "/claims/it/compare/?from=2&to=2").text


def test_compare_of_a_single_edition(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    page = get(client, f"/claims/{claim.slug}/compare/")

    assert "only one edition of this claim" in page.text
    assert page.all("select") == []


def test_compare_with_a_retraction(client: Client, corrected: Claim) -> None:
    text = corrected.text
    publishing.retract(corrected, by="ed", reason="It was never said.")

    page = get(client, "/claims/it/compare/")

    assert "A retraction takes away everything" in page.text
    assert "It was never said." in page.text
    assert f"Text Before {text} After Nothing" in page.text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=x", "“from” must be the number of an edition"),
        ("to=0", "“to” must be the number of an edition"),
        ("to=-1", "“to” must be the number of an edition"),
        ("to=%00", "“to” must be the number of an edition"),
        ("to=٣", "“to” must be the number of an edition"),
        ("from=" + "9" * 5000, "“from” must be the number of an edition"),
        ("from=4", "There is no edition 4 of this claim. Its editions are 1 to 3."),
        ("to=999999999", "There is no edition 999999999"),
    ],
)
def test_compare_says_what_is_wrong(client: Client, corrected: Claim, query: str, message: str) -> None:
    page = get(client, f"/claims/it/compare/?{query}", status=400)

    assert message in page.text


def test_compare_unknown_claim(client: Client, claim: Claim) -> None:
    assert "There is no page" in get(client, f"/claims/{claim.slug}/compare/", status=404).text


def test_compare_moved_claim_redirects(client: Client, claim: Claim) -> None:
    publishing.publish(changed(claim, slug="old"), by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")

    response = client.get("/claims/old/compare/?from=1&to=2")

    assert (response.status_code, response["Location"]) == (301, "/claims/new/compare/?from=1&to=2")


def test_timeline_links_each_edition_to_what_it_changed(client: Client, corrected: Claim) -> None:
    page = get(client, "/claims/it/")

    compare = "/claims/it/compare/"
    assert [link for link in page.links() if link.startswith(compare)] == [
        f"{compare}?from=2&to=3",
        f"{compare}?from=1&to=2",
        compare,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_compare_queries_are_constant(
    client: Client, claim: Claim, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count + 1):
        publishing.publish(changed(claim, text=f"Text {number}."), by="ed", note="A note.")

    with django_assert_num_queries(3):  # head, editions, the two documents
        page = get(client, f"/claims/{claim.slug}/compare/?from=1&to={count + 1}")

    assert page.text.count("A note.") == count


def test_compare_in_the_language_of_the_page(client: Client) -> None:
    claim = factories.translated_claim(slug="so")
    publishing.publish(claim, by="ed")
    claim.translations.update(summary="요약 둘", text="주장 둘")
    claim.verdict.rating = factories.rating("half-true")
    claim.verdict.rating.translations.create(language="ko", label="반반", definition="정의")
    claim.verdict.save()
    publishing.publish_all([claim.verdict.rating.scale, claim], by="ed")
    last = Edition.objects.of("claim", "so")[0].number

    own, korean = (get(client, f"{front}/claims/so/compare/?from=1&to={last}").text for front in ("", "/ko"))

    for change in ("요약 이전 요약 역 이후 요약 둘", "판정 이전 판정 역 이후 반반", "본문 이전 주장 역 이후 주장 둘"):
        assert change in korean
    assert ("Half true" in korean, "번역 1" in korean) == (False, False)
    # Who reads English sees that the Korean changed, too.
    assert "Verdict › rating Before False After Half true" in own
    assert "Translations 1 › summary Before 요약 역 After 요약 둘" in own
