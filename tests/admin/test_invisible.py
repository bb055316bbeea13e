"""Text of which nothing can be seen, in the forms of the desk."""

from typing import Any

import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim, Edition
from tests import factories
from tests.admin.forms import complaints, confirm, path, row, save
from tests.histories import changed

pytestmark = pytest.mark.django_db

INVISIBLE = "Nothing can be seen of this text: it has only invisible characters. Write it anew."
UNSEEN = "\u200b"


def _verdict() -> dict[str, Any]:
    return row("verdict", rating=factories.rating("false").pk, summary=UNSEEN, reviewed_on="2019-03-01")


def _appearance() -> dict[str, Any]:
    source = factories.SourceFactory.create().pk
    return row("appearances", source=source, quotation=UNSEEN, wording="direct", medium="spoken", position=1)


@pytest.mark.parametrize("text", [UNSEEN, "\u202e", "\ufeff", "\u2066", "\U000e0041", "\u3164"])
def test_claim_of_which_nothing_can_be_seen(desk: Client, text: str) -> None:
    speaker = factories.SpeakerFactory.create()

    page = save(desk, path("claim", "add"), text=text, speaker=speaker.pk)

    assert (complaints(page), Claim.objects.count()) == ([INVISIBLE], 0)


@pytest.mark.parametrize("rows", [_verdict, _appearance])
def test_part_of_a_claim_of_which_nothing_can_be_seen(desk: Client, claim: Claim, rows: Any) -> None:
    page = save(desk, path("claim", "change", claim.pk), **rows())

    assert complaints(page) == [INVISIBLE]


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("speaker", {"kind": "person", "name": UNSEEN}),
        ("topic", {"name": UNSEEN}),
        ("source", {"kind": "article", "title": UNSEEN, "publisher": "A paper", "language": "en"}),
        ("source", {"kind": "article", "title": "A title", "publisher": UNSEEN, "language": "en"}),
    ],
)
def test_object_of_which_nothing_can_be_seen(desk: Client, model: str, fields: dict[str, str]) -> None:
    page = save(desk, path(model, "add"), **fields)

    assert complaints(page) == [INVISIBLE]


@pytest.mark.parametrize("change", ["correct", "retract"])
def test_reason_of_which_nothing_can_be_seen(desk: Client, claim: Claim, change: str) -> None:
    publishing.publish(claim, by="ed")
    before = Edition.objects.count()

    page = confirm(desk, change, changed(claim, text="It was so."), note=UNSEEN)

    assert (page.context["form"].errors["note"], Edition.objects.count()) == ([INVISIBLE], before)
