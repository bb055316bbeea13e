import pytest
from django.test import Client

from tests import factories
from tests.admin.conftest import As
from tests.admin.forms import complaints, path, row, save

pytestmark = pytest.mark.django_db


def test_translate_a_role_on_its_page_and_return_to_the_speaker(desk: Client) -> None:
    role = factories.AffiliationFactory.create(title="Envoy")

    response = desk.get(path("affiliation", "change", role.pk))
    saved = save(desk, path("affiliation", "change", role.pk), **row("translations", language="ko", title="특사"))

    assert "Envoy" in response.content.decode()
    assert saved["Location"] == path("speaker", "change", role.speaker.pk)
    assert role.translations.get().title == "특사"


def test_translate_a_rating_on_its_page_and_return_to_the_scale(desk: Client) -> None:
    rating = factories.rating("false")
    translated = row("translations", language="ko", label="거짓", definition="사실과 다릅니다.")

    saved = save(desk, path("rating", "change", rating.pk), **translated)

    assert saved["Location"] == path("ratingscale", "change", rating.scale.pk)
    assert rating.translations.get().label == "거짓"


@pytest.mark.parametrize("person", ["staff", "viewer", "editor"])
def test_rows_of_other_forms_are_neither_added_nor_deleted_on_pages_of_their_own(logged_in_as: As, person: str) -> None:
    rating = factories.rating("false")
    client = logged_in_as(person)

    pages = [path("rating", "add"), path("rating", "delete", rating.pk)]

    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert "rating/" not in client.get("/admin/").content.decode()


def test_translate_evidence_on_its_page_and_return_to_the_claim(desk: Client) -> None:
    shown = factories.EvidenceFactory.create(note="It shows otherwise.")

    response = desk.get(path("evidence", "change", shown.pk))
    saved = save(desk, path("evidence", "change", shown.pk), **row("translations", language="ko", note="다르다."))

    assert "It shows otherwise." in response.content.decode()
    assert saved["Location"] == path("claim", "change", shown.claim.pk)
    assert shown.translations.get().note == "다르다."


def test_translate_evidence_without_a_text(desk: Client) -> None:
    shown = factories.EvidenceFactory.create()

    page = save(desk, path("evidence", "change", shown.pk), **row("translations", language="ko"))

    assert complaints(page) == ["Translate something, or leave this language out."]
