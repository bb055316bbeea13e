import pytest
from django.test import Client

from claims.models import Appearance, AttributionLink
from tests import factories
from tests.admin.forms import complaints, path, record, row, save


@pytest.fixture
def appearance(db: None) -> Appearance:
    return factories.AppearanceFactory.create()


def test_claim_form_links_to_it(desk: Client, appearance: Appearance) -> None:
    page = desk.get(path("claim", "change", appearance.claim.pk))

    assert page.content.decode().count(f'href="{path("appearance", "change", appearance.pk)}"') == 1


def test_start_page_does_not_list_it(desk: Client, db: None) -> None:
    page = desk.get("/admin/")

    names = [model["object_name"] for app in page.context["app_list"] for model in app["models"]]
    assert names == ["Claim", "Page", "Partner", "RatingScale", "Source", "Speaker", "Tip", "Topic"]


def test_chain_is_recorded(desk: Client, appearance: Appearance) -> None:
    speaker = factories.SpeakerFactory.create()
    link = row("attribution", position=1, speaker=speaker.pk, act="reported")

    response = save(desk, path("appearance", "change", appearance.pk), **link)

    assert response["Location"] == path("claim", "change", appearance.claim.pk)
    assert (appearance.attribution.get().speaker, record()) == (speaker, [])


def test_two_links_at_one_position(desk: Client, appearance: Appearance) -> None:
    speaker = factories.SpeakerFactory.create()
    link = {"position": 1, "speaker": speaker.pk, "act": "reported"}
    rows = {f"attribution-{n}-{name}": value for n in (0, 1) for name, value in link.items()}

    page = save(desk, path("appearance", "change", appearance.pk), **rows, **{"attribution-TOTAL_FORMS": 2})

    same = "Two links of an attribution chain cannot have the same position."
    assert set(complaints(page)) == {same, "Please correct the duplicate values below."}
    assert not AttributionLink.objects.exists()


def test_claim_of_it_stays(desk: Client, appearance: Appearance) -> None:
    other = factories.ClaimFactory.create()

    save(desk, path("appearance", "change", appearance.pk), claim=other.pk)

    assert Appearance.objects.get().claim == appearance.claim
