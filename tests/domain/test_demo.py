import json
import tomllib
from pathlib import Path

import pytest

from claims.domain import demo, verifying
from claims.enums import Action, RecordKind
from claims.models import Claim, Edition, PublishedClaim, PublishedEntity, User

pytestmark = pytest.mark.django_db

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "demo" / "000_1bc272bb55de37cd.txt"


def test_load_publishes_all_claims() -> None:
    loaded = demo.load()

    assert loaded == Claim.objects.count() == PublishedClaim.objects.count() == 12
    assert verifying.verify() == Edition.objects.count()


def test_load_again_keeps_what_was_edited() -> None:
    demo.load()
    Claim.objects.filter(slug="full-support-of-south-korea").update(text="Edited meanwhile.")
    Claim.objects.filter(slug="discussions-in-pyongyang-were-productive").delete()
    before = Edition.objects.count()

    assert demo.load() == 0
    assert Claim.objects.get(slug="full-support-of-south-korea").text == "Edited meanwhile."
    assert Claim.objects.count() == 11
    assert Edition.objects.count() == before


def test_load_shows_a_correction() -> None:
    demo.load()

    history = Edition.objects.of(RecordKind.CLAIM, "first-proper-working-level-meeting")
    found = [(edition.action, _rating(edition)) for edition in history]

    assert found == [(Action.CORRECTED, "mostly-false"), (Action.PUBLISHED, "false")]


def test_load_shows_a_forecast_from_pending_to_resolved() -> None:
    demo.load()

    history = Edition.objects.of(RecordKind.CLAIM, "talks-in-a-third-country-in-the-week-of-february-17")
    found = [(edition.action, _rating(edition)) for edition in history]

    assert found == [(Action.UPDATED, "true"), (Action.PUBLISHED, None)]


def test_load_invents_no_finding() -> None:
    demo.load()

    unsettled = PublishedClaim.objects.filter(rating_slug="")

    assert [claim.slug for claim in unsettled] == ["north-korea-great-economic-powerhouse"]


def test_load_keeps_the_six_kims_apart() -> None:
    demo.load()

    kims = PublishedEntity.objects.filter(kind=RecordKind.SPEAKER, name__startswith="Kim ").order_by("slug")

    assert [kim.slug for kim in kims] == [
        "kim-eui-kyeom",
        "kim-hyok-chol",
        "kim-jong-un",
        "kim-joon-hyung",
        "kim-yong-chol",
        "kim-yong-hyun",
    ]


def test_load_shows_titles_held_then() -> None:
    demo.load()

    row = PublishedClaim.objects.get(slug="full-support-of-south-korea")
    roles = json.loads(row.edition.document)["speaker"]["roles"]

    assert [role["title"] for role in roles] == ["South Korean Foreign Minister"]


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not beside this checkout (../shared/demo)")
def test_quotations_of_the_article_are_exact() -> None:
    article = " ".join(ARTICLE.read_text(encoding="utf-8").split())
    claims = tomllib.loads(demo.DATA.read_text(encoding="utf-8"))["claims"]
    passages = [
        appearance.get("prefix", "") + appearance["quotation"] + appearance.get("suffix", "")
        for claim in claims
        for appearance in claim["appearances"]
        if appearance["source"] == "voa"
    ]

    assert len(passages) == 14
    assert [passage for passage in passages if " ".join(passage.split()) not in article] == []


def test_create_logins_keeps_a_changed_password() -> None:
    demo.create_logins()
    editor = User.objects.get(username=demo.EDITOR)
    editor.set_password("something else")
    editor.save()

    assert demo.create_logins() == ["editor", "admin"]
    assert User.objects.get(username=demo.EDITOR).check_password("something else")


def test_create_logins_lets_the_editor_publish() -> None:
    demo.create_logins()

    editor = User.objects.get(username=demo.EDITOR)

    assert editor.has_perms(["claims.publish_claim", "claims.change_source", "claims.add_speaker"])
    assert not editor.has_perm("claims.change_user")


def _rating(edition: Edition) -> str | None:
    verdict = json.loads(edition.document)["verdict"]
    return verdict["rating"]["slug"] if verdict else None
