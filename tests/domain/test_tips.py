from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from pytest_django import Settings

from claims.domain import tips
from claims.enums import TipState
from claims.models import Tip
from tests import factories

pytestmark = pytest.mark.django_db

START = datetime(2019, 3, 1, 12, tzinfo=UTC)
# Every pair of states that a tip may go through; all others are refused.
ALLOWED = {
    ("new", "taken"),
    ("new", "declined"),
    ("new", "claimed"),
    ("taken", "declined"),
    ("taken", "claimed"),
    ("declined", "taken"),
    ("declined", "claimed"),
    ("claimed", "taken"),
}


@pytest.mark.parametrize("before", TipState.values)
@pytest.mark.parametrize("after", TipState.values)
def test_decide_every_transition(before: str, after: str) -> None:
    tip = factories.TipFactory.create(state=before, answer="Because.")
    claim = factories.ClaimFactory.create()

    if before == after or (before, after) in ALLOWED:
        tips.decide(tip, after, answer="Because.", claim=claim)
        assert Tip.objects.get().state == after
    else:
        with pytest.raises(tips.TipError, match="cannot become"):
            tips.decide(tip, after, answer="Because.", claim=claim)
        assert Tip.objects.get().state == before


@pytest.mark.parametrize(
    ("state", "problem"),
    [("declined", "Tell the sender why it is declined."), ("claimed", "Say which claim it became.")],
)
def test_decide_without_what_it_needs(state: str, problem: str) -> None:
    with pytest.raises(tips.TipError) as error:
        tips.decide(factories.TipFactory.create(), state, answer=" ", claim=None)

    assert str(error.value) == problem


def test_contact_is_forgotten_after_its_days(settings: Settings) -> None:
    settings.TIP_CONTACT_DAYS = 30
    with time_machine.travel(START, tick=False) as clock:
        tip = tips.send("Old.", "", contact="old@a.example", sender="192.0.2.1", token="1")
        clock.shift(timedelta(days=30))
        tips.send("New.", "", contact="new@a.example", sender="192.0.2.1", token="2")
        kept = list(Tip.objects.order_by("pk").values_list("contact", flat=True))
        clock.shift(timedelta(seconds=1))
        call_command("forget_tips")

    tip.refresh_from_db()
    assert kept == ["old@a.example", "new@a.example"]
    assert (tip.text, tip.contact, tip.origin) == ("Old.", "", "")


def test_origin_tells_senders_apart_for_a_day_only() -> None:
    with time_machine.travel(START, tick=False) as clock:
        today = [tips.origin_of(sender) for sender in ("192.0.2.1", "192.0.2.1", "192.0.2.2")]
        clock.shift(timedelta(days=1))
        tomorrow = tips.origin_of("192.0.2.1")

    assert (today[0] == today[1], today[0] == today[2], today[0] == tomorrow) == (True, False, False)
