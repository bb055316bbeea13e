import pytest
from django.test import Client

from claims.models import Claim, Tip
from tests import factories
from tests.admin.conftest import PEOPLE, As
from tests.admin.forms import complaints, filled, path, save


def test_list_shows_what_came_in(desk: Client, db: None) -> None:
    factories.TipFactory.create(text="Bridges are closed.")

    page = desk.get(path("tip", "changelist"))

    assert [str(tip) for tip in page.context["cl"].result_list] == ["Bridges are closed."]


@pytest.mark.parametrize("person", PEOPLE)
def test_inbox_is_for_those_who_may(logged_in_as: As, db: None, person: str) -> None:
    tip = factories.TipFactory.create()

    code = logged_in_as(person).get(path("tip", "change", tip.pk)).status_code

    assert code == {"anonymous": 302, "staff": 403}.get(person, 200)


def test_decline_tells_the_sender_why(desk: Client, db: None) -> None:
    tip = factories.TipFactory.create()

    refused = save(desk, path("tip", "change", tip.pk), state="declined")
    save(desk, path("tip", "change", tip.pk), state="declined", answer="It is an opinion.", internal_note="Rude.")

    tip.refresh_from_db()
    assert complaints(refused) == ["Tell the sender why it is declined."]
    assert (tip.state, tip.answer, tip.internal_note) == ("declined", "It is an opinion.", "Rude.")


def test_what_was_sent_cannot_be_changed(desk: Client, db: None) -> None:
    tip = factories.TipFactory.create(text="Bridges are closed.")

    save(desk, path("tip", "change", tip.pk), state="taken", text="Other", contact="x@y.example")

    tip.refresh_from_db()
    assert (tip.state, tip.text, tip.contact) == ("taken", "Bridges are closed.", "")


def test_claim_is_made_of_a_tip(desk: Client, db: None) -> None:
    tip = factories.TipFactory.create(text="Bridges are closed.", url="https://tv.example/")
    speaker = factories.SpeakerFactory.create()
    address = f"{path('claim', 'add')}?from_tip={tip.pk}"

    form = desk.get(address)
    desk.post(address, filled(form, speaker=speaker.pk))

    tip.refresh_from_db()
    claim = Claim.objects.get()
    assert (claim.text, tip.claim, tip.state) == ("Bridges are closed.", claim, "claimed")
    assert claim.internal_note.endswith("Bridges are closed.\nhttps://tv.example/")


@pytest.mark.parametrize("pk", ["", "0", "x", "-1", "9" * 30, "१"])
def test_claim_made_of_no_tip(desk: Client, db: None, pk: str) -> None:
    address = f"{path('claim', 'add')}?from_tip={pk}"

    desk.post(address, filled(desk.get(address), speaker=factories.SpeakerFactory.create().pk, text="It is so."))

    assert (Claim.objects.get().text, Tip.objects.count()) == ("It is so.", 0)
