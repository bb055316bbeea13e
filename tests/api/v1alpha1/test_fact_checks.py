import pytest
from pytest_django import DjangoAssertNumQueries

from claims.api.v1alpha1.fact_checks import LONGEST, fact_checks_of
from claims.domain import publishing
from claims.exchange.claimreview import Site
from claims.models import Claim, Edition
from tests import factories

pytestmark = pytest.mark.django_db

SITE = Site(name="Facts", address="https://facts.example/")


@pytest.mark.parametrize(("reviews", "queries"), [(1, 0), (20, 1)])
def test_fact_check_is_remembered_unless_it_is_long(
    claim: Claim, reviews: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(reviews):
        factories.ExternalReviewFactory.create(claim=claim, url=f"https://a.example/{number}", title="x" * 500)
    publishing.publish(claim, by="ed")
    digests = [Edition.objects.get(kind="claim").digest]
    [before] = fact_checks_of(digests, SITE, "")

    with django_assert_num_queries(queries):
        again = fact_checks_of(digests, SITE, "")

    assert (again, len(before) > LONGEST) == ([before], queries == 1)


def test_fact_checks_are_in_the_order_asked_for(claim: Claim) -> None:
    other = factories.ClaimFactory.create(text="Another.")
    publishing.publish_all([claim, other], by="ed")
    digests = dict(Edition.objects.filter(kind="claim").values_list("slug", "digest"))
    wanted = [digests[other.slug], digests[claim.slug]]

    made = fact_checks_of(wanted, SITE, "")

    assert ["Another." in text for text in made] == [True, False]
    assert fact_checks_of(wanted[::-1], SITE, "") == made[::-1]
