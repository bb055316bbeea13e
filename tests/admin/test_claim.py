from datetime import date

import pytest
from django.db.models import Model
from django.db.models.signals import pre_save
from django.test import Client

from claims.domain import publishing
from claims.enums import ClaimKind
from claims.models import Claim, ClaimRelation, Edition, PublishedClaim, Verdict
from tests import factories
from tests.admin.forms import complaints, filled, path, record, row, save, told


def _add(client: Client, **values: object) -> object:
    return save(client, path("claim", "add"), **values)


def test_add_with_everything(desk: Client, db: None) -> None:
    speaker, source = factories.SpeakerFactory.create(), factories.SourceFactory.create()
    topic = factories.TopicFactory.create()
    other = factories.ClaimFactory.create()
    values = {
        "text": "It will be so.\r\nFor certain.",
        "speaker": speaker.pk,
        "kind": "forecast",
        "claimed_on": "2019-02",
        "topics": [topic.pk],
        "due_end_0": "",
        "due_end": "2019-02-23",
        "due_granularity": "week",
        "criterion": "It happens.",
        **row("appearances", source=source.pk, quotation="So.", prefix="He said ", wording="direct", medium="spoken"),
        **row("evidence", source=source.pk, stance="refutes", note="Not so."),
        **row("verdict", rating=factories.rating("false").pk, summary="No.", reviewed_on="2019-03-01"),
        **row("relations", kind="contradicts", target=other.pk),
    }
    values |= {"appearances-0-position": 1, "evidence-0-position": 1}

    _add(desk, **values)

    claim = Claim.objects.exclude(pk=other.pk).get()
    appearance, evidence, relation = claim.appearances.get(), claim.evidence.get(), claim.relations.get()
    assert (claim.text, claim.kind, claim.due_end) == ("It will be so.\nFor certain.", "forecast", date(2019, 2, 23))
    assert (list(claim.topics.all()), claim.slug) == ([topic], "it-will-be-so-for-certain")
    assert (appearance.source, appearance.quotation, appearance.prefix) == (source, "So.", "He said ")
    assert (evidence.source, evidence.quotation, evidence.note) == (source, None, "Not so.")
    assert (claim.verdict.rating.slug, claim.verdict.summary) == ("false", "No.")
    assert (relation.kind, relation.target) == ("contradicts", other)
    assert record() == []


def test_save_of_a_full_claim_as_it_stands(desk: Client, full_claim: Claim) -> None:
    appearance = full_claim.appearances.all()[0]
    appearance.prefix, appearance.suffix = "He said ", " again.  "
    appearance.save()
    before = publishing.preview(full_claim)

    response = save(desk, path("claim", "change", full_claim.pk))

    assert response["Location"] == path("claim", "changelist")
    assert publishing.preview(full_claim) == before


def test_edit_of_a_published_claim_stays_on_the_desk(desk: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    before = record()
    text = PublishedClaim.objects.get().text

    save(desk, path("claim", "change", full_claim.pk), text="A draft.", verdict__0__summary="Another draft.")

    full_claim.refresh_from_db()
    assert (full_claim.text, full_claim.verdict.summary) == ("A draft.", "Another draft.")
    assert (record(), PublishedClaim.objects.get().text) == (before, text)
    assert not Edition.objects.filter(document__contains="A draft.").exists()


def test_continue_shows_that_changes_are_not_published(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    response = save(desk, path("claim", "change", claim.pk), text="A draft.", _continue="1")

    page = desk.get(response["Location"])
    assert page.context["publication"]["state"].label == "Published, changes not yet published"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "x" * 1001}, "Ensure this value has at most 1000 characters (it has 1001)."),
        ({"text": "a\x07b"}, "Character 2 is a control character. Remove it."),
        ({"claimed_on": "Feb 2019"}, "“Feb 2019” is not a date. Write 2019-02-09, 2019-02 or 2019."),
        ({"claimed_on": "2019-02-30"}, "“2019-02-30” is not a day of the calendar."),
        ({"language": "English"}, "Write a language tag such as en, ko or pt-BR (BCP 47)."),
        ({"kind": "rumour"}, "Select a valid choice. rumour is not one of the available choices."),
        ({"speaker": "999999"}, "Select a valid choice. That choice is not one of the available choices."),
        ({"due_end": "tomorrow"}, "Enter a valid date."),
        ({"criterion": "It happens."}, "Only forecasts and promises have a due window or a criterion."),
        (
            {"kind": "forecast", "due_start": "2019-02-02", "due_end": "2019-02-01", "due_granularity": "day"},
            "The due window cannot end before it starts.",
        ),
        (
            {"kind": "forecast", "due_start": "2019-02-02"},
            "A due window that has a first day needs a last day.",
        ),
        (
            {"kind": "forecast", "due_end": "2019-02-02"},
            "Say how finely the due window was named; without a window, leave that empty.",
        ),
    ],
)
def test_add_with_a_mistake(desk: Client, db: None, values: dict[str, str], expected: str) -> None:
    speaker = factories.SpeakerFactory.create()

    page = _add(desk, **{"text": "It is so.", "speaker": speaker.pk} | values)

    assert complaints(page) == [expected]
    assert not Claim.objects.exists()


def test_slug_that_is_taken(desk: Client, claim: Claim) -> None:
    page = _add(desk, text="It is so.", speaker=claim.speaker.pk, slug=claim.slug)

    assert complaints(page) == ["Claim with this Slug already exists."]


def test_due_fields_stay_open_while_they_are_wrong(desk: Client, claim: Claim) -> None:
    page = save(desk, path("claim", "change", claim.pk), criterion="It happens.")

    assert [fieldset.is_collapsible for fieldset in page.context["adminform"]] == [False, False, True]


@pytest.mark.parametrize(
    ("prefix", "values", "expected"),
    [
        ("appearances", {"quotation": ""}, "This field is required."),
        ("appearances", {"quotation": "x" * 5001}, "Ensure this value has at most 5000 characters (it has 5001)."),
        ("appearances", {"date": "soon"}, "“soon” is not a date. Write 2019-02-09, 2019-02 or 2019."),
        ("appearances", {"position": "-1"}, "Ensure this value is greater than or equal to 0."),
        ("appearances", {"prefix": "a\x00b"}, "Null characters are not allowed."),
        ("evidence", {"note": ""}, "Evidence needs a quotation or a note on what it shows."),
        ("evidence", {"quotation": "x" * 5001}, "A quotation has 1 to 5,000 characters."),
        ("evidence", {"stance": ""}, "This field is required."),
        ("verdict", {"summary": ""}, "This field is required."),
        ("verdict", {"rating": ""}, "This field is required."),
        ("verdict", {"reviewed_on": "9999-99-99"}, "Enter a valid date."),
    ],
)
def test_inline_with_a_mistake(desk: Client, claim: Claim, prefix: str, values: dict[str, str], expected: str) -> None:
    source = factories.SourceFactory.create().pk
    right = {
        "appearances": {"source": source, "quotation": "So.", "wording": "direct", "medium": "spoken", "position": 0},
        "evidence": {"source": source, "stance": "refutes", "note": "Not so.", "position": 0},
        "verdict": {"rating": factories.rating("false").pk, "summary": "No.", "reviewed_on": "2019-03-01"},
    }[prefix]

    page = save(desk, path("claim", "change", claim.pk), text="Changed.", **row(prefix, **{**right, **values}))

    claim.refresh_from_db()
    assert complaints(page) == [expected]
    assert claim.text != "Changed."


def test_two_verdicts_in_one_form(desk: Client, claim: Claim) -> None:
    verdict = {"rating": factories.rating("false").pk, "summary": "No.", "reviewed_on": "2019-03-01"}
    rows = {f"verdict-{n}-{name}": value for n in (0, 1) for name, value in verdict.items()}

    page = save(desk, path("claim", "change", claim.pk), **rows, **{"verdict-TOTAL_FORMS": 2})

    assert complaints(page) == ["This claim already has a verdict.", "Please correct the duplicate values below."]
    assert not Verdict.objects.exists()


def test_verdict_that_a_colleague_gave_meanwhile(desk: Client, claim: Claim) -> None:
    address = path("claim", "change", claim.pk)
    opened = desk.get(address)
    factories.VerdictFactory.create(claim=claim)
    mine = row("verdict", rating=factories.rating("true").pk, summary="Yes.", reviewed_on="2019-03-01")

    page = desk.post(address, filled(opened, **mine))

    assert complaints(page) == ["This claim already has a verdict."]
    assert page.content.decode().count("This claim already has a verdict.") == 1
    assert Verdict.objects.get().summary == "It is not so."


@pytest.mark.parametrize("what", ["itself", "twice"])
def test_relation_that_cannot_be(desk: Client, claim: Claim, what: str) -> None:
    target = claim if what == "itself" else factories.ClaimFactory.create()
    rows = {
        f"relations-{n}-{name}": value
        for n in (0, 1)
        for name, value in {"kind": "repeats", "target": target.pk}.items()
    }

    page = save(
        desk, path("claim", "change", claim.pk), **rows, **{"relations-TOTAL_FORMS": 2 if what == "twice" else 1}
    )

    expected = {
        "itself": {"A claim cannot relate to itself."},
        "twice": {
            "This relation is already recorded.",
            "Please correct the duplicate values below.",
        },
    }
    assert set(complaints(page)) == expected[what]
    assert not ClaimRelation.objects.exists()


def test_relation_recorded_already(desk: Client, claim: Claim) -> None:
    relation = factories.ClaimRelationFactory.create(claim=claim)
    address = path("claim", "change", claim.pk)
    again = {"relations-TOTAL_FORMS": 2, "relations-1-kind": relation.kind, "relations-1-target": relation.target.pk}

    page = desk.post(address, filled(desk.get(address), **again))

    assert ClaimRelation.objects.count() == 1
    assert page.status_code == 200


def test_save_that_fails_half_way_changes_nothing(desk: Client, claim: Claim) -> None:
    """A colleague's verdict arrives after this form was found valid, and before it is written."""
    address = path("claim", "change", claim.pk)
    mine = row("verdict", rating=factories.rating("true").pk, summary="Yes.", reviewed_on="2019-03-01")
    values = filled(desk.get(address), text="Changed.", **mine)

    def be_faster(sender: type[Model], **kwargs: object) -> None:
        theirs = Verdict(claim=claim, rating=factories.rating("false"), summary="No.", reviewed_on=date(2019, 3, 1))
        Verdict.objects.bulk_create([theirs])

    pre_save.connect(be_faster, sender=Verdict)
    try:
        response = desk.post(address, values)
    finally:
        pre_save.disconnect(be_faster, sender=Verdict)

    claim.refresh_from_db()
    text = "Someone else saved a change that contradicts yours at the same moment. Nothing of yours was saved."
    assert told(desk, response) == [f"{text} Look at the present state and enter it again."]
    assert (claim.text != "Changed.", Verdict.objects.count()) == (True, 0)


def test_ratings_are_grouped_by_scale(desk: Client, claim: Claim) -> None:
    page = desk.get(path("claim", "add"))

    verdict = page.context["inline_admin_formsets"][2]
    _empty, *groups = verdict.formset.empty_form.fields["rating"].choices
    labels = [(scale, [label for _, label in ratings]) for scale, ratings in groups]
    inconclusive, steps = ["Unproven", "Not checkable"], ["False", "Mostly false", "Half true", "Mostly true", "True"]
    assert labels == [("Truth scale", steps + inconclusive)]


def test_kinds_that_fall_due_show_their_fields(desk: Client, claim: Claim) -> None:
    forecast = factories.ForecastFactory.create()

    pages = [desk.get(path("claim", "change", item.pk)) for item in (claim, forecast)]

    assert (claim.kind, forecast.kind) == (ClaimKind.FACT, ClaimKind.FORECAST)
    assert [list(page.context["adminform"])[1].is_collapsible for page in pages] == [True, False]


GONE = "Someone else has deleted this meanwhile. Copy what you still need, then tick its “Delete” and save again."


@pytest.mark.parametrize("rows", ["appearances", "evidence", "relations"])
def test_part_that_someone_else_has_deleted(desk: Client, full_claim: Claim, rows: str) -> None:
    address = path("claim", "change", full_claim.pk)
    factories.ClaimRelationFactory.create(claim=full_claim)
    sent = filled(desk.get(address), internal_note="Mine.")
    getattr(full_claim, rows).all()[0].delete()

    refused = desk.post(address, sent)
    saved = desk.post(address, sent | {f"{rows}-0-DELETE": "on"})

    assert complaints(refused) == [GONE]
    assert refused.content.decode().count(GONE) == 1
    full_claim.refresh_from_db()
    assert (saved.status_code, full_claim.internal_note) == (302, "Mine.")
