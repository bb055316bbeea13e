"""What readers get, to the letter: a member that is new in a public document shows here first."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import models

from claims.domain import documents, publishing, record
from claims.enums import RecordKind
from claims.models import Appearance, Claim, Edition, Page, Publishable, SpeakerAlias
from tests import factories, histories
from tests.domain.expected_documents import (
    FULL_CLAIM,
    ORGANISATION,
    PAGE,
    SOURCE,
    SPEAKER,
    TOPIC,
    TRANSLATED_SOURCE,
    TRUTH_SCALE,
)

pytestmark = pytest.mark.django_db

MARKED_TIME = datetime(1987, 6, 5, tzinfo=UTC)


def _named_claim() -> Claim:
    """A full claim whose parts are numbered from 0, whatever ran before."""
    for factory in (
        factories.SpeakerFactory,
        factories.SourceFactory,
        factories.TopicFactory,
        factories.ClaimFactory,
        factories.ExternalReviewFactory,
    ):
        factory.reset_sequence(0, force=True)  # type: ignore[no-untyped-call]
    return factories.translated_claim()


def _without_uids(document: record.Document) -> Any:
    """With the slug of each object in the place of its uid."""
    text = json.dumps(document)
    for uid, slug in Edition.objects.values_list("uid", "slug"):
        text = text.replace(str(uid), f"uid of {slug}")
    return json.loads(text)


def _public() -> dict[str, Any]:
    return {edition.slug: _without_uids(json.loads(edition.document)) for edition in Edition.objects.all()}


def test_documents_of_a_claim_with_everything() -> None:
    publishing.publish(_named_claim(), by="ed")

    public = _public()

    assert public["claim-0-is-so"] == FULL_CLAIM
    assert public["speaker-0"] == SPEAKER
    assert public["organisation-1"] == ORGANISATION
    assert public["source-0"] == SOURCE
    assert public["source-2"] == TRANSLATED_SOURCE
    assert public["topic-0"] == TOPIC
    assert public["truth"] == TRUTH_SCALE


def test_document_of_a_page() -> None:
    publishing.publish(factories.PageFactory.create(), by="ed")

    assert _public()["about"] == PAGE


def test_document_of_a_source_with_everything() -> None:
    source = factories.SourceFactory.create(
        authors="One\n\n Two \n",
        published_on="2019-02",
        archived_url="https://saved.example/a",
        archived_at=datetime(2019, 2, 22, 9, 30, tzinfo=UTC),
        content_hash="0" * 64,
    )

    document = publishing.preview(source)

    members = ("authors", "published_on", "archived_url", "archived_at", "content_hash")
    assert {name: document[name] for name in members} == {
        "authors": ["One", "Two"],
        "published_on": "2019-02",
        "archived_url": "https://saved.example/a",
        "archived_at": "2019-02-22T09:30:00.000000Z",
        "content_hash": "0" * 64,
    }


def test_document_of_a_claim_says_when_a_source_was_saved(claim: Claim) -> None:
    moment = datetime(2019, 2, 22, 9, 30, tzinfo=UTC)
    saved = factories.SourceFactory.create(archived_url="https://saved.example/a", archived_at=moment)
    factories.AppearanceFactory.create(claim=claim, source=saved)
    factories.AppearanceFactory.create(claim=claim, position=1)

    first, second = publishing.preview(claim)["appearances"]

    assert (first["source"]["archived_at"], "archived_at" in second["source"]) == ("2019-02-22T09:30:00.000000Z", False)


def test_document_of_a_speaker_with_aliases() -> None:
    speaker = factories.SpeakerFactory.create(wikidata_id="Q42", description="A person.")
    SpeakerAlias.objects.create(speaker=speaker, name="김", language="ko")
    SpeakerAlias.objects.create(speaker=speaker, name="Kim")

    document = publishing.preview(speaker)

    assert (document["wikidata_id"], document["description"]) == ("Q42", "A person.")
    assert document["aliases"] == [{"name": "Kim", "language": None}, {"name": "김", "language": "ko"}]


@pytest.mark.parametrize(
    ("claimed_on", "titles"),
    [
        ("2019-02-09", ["Envoy", "Minister"]),
        ("2019-02", ["Envoy", "Minister"]),
        ("2018-07-31", []),
        ("2018", ["Envoy"]),
        ("2019-02-08", ["Envoy"]),
        ("2021", ["Minister"]),
        ("", []),
    ],
)
def test_roles_held_when_the_claim_was_made(claim: Claim, claimed_on: str, titles: list[str]) -> None:
    factories.AffiliationFactory.create(speaker=claim.speaker, title="Envoy", start="2018-08", end="2020")
    factories.AffiliationFactory.create(speaker=claim.speaker, title="Minister", start="2019-02-09")
    histories.changed(claim, claimed_on=claimed_on)

    document = publishing.preview(claim)

    assert document["claimed_on"] == (claimed_on or None)
    assert [role["title"] for role in document["speaker"]["roles"]] == titles


def test_appearance_has_the_roles_of_its_own_date(claim: Claim) -> None:
    factories.AffiliationFactory.create(speaker=claim.speaker, title="Envoy", end="2018")
    histories.changed(claim, claimed_on="2019")
    factories.AppearanceFactory.create(claim=claim, date="2018-05")
    factories.AppearanceFactory.create(claim=claim)

    dated, undated = publishing.preview(claim)["appearances"]

    assert (dated["date"], [role["title"] for role in dated["speaker"]["roles"]]) == ("2018-05", ["Envoy"])
    assert (undated["date"], undated["speaker"]["roles"]) == ("2019", [])


def test_attribution_goes_from_the_origin_onwards(claim: Claim) -> None:
    appearance = factories.AppearanceFactory.create(claim=claim)
    for position, act in ((3, "interpreted"), (1, "said"), (2, "reported")):
        factories.AttributionLinkFactory.create(appearance=appearance, position=position, act=act)

    chain = publishing.preview(claim)["appearances"][0]["attribution"]

    assert [link["act"] for link in chain] == ["said", "reported", "interpreted"]


def test_evidence_without_a_verdict_stays_private(claim: Claim) -> None:
    factories.EvidenceFactory.create(claim=claim, note="MARKED", source__title="MARKED too")

    editions = publishing.publish_all([claim], by="ed")

    assert json.loads(editions[-1].document)["verdict"] is None
    assert "MARKED" not in "".join(map(record.envelope, editions))


def test_document_of_a_claim_that_nobody_translated_has_no_such_member(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    assert [slug for slug, document in _public().items() if "translations" in json.dumps(document)] == []


def test_translation_of_a_verdict_that_is_not_given_stays_private(claim: Claim) -> None:
    claim.translations.create(language="ko", summary="MARKED", rationale="MARKED", criterion="MARKED")
    claim.translations.create(language="ar", text="هو كذلك", summary="MARKED")

    document = publishing.preview(claim)

    assert document["translations"] == [
        {"language": "ar", "text": "هو كذلك", "summary": "", "rationale": "", "criterion": ""}
    ]


def test_translation_of_evidence_is_private_without_a_verdict(claim: Claim) -> None:
    shown = factories.EvidenceFactory.create(claim=claim)
    shown.translations.create(language="ko", note="MARKED")

    assert "MARKED" not in json.dumps(publishing.preview(claim))


def test_parts_come_once_in_their_order_with_all_their_translations(claim: Claim) -> None:
    factories.VerdictFactory.create(claim=claim)
    last = factories.EvidenceFactory.create(claim=claim, note="Last.", position=2)
    factories.EvidenceFactory.create(claim=claim, note="First.", position=1)
    for language in ("ko", "ar"):
        last.translations.create(language=language, note=language)

    evidence = publishing.preview(claim)["verdict"]["evidence"]

    assert [item["note"] for item in evidence] == ["First.", "Last."]
    assert [row["language"] for row in evidence[1]["translations"]] == ["ar", "ko"]
    assert "translations" not in evidence[0]


def test_translated_title_of_a_source_reaches_every_claim_that_names_it(claim: Claim) -> None:
    source = factories.AppearanceFactory.create(claim=claim).source
    publishing.publish(claim, by="ed")
    source.translations.create(language="ko", title="제목")

    publishing.publish(source, by="ed")

    edition = Edition.objects.of(RecordKind.CLAIM, claim.slug)[0]
    named = json.loads(edition.document)["appearances"][0]["source"]
    assert named["translations"] == [{"language": "ko", "title": "제목", "publisher": ""}]


def test_translated_name_reaches_every_claim_that_names_it(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    claim.speaker.translations.create(language="ko", name="김")

    publishing.publish(claim.speaker, by="ed")

    edition = Edition.objects.of(RecordKind.CLAIM, claim.slug)[0]
    assert edition.number == 2
    assert json.loads(edition.document)["speaker"]["translations"] == [{"language": "ko", "name": "김"}]


def test_claim_is_named_in_further_languages_where_it_is_related_to(claim: Claim) -> None:
    other = factories.ClaimRelationFactory.create(target=claim).claim
    claim.translations.create(language="ar", criterion="x", text="هو كذلك")
    claim.translations.create(language="ko", summary="요약")

    publishing.publish_all([claim, other], by="ed")

    edition = Edition.objects.of(RecordKind.CLAIM, other.slug)[0]
    named = json.loads(edition.document)["relations"][0]["claim"]
    assert named["translations"] == [{"language": "ar", "text": "هو كذلك"}]


def test_documents_carry_no_address_of_our_own(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    text = "".join(Edition.objects.values_list("document", flat=True))

    addresses = {part.partition('"')[0].rsplit("/", 1)[0] for part in text.split("http")[1:]}
    assert addresses == {"s://paper.example", "s://www.others.example/reviews"}


def _plant_markers(claim: Claim) -> list[Publishable]:
    """A marked value in every field that readers must not see; the objects that have them."""
    appearance = Appearance.objects.filter(claim=claim)[0]
    scale, topic = claim.verdict.rating.scale, claim.topics.all()[0]
    page = factories.PageFactory.create()
    planted: list[Publishable] = [claim, claim.speaker, appearance.source, topic, scale, page]
    for item in planted:
        rows = type(item)._default_manager.filter(pk=item.pk)
        rows.update(internal_note="MARKED", created_at=MARKED_TIME, updated_at=MARKED_TIME)
    claim.external_reviews.update(identifier="MARKED")
    hidden = factories.ForecastFactory.create(text="MARKED", slug="marked")
    factories.ClaimRelationFactory.create(claim=claim, target=hidden)
    factories.VerdictFactory.create(claim=hidden, summary="MARKED")
    hidden.translations.create(language="ko", text="MARKED", summary="MARKED")
    return planted


def test_nothing_that_is_not_public_gets_into_the_record() -> None:
    full_claim = factories.translated_claim()
    planted = _plant_markers(full_claim)

    publishing.publish_all([item for item in planted if isinstance(item, Page)], by="MARKED")
    publishing.publish(full_claim, by="MARKED")
    publishing.publish(histories.changed(full_claim.speaker, name="Another"), by="MARKED")
    publishing.retract(full_claim, by="MARKED", reason="It was never said.")

    text = "".join(record.envelope(edition) for edition in Edition.objects.all())
    assert {item.record_kind for item in planted} == set(RecordKind)
    assert Edition.objects.exclude(author="MARKED").count() == 0
    assert ("MARKED" in text.upper(), "1987" in text) == (False, False)


def test_every_text_field_of_the_desk_is_public_or_planted() -> None:
    """A new private field fails here until it is planted above; a new public one until it stands in a document."""
    private = {"internal_note", "address_key", "text_key", "name_key", "identifier", "key"}
    members = _members([FULL_CLAIM, SPEAKER, SOURCE, TOPIC, TRUTH_SCALE, PAGE])
    renamed = {"due_granularity": "granularity", "due_words": "words"}

    unknown = {
        f"{model.__name__}.{field.name}"
        for model in _desk_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.name not in private
        if renamed.get(field.name, field.name) not in members
    }

    assert unknown == set()


def _desk_models() -> list[type[models.Model]]:
    record_and_projection = {
        "Edition",
        "PublishedClaim",
        "PublishedEntity",
        "PublishedName",
        "PublishedReference",
        "SearchRow",
    }
    never_published = {"User", "RatingMapping", "ImportRun", "ImportFinding", "Partner", "PartnerKey", "KeyUsage"}
    machinery = {"RateWindow", "WebhookEndpoint", "WebhookDelivery", "Tip"}
    tables = record_and_projection | never_published | machinery
    return [model for model in Claim._meta.apps.get_app_config("claims").get_models() if model.__name__ not in tables]


def _members(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_members, value.values()))
    return set().union(*map(_members, value)) if isinstance(value, list) else set()


def test_embed_again_changes_nothing() -> None:
    histories.eventful()
    editions = Edition.objects.exclude(action="retracted").order_by("sequence")
    newest = {(edition.kind, str(edition.uid)): json.loads(edition.document) for edition in editions}

    embedded = {key: documents.embed(document, newest) for key, document in newest.items()}

    assert {key: documents.embed(document, newest) for key, document in embedded.items()} == embedded


def test_tombstone_says_nothing_of_what_was_said(full_claim: Claim) -> None:
    document = publishing.preview(full_claim)

    assert documents.tombstone(document) == {
        "schema": 1,
        "type": "claim",
        "id": str(full_claim.uid),
        "slug": full_claim.slug,
        "retracted": True,
    }


def test_references_name_everything_once(full_claim: Claim) -> None:
    kinds = sorted(kind for kind, _ in documents.references(publishing.preview(full_claim)))

    expected = ["rating-scale"] + ["source"] * 4 + ["speaker"] * 2 + ["topic"] * 2
    assert kinds == expected
