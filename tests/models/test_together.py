import pytest
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import PublishedClaim, PublishedEntity
from claims.models.together import documents, texts, together
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def _published() -> None:
    for number in range(3):
        speaker = factories.SpeakerFactory.create(name=f"100% {number}", slug=f"s{number}")
        publishing.publish(factories.ClaimFactory.create(speaker=speaker, slug=f"c{number}"), by="ed")


@pytest.mark.usefixtures("_published")
def test_together_gives_each_its_rows_in_its_order(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    claims, entities = PublishedClaim.objects.all(), PublishedEntity.objects.all()

    with django_assert_num_queries(1):
        newest, oldest, names, none = together(
            texts(claims.order_by("-first_sequence")[:2], "slug"),
            texts(claims.order_by("first_sequence"), "slug", "speaker_slug"),
            texts(entities.filter(name__endswith="% 1"), "kind", "name"),
            texts(claims.filter(slug="c9"), "slug"),
        )

    assert newest == [("c2", "", ""), ("c1", "", "")]
    assert oldest == [("c0", "s0", ""), ("c1", "s1", ""), ("c2", "s2", "")]
    assert names == [("speaker", "100% 1", "")]
    assert none == []


@pytest.mark.usefixtures("_published")
def test_together_leaves_out_what_cannot_be_found() -> None:
    claims = PublishedClaim.objects.order_by("first_sequence")

    impossible, found = together(texts(claims.filter(slug__in=[]), "slug"), texts(claims[1:2], "slug"))

    assert (impossible, found) == ([], [("c1", "", "")])


def test_together_of_nothing_asks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert together(documents(PublishedClaim.objects.none())) == [[]]
