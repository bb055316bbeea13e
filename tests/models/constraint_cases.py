"""For each named constraint: rows that it must refuse and rows on the border that it must take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.db.models import Model

from claims.domain import publishing
from claims.models import (
    Affiliation,
    Appearance,
    AppearanceTranslation,
    AttributionLink,
    Claim,
    ClaimRelation,
    ClaimTranslation,
    Edition,
    Evidence,
    EvidenceTranslation,
    ExternalReview,
    KeyUsage,
    Page,
    Partner,
    PartnerKey,
    PublishedClaim,
    PublishedEntity,
    PublishedName,
    PublishedReference,
    RateWindow,
    Rating,
    RatingMapping,
    Source,
    Speaker,
    SpeakerAlias,
    Tip,
    Verdict,
    WebhookDelivery,
    WebhookEndpoint,
)
from claims.models.translation import Translation
from tests import factories

DAY = date(2019, 2, 10)
DUE = {"kind": "forecast", "criterion": "It happens.", "due_end": DAY, "due_granularity": "day"}


@dataclass(frozen=True)
class Case:
    """`says` is the sentence of the field itself, where that speaks before the constraint does."""

    constraint: str
    bad: Callable[[], Model]
    good: Callable[[], Model]
    says: str = ""


def claim(**fields: Any) -> Claim:
    return Claim(**{"text": "It is so.", "speaker": factories.SpeakerFactory.create(), **fields})


def appearance(quotation: str) -> Appearance:
    return Appearance(
        claim=factories.ClaimFactory.create(), source=factories.SourceFactory.create(), quotation=quotation
    )


def link(*, position: int) -> AttributionLink:
    first = factories.AttributionLinkFactory.create()
    return AttributionLink(appearance=first.appearance, speaker=first.speaker, position=position, act="said")


def relation(*, kind: str) -> ClaimRelation:
    first = factories.ClaimRelationFactory.create(kind="repeats")
    return ClaimRelation(claim=first.claim, target=first.target, kind=kind)


def relation_to(*, itself: bool) -> ClaimRelation:
    one, other = factories.ClaimFactory.create(), factories.ClaimFactory.create()
    return ClaimRelation(claim=one, target=one if itself else other, kind="repeats")


def evidence(**fields: Any) -> Evidence:
    return Evidence(
        claim=factories.ClaimFactory.create(), source=factories.SourceFactory.create(), stance="refutes", **fields
    )


def external_review(**fields: Any) -> ExternalReview:
    first = factories.ExternalReviewFactory.create(url="https://others.example/1")
    return ExternalReview(
        **{"claim": first.claim, "publisher": "Others", "url": "http://www.others.example/1"} | fields
    )


def mapping(*, words: str) -> RatingMapping:
    rating = factories.rating("false")
    RatingMapping.objects.create(publisher="Others", words="Nope", rating=rating)
    return RatingMapping(publisher="Others", words=words, rating=rating)


def page(*, slug: str) -> Page:
    return Page(slug=slug, title="Us", body="We are two.")


def tip(**fields: Any) -> Tip:
    return Tip(**{"text": "Bridges are closed.", "token_digest": "0" * 64} | fields)


def partner() -> Partner:
    return Partner.objects.get_or_create(name="Platform", email="desk@platform.example")[0]


def key(**fields: Any) -> PartnerKey:
    return PartnerKey(
        **{"partner": partner(), "name": "mirror", "prefix": "0", "digest": "0", "scopes": ["read"]} | fields
    )


def usage(day: date) -> KeyUsage:
    used = key()
    used.save()
    KeyUsage.objects.create(key=used, day=DAY)
    return KeyUsage(key=used, day=day)


def window(minute: int) -> RateWindow:
    RateWindow.objects.create(subject="a", minute=1)
    return RateWindow(subject="a", minute=minute)


def endpoint(**fields: Any) -> WebhookEndpoint:
    return WebhookEndpoint(**{"partner": partner(), "kinds": ["claim"], "actions": ["published"]} | fields)


def delivery(*, again: bool) -> WebhookDelivery:
    editions = publishing.publish_all([factories.ClaimFactory.create()], by="ed")
    told = endpoint(url="https://platform.example/")
    told.save()
    fields = {"endpoint": told, "uid": editions[0].uid, "due_at": datetime(2019, 3, 1, tzinfo=UTC)}
    WebhookDelivery.objects.create(edition=editions[0], **fields)
    return WebhookDelivery(edition=editions[0] if again else editions[1], **fields)


def step(**fields: Any) -> Rating:
    scale = factories.rating("true").scale
    return Rating(**{"scale": scale, "slug": "new", "label": "New", "definition": "New.", "rank": 9, **fields})


def source(**fields: Any) -> Source:
    factories.SourceFactory.create(url="https://paper.example/a")
    factories.SourceFactory.create(url="")
    return Source(**{"title": "It", "publisher": "The Paper", **fields})


def speaker(wikidata_id: str) -> Speaker:
    factories.SpeakerFactory.create(wikidata_id="Q42")
    factories.SpeakerFactory.create(wikidata_id="")
    return Speaker(kind="person", name="Another", wikidata_id=wikidata_id)


def alias(name: str) -> SpeakerAlias:
    first = SpeakerAlias.objects.create(speaker=factories.SpeakerFactory.create(), name="Kim")
    return SpeakerAlias(speaker=first.speaker, name=name)


def translation(of: str, language: str) -> Translation:
    """Of a claim, a scale, ... into `language`, where there is one into Korean already."""
    whole = factories.translated_claim()
    things: dict[str, Any] = {
        "claim": (whole.translations, {"text": "이것은 그렇다."}),
        "speaker": (whole.speaker.translations, {"name": "김"}),
        "appearance": (whole.appearances.all()[0].translations, {"quotation": "그렇다."}),
        "evidence": (whole.evidence.all()[0].translations, {"note": "다르다."}),
        "source": (whole.evidence.all()[0].source.translations, {"title": "제목"}),
        "page": (translated_page().translations, {"title": "우리", "body": "우리는 둘이다."}),
        "affiliation": (whole.speaker.affiliations.get().translations, {"title": "특사"}),
        "topic": (whole.topics.all()[0].translations, {"name": "주제"}),
        "rating": (whole.verdict.rating.translations, {"label": "거짓", "definition": "그렇지 않다."}),
        "rating_scale": (whole.verdict.rating.scale.translations, {"name": "척도"}),
    }
    rows, fields = things[of]
    new: Translation = rows.model(**{rows.field.name: rows.instance}, language=language, **fields)
    return new


def translated_page() -> Page:
    page = factories.PageFactory.create()
    page.translations.create(language="ko", title="우리", body="우리는 둘이다.")
    return page


def empty_translation(**fields: str) -> ClaimTranslation:
    return ClaimTranslation(claim=factories.ClaimFactory.create(), language="ko", **fields)


def translated_appearance(**fields: str) -> AppearanceTranslation:
    return AppearanceTranslation(appearance=factories.AppearanceFactory.create(), language="ko", **fields)


def translated_evidence(**fields: str) -> EvidenceTranslation:
    return EvidenceTranslation(evidence=factories.EvidenceFactory.create(), language="ko", **fields)


def role(start: str, end: str) -> Affiliation:
    person, organisation = factories.SpeakerFactory.create(), factories.OrganisationFactory.create()
    return Affiliation(speaker=person, organisation=organisation, title="Envoy", start=start, end=end)


def role_at_itself() -> Affiliation:
    organisation = factories.OrganisationFactory.create()
    return Affiliation(speaker=organisation, organisation=organisation, title="Envoy")


def verdict(**fields: Any) -> Verdict:
    defaults = {"rating": factories.rating("true"), "summary": "It is so.", "reviewed_on": DAY}
    return Verdict(**{"claim": factories.ClaimFactory.create(), **defaults, **fields})


def second_verdict() -> Verdict:
    return verdict(claim=factories.VerdictFactory.create().claim)


def next_edition(**fields: Any) -> Edition:
    """What would continue the record after the publication of a claim (sequence 2) and its speaker (1)."""
    publishing.publish(factories.ClaimFactory.create(), by="ed")
    last = Edition.objects.latest()
    defaults = {
        "sequence": last.sequence + 1,
        "kind": last.kind,
        "uid": last.uid,
        "slug": last.slug,
        "number": 2,
        "action": "updated",
        "document": "{}",
        "digest": "f" * 64,
        "previous_digest": last.digest,
        "author": "ed",
        "author_salt": "",
        "published_at": datetime(2019, 3, 1, tzinfo=UTC),
    }
    return Edition(**{**defaults, **fields})


def public_claim(**fields: Any) -> PublishedClaim:
    """The row of a public forecast without a verdict, with `fields` changed."""
    publishing.publish(factories.ForecastFactory.create(), by="ed")
    row = PublishedClaim.objects.get()
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def second_public_claim(**fields: Any) -> PublishedClaim:
    """A new row beside that of a public claim, which differs from it in `fields` only."""
    row = public_claim(**fields)
    row._state.adding = True
    row.first_sequence = row.edition_id = 1
    return row


def second_public_entity(**fields: Any) -> PublishedEntity:
    publishing.publish(factories.ClaimFactory.create(), by="ed")
    row = PublishedEntity.objects.get()
    row._state.adding = True
    row.first_sequence = row.edition_id = 2
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def second_name(**fields: Any) -> PublishedName:
    row = PublishedName.objects.create(speaker=1, uid=uuid4(), word="kim", alias=False)
    row.pk, row._state.adding = None, True
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def second_reference(**fields: Any) -> PublishedReference:
    publishing.publish(factories.ClaimFactory.create(), by="ed")
    row = PublishedReference.objects.get()
    row.pk, row._state.adding = None, True
    for name, value in fields.items():
        setattr(row, name, value)
    return row
