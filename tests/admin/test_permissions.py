"""Who may do what on the desk: every kind of person against every page."""

import pytest

from claims.domain import publishing
from claims.models import Claim, Edition
from tests.admin.conftest import PEOPLE, As
from tests.admin.forms import confirm, filled, path

PAGES = {
    "list": lambda claim: path("claim", "changelist"),
    "add": lambda claim: path("claim", "add"),
    "form": lambda claim: path("claim", "change", claim.pk),
    "preview": lambda claim: path("claim", "preview", claim.pk),
    "publish": lambda claim: f"{path('claim', 'publish')}?ids={claim.pk}",
    "correct": lambda claim: f"{path('claim', 'correct')}?ids={claim.pk}",
    "retract": lambda claim: f"{path('claim', 'retract')}?ids={claim.pk}",
    "delete": lambda claim: path("claim", "delete", claim.pk),
}
READING = {"list", "form", "preview"}
WRITING = READING | {"add", "delete"}
ALLOWED = {
    "staff": set(),
    "viewer": READING,
    "editor": WRITING,
    "publisher": set(PAGES),
    "superuser": set(PAGES),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("person", PEOPLE)
def test_page_of_a_draft(logged_in_as: As, claim: Claim, person: str, page: str) -> None:
    client = logged_in_as(person)

    response = client.get(PAGES[page](claim))

    if person == "anonymous":
        assert response["Location"].partition("?")[0] == "/admin/login/"
    else:
        assert response.status_code == (200 if page in ALLOWED[person] else 403)


@pytest.mark.parametrize("change", ["publish", "correct", "retract"])
@pytest.mark.parametrize("person", PEOPLE)
def test_change_of_the_record(logged_in_as: As, claim: Claim, person: str, change: str) -> None:
    publishing.publish(claim, by="ed")
    Claim.objects.filter(pk=claim.pk).update(text="It was so.")
    client = logged_in_as(person)
    before = Edition.objects.count()

    if "publish" in ALLOWED.get(person, set()):
        confirm(client, change, claim, note="Why.")
    else:
        client.post(path("claim", change), {"ids": claim.pk, "note": "Why.", "seen": ""})

    newest = Edition.objects.order_by("-sequence")[0]
    expected = {"publish": "updated", "correct": "corrected", "retract": "retracted"}[change]
    if person in {"publisher", "superuser"}:
        assert (newest.action, newest.note, newest.author) == (expected, "Why.", person)
    else:
        assert Edition.objects.count() == before


@pytest.mark.parametrize("person", PEOPLE)
def test_delete_of_a_draft(logged_in_as: As, claim: Claim, person: str) -> None:
    logged_in_as(person).post(path("claim", "delete", claim.pk), {"post": "yes"})

    assert Claim.objects.exists() == (person not in {"editor", "publisher", "superuser"})


@pytest.mark.parametrize("person", PEOPLE)
def test_delete_of_what_was_public(logged_in_as: As, claim: Claim, person: str) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="Wrong.")
    client = logged_in_as(person)

    response = client.post(path("claim", "delete", claim.pk), {"post": "yes"})

    assert (response.status_code, Claim.objects.count()) == (302 if person == "anonymous" else 403, 1)


@pytest.mark.parametrize("person", PEOPLE)
def test_actions_offered(logged_in_as: As, claim: Claim, person: str) -> None:
    page = logged_in_as(person).get(path("claim", "changelist"))

    offered = [name for name, _ in page.context["action_form"].fields["action"].choices] if _has_actions(page) else []
    publishing_actions = ["publish_selected", "correct_selected", "retract_selected"]
    expected = {
        "editor": ["", "delete_selected"],
        "publisher": ["", *publishing_actions, "delete_selected"],
        "superuser": ["", *publishing_actions, "delete_selected"],
    }
    assert offered == expected.get(person, [])


@pytest.mark.parametrize("person", ["viewer", "editor", "publisher"])
def test_buttons_offered_on_a_changed_claim(logged_in_as: As, claim: Claim, person: str) -> None:
    publishing.publish(claim, by="ed")
    Claim.objects.filter(pk=claim.pk).update(text="It was so.")

    page = logged_in_as(person).get(path("claim", "change", claim.pk))

    labels = [label for _, label, _ in page.context["publication"]["changes"]]
    offered = ["Publish changes…", "Publish correction…", "Retract…"]
    assert (labels, page.context["show_publish"]) == ((offered, True) if person == "publisher" else ([], False))


def test_publish_button_posted_without_permission(logged_in_as: As, claim: Claim) -> None:
    client = logged_in_as("editor")
    address = path("claim", "change", claim.pk)
    page = client.get(address)

    response = client.post(address, filled(page, _publish="1"))

    assert response["Location"] == path("claim", "changelist")


def _has_actions(page: object) -> bool:
    context = getattr(page, "context", None)
    return bool(context and "action_form" in context and context["action_form"])


def test_form_posted_by_a_viewer(logged_in_as: As, claim: Claim) -> None:
    viewer = logged_in_as("viewer")

    response = viewer.post(path("claim", "change", claim.pk), {"text": "Mine now."})

    claim.refresh_from_db()
    assert (response.status_code, claim.text == "Mine now.") == (403, False)
