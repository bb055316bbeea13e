import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim, Edition
from tests.admin.conftest import As
from tests.admin.forms import path


@pytest.fixture
def edition(claim: Claim) -> Edition:
    claim.text = "Café <b>here</b>."
    claim.save()
    edition = publishing.publish(claim, by="ed")
    assert edition is not None
    return edition


@pytest.fixture
def superuser(logged_in_as: As) -> Client:
    return logged_in_as("superuser")


def test_detail_shows_the_document_and_the_digest(superuser: Client, edition: Edition) -> None:
    page = superuser.get(path("edition", "change", edition.pk))

    text = page.content.decode()
    assert text.count("&quot;text&quot;: &quot;Café &lt;b&gt;here&lt;/b&gt;.&quot;") == 1
    assert text.count(edition.digest) == 1
    assert page.context["absolute_url"] == f"/claims/{edition.slug}/editions/1/"


def test_nobody_changes_the_record(superuser: Client, edition: Edition) -> None:
    change = superuser.post(path("edition", "change", edition.pk), {"note": "Changed."})
    add = superuser.post(path("edition", "add"), {"note": "Added."})
    delete = superuser.post(path("edition", "delete", edition.pk), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [edition.pk], "post": "yes"}
    superuser.post(path("edition", "changelist"), chosen)

    assert [response.status_code for response in (change, add, delete)] == [403, 403, 403]
    assert list(Edition.objects.values_list("kind", "note")) == [("speaker", ""), ("claim", "")]


def test_list_of_one_object(superuser: Client, edition: Edition, claim: Claim) -> None:
    form = superuser.get(path("claim", "change", claim.pk))

    page = superuser.get(form.context["publication"]["editions"])

    assert list(page.context["cl"].result_list) == [edition]
    assert page.context["cl"].result_list[0].get_deferred_fields() == {"document"}


def test_search(superuser: Client, edition: Edition) -> None:
    by_digest = superuser.get(path("edition", "changelist"), {"q": edition.digest})
    by_kind = superuser.get(path("edition", "changelist"), {"kind__exact": "speaker"})

    assert list(by_digest.context["cl"].result_list) == [edition]
    assert [item.kind for item in by_kind.context["cl"].result_list] == ["speaker"]
