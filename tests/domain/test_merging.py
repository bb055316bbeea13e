import json
from typing import Any

import pytest
from django.test import Client

from claims.domain import merging, publishing, verifying
from claims.domain.errors import PublishingError
from claims.domain.status import PublicationState, status_of
from claims.models import Claim, Edition, PublishedClaim, PublishedEntity, Speaker
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db


def speaker(name: str, **fields: Any) -> Speaker:
    return factories.SpeakerFactory.create(name=name, slug=name.lower(), **fields)


def published_by(who: Speaker, text: str = "It is so.") -> Claim:
    claim = factories.ClaimFactory.create(speaker=who, text=text, claimed_on="2019-02-09")
    publishing.publish(claim, by="ed")
    return claim


def public(kind: str, slug: str) -> dict[str, Any]:
    rows = PublishedClaim.objects if kind == "claim" else PublishedEntity.objects.filter(kind=kind)
    document: dict[str, Any] = json.loads(rows.get(slug=slug).edition.document)
    return document


def test_merge_moves_claims_and_names() -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    goes.aliases.create(name="Eun", language="ko")
    claim = published_by(goes)
    publishing.publish(stays, by="ed")

    merging.merge(goes, stays, by="ed", reason="One person.")

    assert [alias["name"] for alias in public("speaker", "kim")["aliases"]] == ["Eun", "Un"]
    assert public("claim", claim.slug)["speaker"]["name"] == "Kim"
    assert list(Speaker.objects.values_list("name", flat=True)) == ["Kim"]
    assert Claim.objects.get().speaker == stays
    assert verifying.verify() == Edition.objects.count()


def test_merge_leaves_nothing_unpublished_behind() -> None:
    goes, stays = speaker("Un", description="Leader.", wikidata_id="Q56226"), speaker("Kim")
    factories.AffiliationFactory.create(speaker=goes, start="2011")
    factories.AffiliationFactory.create(speaker=stays, start="2010")
    claim = published_by(goes)
    publishing.publish(stays, by="ed")

    merging.merge(goes, stays, by="ed", reason="One person.")

    stays.refresh_from_db()
    claim.refresh_from_db()
    assert (stays.description, stays.wikidata_id) == ("Leader.", "Q56226")
    assert (status_of(stays), status_of(claim)) == (PublicationState.PUBLISHED, PublicationState.PUBLISHED)
    assert len(public("claim", claim.slug)["speaker"]["roles"]) == 2


def test_merge_keeps_translations_that_the_one_that_stays_lacks() -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    goes.translations.create(language="ko", name="은")
    goes.translations.create(language="ar", name="أون")
    stays.translations.create(language="ko", name="김")
    published_by(goes)
    publishing.publish(stays, by="ed")

    merging.merge(goes, stays, by="ed", reason="One person.")

    kept = [(row["language"], row["name"]) for row in public("speaker", "kim")["translations"]]
    assert kept == [("ar", "أون"), ("ko", "김")]
    assert list(stays.translations.values_list("language", "name")) == kept
    assert status_of(stays) == PublicationState.PUBLISHED


def test_merge_publishes_no_draft() -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    claim = published_by(goes)
    publishing.publish(stays, by="ed")
    changed(claim, text="SECRET")
    changed(stays, name="SECRET")
    changed(goes, description="SECRET")

    merging.merge(goes, stays, by="ed", reason="One person.")

    assert "SECRET" not in "".join(Edition.objects.values_list("document", flat=True))
    assert Claim.objects.get().text == "SECRET"
    assert status_of(Claim.objects.get()) == PublicationState.CHANGED


def test_merge_reaches_every_part_that_names_the_one_that_goes() -> None:
    goes, stays = factories.OrganisationFactory.create(slug="goes"), factories.OrganisationFactory.create(slug="stays")
    member = factories.AffiliationFactory.create(organisation=goes).speaker
    claim = factories.ClaimFactory.create(speaker=member, claimed_on="2019")
    appearance = factories.AppearanceFactory.create(claim=claim, speaker=goes)
    factories.AttributionLinkFactory.create(appearance=appearance, speaker=goes)
    publishing.publish_all([claim, stays], by="ed")
    second = published_by(member, "Second.")

    merging.merge(goes, stays, by="ed", reason="One body.")

    text = "".join(PublishedClaim.objects.values_list("edition__document", flat=True))
    text += "".join(PublishedEntity.objects.values_list("edition__document", flat=True))
    assert str(goes.uid) not in text
    assert public("claim", second.slug)["speaker"]["roles"][0]["organisation"]["slug"] == "stays"
    assert [status_of(item) for item in (claim, second, member)] == [PublicationState.PUBLISHED] * 3
    assert verifying.verify() == Edition.objects.count()


def test_merge_keeps_what_both_have_once() -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    organisation = factories.OrganisationFactory.create()
    for who in (goes, stays):
        who.aliases.create(name="Jong")
        factories.AffiliationFactory.create(speaker=who, organisation=organisation, start="2011")
    goes.aliases.create(name="Kim")
    publishing.publish_all([goes, stays], by="ed")

    merging.merge(goes, stays, by="ed", reason="One person.")

    document = public("speaker", "kim")
    assert [alias["name"] for alias in document["aliases"]] == ["Jong", "Un"]
    assert len(document["affiliations"]) == 1
    assert status_of(stays) == PublicationState.PUBLISHED


def test_merge_is_seen_by_mirrors() -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    published_by(goes)
    publishing.publish(stays, by="ed")
    before = Edition.objects.count()

    merging.merge(goes, stays, by="ed", reason=" One person. ")

    seen = [(e.kind, e.slug, e.action, e.note) for e in Edition.objects.after(before)]
    assert seen == [
        ("speaker", "kim", "updated", "One person."),
        ("claim", "it-is-so", "updated", "One person."),
        ("speaker", "un", "retracted", "One person."),
    ]
    assert json.loads(Edition.objects.latest().document) == {
        "schema": 1,
        "type": "speaker",
        "id": str(goes.uid),
        "slug": "un",
        "retracted": True,
        "merged_into": {"id": str(stays.uid), "slug": "kim"},
    }


def test_merge_of_drafts_appends_nothing() -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    factories.ClaimFactory.create(speaker=goes)

    assert merging.merge(goes, stays, by="ed", reason="One person.") == []
    assert (Edition.objects.count(), Claim.objects.get().speaker) == (0, stays)


@pytest.mark.parametrize("address", ["/speakers/un/", "/api/v1/speakers/un/"])
def test_old_address_leads_on_however_often_it_was_merged(client: Client, address: str) -> None:
    first, second, third = speaker("Un"), speaker("Kim"), speaker("Jong")
    publishing.publish_all([first, second, third], by="ed")
    merging.merge(first, second, by="ed", reason="One person.")
    merging.merge(second, third, by="ed", reason="One person.")
    publishing.publish(changed(third, slug="kim-jong-un"), by="ed")

    response = client.get(address)

    assert response.status_code == 301
    assert response["Location"].removeprefix("http://testserver") == address.replace("/un/", "/kim-jong-un/")


def test_old_editions_keep_their_addresses(client: Client) -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    publishing.publish_all([goes, stays], by="ed")
    merging.merge(goes, stays, by="ed", reason="One person.")

    assert client.get("/api/v1/speakers/un/editions/1/").json()["document"]["name"] == "Un"
    assert client.get("/api/v1/speakers/un/editions/2/").json()["document"]["merged_into"]["slug"] == "kim"
    assert "/speakers/kim/" in client.get("/corrections/").content.decode()


def test_old_address_of_one_whose_successor_was_retracted(client: Client) -> None:
    goes, stays = speaker("Un"), speaker("Kim")
    publishing.publish_all([goes, stays], by="ed")
    merging.merge(goes, stays, by="ed", reason="One person.")
    publishing.retract(stays, by="ed", reason="No such person.")

    response = client.get("/speakers/un/", follow=True)

    assert (response.status_code, response.redirect_chain) == (410, [("/speakers/kim/", 301)])


def _refusal(goes: Speaker, stays: Speaker, reason: str = "One person.") -> str:
    before = Edition.objects.count(), Speaker.objects.count()
    with pytest.raises(PublishingError) as error:
        merging.merge(goes, stays, by="ed", reason=reason)
    assert (Edition.objects.count(), Speaker.objects.count()) == before
    return str(error.value)


def test_merge_that_is_refused() -> None:
    one, other = speaker("Un", wikidata_id="Q1"), speaker("Kim", wikidata_id="Q2")
    body = factories.OrganisationFactory.create(slug="body")
    part = factories.OrganisationFactory.create(slug="part")
    factories.AffiliationFactory.create(speaker=part, organisation=body)
    draft = speaker("Draft")
    publishing.publish(one, by="ed")

    assert _refusal(one, one) == "Choose two speakers that are on the desk."
    assert _refusal(one, other) == "They have different Wikidata ids (Q1, Q2), so they are two or one is wrong."
    assert _refusal(one, body).startswith("They are of different kinds.")
    assert _refusal(body, part).startswith("One of them holds a role at the other")
    assert _refusal(part, body).startswith("One of them holds a role at the other")
    assert _refusal(one, draft).startswith("The one that goes is public")
    assert _refusal(draft, one, " ") == "Give the reason: readers see it beside the change."


def test_every_field_and_relation_has_a_rule() -> None:
    made_anew = {"id", "uid", "created_at", "updated_at", "name_key"}
    fields = {field.name for field in Speaker._meta.concrete_fields} - made_anew
    relations = {relation.get_accessor_name() for relation in Speaker._meta.related_objects}

    assert fields | relations == set(merging.RULES)
