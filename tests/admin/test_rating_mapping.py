import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import ExternalReview, RatingMapping
from tests import factories

pytestmark = pytest.mark.django_db
UNMAPPED = "/admin/claims/ratingmapping/unmapped/"


@pytest.fixture
def desk() -> Client:
    user = factories.UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_ratingmapping", "add_ratingmapping"]))
    client = Client()
    client.force_login(user)
    return client


def _review(publisher: str, rating: str, value: str = "") -> ExternalReview:
    review = ExternalReview(
        claim=factories.ClaimFactory.create(), publisher=publisher, rating=rating, rating_value=value
    )
    review.save()
    return review


def test_words_without_mapping_are_listed_the_most_frequent_first(desk: Client) -> None:
    for publisher, rating, value in [
        ("A", "Falso", ""),
        ("A", "Falso", "1"),
        ("B", "Falso", ""),
        ("B", "", "2,5"),
        ("C", "", ""),
    ]:
        _review(publisher, rating, value)
    RatingMapping.objects.create(publisher="B", words="Falso", rating=factories.rating("false"))

    rows = desk.get(UNMAPPED).context["rows"]

    assert [(row["publisher"], row["words"], row["count"]) for row, _ in rows] == [("A", "Falso", 2), ("B", "2,5", 1)]


def test_editor_picks_a_rating_and_comes_back_to_the_rest(desk: Client) -> None:
    _review("A & B", "Falso")
    [(_, address)] = desk.get(UNMAPPED).context["rows"]
    form = desk.get(address).context["adminform"].form
    rating = factories.rating("false")

    saved = desk.post(address, {name: form.initial[name] for name in ("publisher", "words")} | {"rating": rating.pk})

    assert saved["Location"] == UNMAPPED
    assert RatingMapping.objects.values_list("publisher", "words", "rating").get() == ("A & B", "Falso", rating.pk)
    assert desk.get(UNMAPPED).context["rows"] == []


def test_mapping_is_a_suggestion_beside_the_review(admin_client: Client) -> None:
    review = _review("A", "Falso")
    RatingMapping.objects.create(publisher="A", words="Falso", rating=factories.rating("false"))

    page = admin_client.get(f"/admin/claims/claim/{review.claim_id}/change/")

    assert ExternalReview.objects.with_suggestion().get().suggestion == "False"  # type: ignore[attr-defined]
    assert "comes closest to" in page.content.decode().lower()
    assert not hasattr(review.claim, "verdict")


def test_list_without_permission_is_refused() -> None:
    client = Client()
    client.force_login(factories.UserFactory.create(is_staff=True))

    assert client.get(UNMAPPED).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(desk: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(count):
        _review("A", f"Falso {number}")

    with django_assert_num_queries(6):  # session, user, two of permissions, the count, the rows
        desk.get(UNMAPPED)
