import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim, PublishedClaim, Speaker
from claims.web.contradictions import Contradictions, contradictions
from tests import factories
from tests.web.pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker() -> Speaker:
    return factories.SpeakerFactory.create(name="Kim", slug="kim")


def contradict(one: Claim, other: Claim, kind: str = "contradicts") -> None:
    factories.ClaimRelationFactory.create(claim=one, target=other, kind=kind)


def of_kim() -> Contradictions:
    return contradictions(PublishedClaim.objects.filter(speaker_slug="kim"), 20)


def test_contradictions_stand_in_the_order_of_time(client: Client, speaker: Speaker) -> None:
    late = factories.ClaimFactory.create(speaker=speaker, text="Late.", claimed_on="2019-12-31")
    early = factories.ClaimFactory.create(text="Early.", claimed_on="2018-01-01")
    contradict(late, early)
    contradict(late, factories.ClaimFactory.create(), "repeats")
    publishing.publish_all([early, late], by="ed")

    found = of_kim()

    [pair] = found.pairs
    assert (pair.first["text"], pair.second["text"]) == ("Early.", "Late.")
    assert (pair.begins, pair.ends, pair.length) == (0, 100, 100)
    assert (found.first_year, found.last_year) == (2018, 2019)
    page = get(client, "/speakers/kim/")
    assert "Claims that contradict each other" in page.text
    assert [dot["cx"] for dot in page.all("circle", r="6")] == ["0.0%", "100.0%"]


def test_contradiction_recorded_with_the_claim_of_another(client: Client, speaker: Speaker) -> None:
    ours = factories.ClaimFactory.create(speaker=speaker, text="Up.", claimed_on="2019-01-01")
    theirs = factories.ClaimFactory.create(text="Down.", claimed_on="2019-02-01")
    third = factories.ClaimFactory.create(text="Left.")
    contradict(theirs, ours)
    contradict(theirs, third)  # which is nothing to Kim
    publishing.publish_all([ours, theirs, third], by="ed")

    found = of_kim()

    assert [(pair.first["text"], pair.second["text"]) for pair in found.pairs] == [("Up.", "Down.")]
    page = get(client, "/speakers/kim/").text
    assert ("Claims that contradict each other" in page, "Down." in page, "Left." in page) == (True, True, False)


def test_contradiction_said_from_both_sides_is_one(speaker: Speaker) -> None:
    one, other = factories.ClaimFactory.create_batch(2, speaker=speaker)
    publishing.publish_all([one, other], by="ed")
    contradict(one, other)
    contradict(other, one)
    publishing.publish_all([one, other], by="ed")

    assert len(of_kim().pairs) == 1


def test_contradiction_of_unknown_day_has_no_place_on_the_line(client: Client, speaker: Speaker) -> None:
    one, other = factories.ClaimFactory.create_batch(2, speaker=speaker)
    contradict(one, other)
    publishing.publish_all([one, other], by="ed")

    found = of_kim()

    assert ([(pair.begins, pair.ends) for pair in found.pairs], found.first_year) == ([(None, None)], None)
    assert get(client, "/speakers/kim/").text.count("Date not known") == 2
