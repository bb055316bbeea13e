"""The page that asks before anything becomes public, and what its yes does."""

import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim, Edition, Publishable, PublishedClaim, Topic
from tests import factories
from tests.admin.forms import confirm, filled, path, record, told
from tests.histories import changed


def test_publish_of_a_draft(desk: Client, claim: Claim) -> None:
    response = confirm(desk, "publish", claim, note="At last.")

    link = f'<a href="/claims/{claim.slug}/">{claim.text}</a>'
    assert response["Location"] == path("claim", "change", claim.pk)
    assert told(desk, response) == [f"Published: {link}"]
    assert record() == [("speaker", "published", ""), ("claim", "published", "At last.")]


def test_publish_without_a_note(desk: Client, claim: Claim) -> None:
    confirm(desk, "publish", claim)

    assert record() == [("speaker", "published", ""), ("claim", "published", "")]


def test_page_of_a_first_publication(desk: Client, full_claim: Claim) -> None:
    page = desk.get(path("claim", "publish"), {"ids": full_claim.pk})

    plan = page.context["plan"]
    kinds = [item.record_kind.value for item in plan.along]
    assert kinds == ["rating-scale", "topic", "topic", *["source"] * 4, "speaker", "speaker", "speaker"]
    assert [step.before for step in plan.steps] == [None]
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert record() == []


def test_page_of_a_correction_shows_what_changes(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    before = claim.text
    changed(claim, text="It was <b>so</b>.")

    page = desk.get(path("claim", "correct"), {"ids": claim.pk})

    (difference,) = page.context["plan"].steps[0].differences
    assert (difference.path, difference.before, difference.after) == ("text", before, "It was <b>so</b>.")
    assert page.content.decode().count("<ins>It was &lt;b&gt;so&lt;/b&gt;.</ins>") == 1
    assert page.content.decode().count("<b>so</b>") == 0


def test_correction(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    changed(claim, text="It was so.")

    confirm(desk, "correct", claim, note="It was in the past.")

    assert record()[-1] == ("claim", "corrected", "It was in the past.")
    assert PublishedClaim.objects.get().text == "It was so."


@pytest.mark.parametrize("change", ["correct", "retract"])
@pytest.mark.parametrize("note", ["", "  \n "])
def test_reason_missing(desk: Client, claim: Claim, change: str, note: str) -> None:
    publishing.publish(claim, by="ed")
    changed(claim, text="It was so.")
    before = record()

    page = confirm(desk, change, claim, note=note)

    assert page.context["form"].errors == {"note": ["Give the reason: readers see it beside the change."]}
    assert record() == before


@pytest.mark.parametrize(("note", "error"), [("a\x07b", "Character 2 is a control"), ("x" * 2001, "Ensure this value")])
def test_reason_that_cannot_be_stored(desk: Client, claim: Claim, note: str, error: str) -> None:
    publishing.publish(claim, by="ed")
    before = record()

    page = confirm(desk, "retract", claim, note=note)

    assert page.context["form"].errors["note"][0].startswith(error)
    assert record() == before


def test_reason_of_several_lines(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    confirm(desk, "retract", claim, note="One.\r\n\r\nTwo.")

    assert record()[-1] == ("claim", "retracted", "One.\n\nTwo.")


def test_retraction(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    response = confirm(desk, "retract", claim, note="Never said.")

    assert told(desk, response) == [f"Retracted: {claim.text}"]
    assert record()[-1] == ("claim", "retracted", "Never said.")
    assert not PublishedClaim.objects.exists()


def test_retraction_of_a_speaker_that_is_named(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    before = record()

    page = confirm(desk, "retract", claim.speaker, note="Gone.")

    named = "It is named by 1 published pages. Retract or change those first."
    assert page.context["form"].non_field_errors() == [named]
    assert record() == before


@pytest.mark.parametrize(("change", "done"), [("correct", "corrected"), ("retract", "retracted")])
def test_change_of_what_is_not_public(desk: Client, claim: Claim, change: str, done: str) -> None:
    page = desk.get(path("claim", change), {"ids": claim.pk})
    response = desk.post(path("claim", change), {"ids": claim.pk, "note": "Why.", "seen": ""})

    assert page.context["plan"].problem == f"Only what is public can be {done}."
    assert page.content.decode().count('name="seen"') == 0
    assert response.context["form"].non_field_errors() == [f"Only what is public can be {done}."]
    assert record() == []


def test_forecast_without_criterion(desk: Client, db: None) -> None:
    forecast = factories.ForecastFactory.create(criterion="")

    page = desk.get(path("claim", "publish"), {"ids": forecast.pk})

    problem = "A forecast needs its criterion before it is published: what will settle it?"
    assert page.context["plan"].problem == problem
    assert page.content.decode().count(f'<p class="errornote">{problem}</p>') == 1
    assert record() == []


def test_page_when_nothing_changed(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    before = record()

    page = desk.get(path("claim", "publish"), {"ids": claim.pk})
    response = confirm(desk, "publish", claim)

    assert page.content.decode().count("Nothing of it will change.") == 1
    assert told(desk, response) == ["Readers had all of it already, so nothing was published."]
    assert record() == before


def test_draft_changed_since_the_page_was_opened(desk: Client, claim: Claim) -> None:
    address = path("claim", "publish")
    seen = desk.get(address, {"ids": claim.pk}).context["plan"].fingerprint
    changed(claim, text="A colleague was faster.")

    page = desk.post(address, {"ids": claim.pk, "seen": seen})
    again = desk.post(address, {"ids": claim.pk, "seen": page.context["plan"].fingerprint})

    text = "Something changed since this page was opened. Look again before you confirm."
    assert page.context["form"].non_field_errors() == [text]
    assert again.status_code == 302
    assert PublishedClaim.objects.get().text == "A colleague was faster."


def test_several_at_once(desk: Client, db: None) -> None:
    topics = [factories.TopicFactory.create(name=name) for name in ("Arms", "Trade")]

    response = confirm(desk, "publish", *topics, note="Both.")

    links = '<a href="/topics/arms/">Arms</a>; <a href="/topics/trade/">Trade</a>'
    assert told(desk, response) == [f"Published: {links}"]
    assert record() == [("topic", "published", "Both."), ("topic", "published", "Both.")]


def test_several_of_which_one_cannot(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    free = factories.SpeakerFactory.create()
    publishing.publish(free, by="ed")
    before = record()

    page = confirm(desk, "retract", free, claim.speaker, note="Gone.")

    named = "It is named by 1 published pages. Retract or change those first."
    assert page.context["form"].non_field_errors() == [named]
    assert record() == before


def test_action_of_the_list_opens_the_page(desk: Client, claim: Claim) -> None:
    other = factories.ClaimFactory.create()
    chosen = {"action": "publish_selected", "_selected_action": [claim.pk, other.pk]}

    page = desk.post(path("claim", "changelist"), chosen)

    assert [step.item for step in page.context["plan"].steps] == [claim, other]
    assert (page.context["action"], page.context["ids"]) == (path("claim", "publish"), f"{claim.pk},{other.pk}")
    assert record() == []


@pytest.mark.parametrize(("action", "change"), [("correct_selected", "correct"), ("retract_selected", "retract")])
def test_other_actions_of_the_list(desk: Client, claim: Claim, action: str, change: str) -> None:
    page = desk.post(path("claim", "changelist"), {"action": action, "_selected_action": [claim.pk]})

    assert page.context["plan"].change == change


def test_too_many_at_once(desk: Client, db: None) -> None:
    topics = [factories.TopicFactory.create() for _ in range(51)]
    address = path("topic", "changelist")

    by_action = desk.post(address, {"action": "publish_selected", "_selected_action": [topic.pk for topic in topics]})
    told_by_action = told(desk, by_action)
    by_address = desk.get(path("topic", "publish"), {"ids": ",".join(str(topic.pk) for topic in topics)})

    assert (by_action["Location"], by_address["Location"]) == (address, address)
    assert told_by_action == told(desk, by_address) == ["Choose at most 50 at once."]


@pytest.mark.parametrize("ids", ["", "x", "1,x", "0", "99999999999999999999", "1,2,", "1\x00"])
def test_choice_that_is_not_there(desk: Client, db: None, ids: str) -> None:
    response = desk.get(path("claim", "publish"), {"ids": ids})

    assert response["Location"] == path("claim", "changelist")
    assert told(desk, response) == ["Some of what was chosen is not there any more. Choose again."]


def test_named_changes_that_stay_on_the_desk(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    changed(claim.speaker, name="Renamed")
    changed(claim, text="It was so.")

    page = desk.get(path("claim", "publish"), {"ids": claim.pk})
    confirm(desk, "publish", claim)

    assert page.context["held_back"] == [(claim.speaker, path("speaker", "change", claim.speaker.pk))]
    assert record()[-1] == ("claim", "updated", "")
    assert Edition.objects.filter(kind="speaker").count() == 1


def test_related_claim_that_is_not_public(desk: Client, claim: Claim) -> None:
    relation = factories.ClaimRelationFactory.create(claim=claim)

    page = desk.get(path("claim", "publish"), {"ids": claim.pk})

    assert page.context["hidden"] == [(relation.target, path("claim", "change", relation.target.pk))]


def test_pages_that_name_it(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    changed(claim.speaker, name="Renamed")

    page = desk.get(path("speaker", "publish"), {"ids": claim.speaker.pk})

    assert page.context["plan"].naming == 1
    assert page.content.decode().count("1 public page names it. What they show of it is renewed.") == 1


def test_save_then_publish(desk: Client, claim: Claim) -> None:
    address = path("claim", "change", claim.pk)

    response = desk.post(address, filled(desk.get(address), text="It was so.", _publish="1"))

    claim.refresh_from_db()
    assert response["Location"] == f"{path('claim', 'publish')}?ids={claim.pk}"
    assert (claim.text, record()) == ("It was so.", [])


def test_save_then_publish_of_a_new_one(desk: Client, db: None) -> None:
    address = path("topic", "add")

    response = desk.post(address, filled(desk.get(address), name="Arms", _publish="1"))

    assert response["Location"] == f"{path('topic', 'publish')}?ids={Topic.objects.get().pk}"


@pytest.mark.parametrize("kind", ["claim", "speaker", "source", "topic", "ratingscale", "page"])
def test_every_kind_through_its_whole_life(desk: Client, db: None, kind: str) -> None:
    made: dict[str, Publishable] = {
        "claim": factories.ClaimFactory.create(),
        "speaker": factories.SpeakerFactory.create(),
        "source": factories.SourceFactory.create(),
        "topic": factories.TopicFactory.create(),
        "ratingscale": factories.rating("true").scale,
        "page": factories.PageFactory.create(),
    }
    item = made[kind]
    field = {"claim": "text", "source": "title", "page": "title"}.get(kind, "name")

    confirm(desk, "publish", item)
    confirm(desk, "correct", changed(item, **{field: "Changed"}), note="Better.")
    confirm(desk, "retract", item, note="Wrong.")
    confirm(desk, "publish", item, note="Right after all.")

    own = [(action, note) for of, action, note in record() if of == item.record_kind]
    assert own == [
        ("published", ""),
        ("corrected", "Better."),
        ("retracted", "Wrong."),
        ("published", "Right after all."),
    ]


def test_post_from_elsewhere(db: None, claim: Claim) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.UserFactory.create(is_staff=True, is_superuser=True))

    response = client.post(path("claim", "publish"), {"ids": claim.pk})

    assert (response.status_code, record()) == (403, [])


def test_reason_in_further_languages(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    changed(claim, text="It was so.")
    page = desk.get(path("claim", "correct"), {"ids": claim.pk})

    asked = {"ids": claim.pk, "seen": page.context["plan"].fingerprint, "note": "Wrong."}
    desk.post(path("claim", "correct"), asked | {"note_ko": "틀림\r\n음", "note_ar": " "})

    labels = [field.label for field in page.context["form"].further]
    assert labels == ["The same in 한국어", "The same in العربية"]
    edition = Edition.objects.latest()
    assert edition.note == "Wrong."
    assert edition.note_translations == '[{"language":"ko","note":"틀림\\n음"}]'


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"note": "", "note_ko": "설명"}, {"note": ["Write it in the newsroom's own language first."]}),
        ({"note": "x", "note_ko": "a\x07b"}, {"note_ko": ["Character 2 is a control character. Remove it."]}),
    ],
)
def test_note_in_further_languages_that_cannot_be_taken(
    desk: Client, claim: Claim, given: dict[str, str], errors: dict[str, list[str]]
) -> None:
    seen = desk.get(path("claim", "publish"), {"ids": claim.pk}).context["plan"].fingerprint

    page = desk.post(path("claim", "publish"), {"ids": claim.pk, "seen": seen} | given)

    assert page.context["form"].errors == errors
    assert record() == []
