"""Minimal, deterministic desk objects. Each factory gives what its table demands and nothing more."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from claims.enums import ClaimKind, SpeakerKind, Stance
from claims.models import (
    Affiliation,
    Appearance,
    AttributionLink,
    Claim,
    ClaimRelation,
    Evidence,
    ExternalReview,
    Page,
    Partner,
    Rating,
    Source,
    Speaker,
    Tip,
    Topic,
    User,
    Verdict,
    WebhookEndpoint,
)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")


class SpeakerFactory(DjangoModelFactory[Speaker]):
    class Meta:
        model = Speaker

    kind = SpeakerKind.PERSON
    name = factory.Sequence(lambda n: f"Speaker {n}")


class OrganisationFactory(SpeakerFactory):
    kind = SpeakerKind.ORGANISATION
    name = factory.Sequence(lambda n: f"Organisation {n}")


class AffiliationFactory(DjangoModelFactory[Affiliation]):
    class Meta:
        model = Affiliation

    speaker = factory.SubFactory(SpeakerFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = "Envoy"


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Source {n}")
    publisher = "The Paper"
    url = factory.Sequence(lambda n: f"https://paper.example/{n}")


class TopicFactory(DjangoModelFactory[Topic]):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Topic {n}")


class PageFactory(DjangoModelFactory[Page]):
    class Meta:
        model = Page

    slug = "about"
    title = "About us"
    body = "We are *two*."


class TipFactory(DjangoModelFactory[Tip]):
    class Meta:
        model = Tip

    text = factory.Sequence(lambda n: f"Someone said thing {n}.")
    token_digest = factory.Sequence(lambda n: f"{n:064x}")


class ClaimFactory(DjangoModelFactory[Claim]):
    class Meta:
        model = Claim

    text = factory.Sequence(lambda n: f"Claim {n} is so.")
    speaker = factory.SubFactory(SpeakerFactory)


class ForecastFactory(ClaimFactory):
    kind = ClaimKind.FORECAST
    criterion = "It is settled when it happens."


class AppearanceFactory(DjangoModelFactory[Appearance]):
    class Meta:
        model = Appearance

    claim = factory.SubFactory(ClaimFactory)
    source = factory.SubFactory(SourceFactory)
    quotation = "It is so."


class AttributionLinkFactory(DjangoModelFactory[AttributionLink]):
    class Meta:
        model = AttributionLink

    appearance = factory.SubFactory(AppearanceFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    position = 1
    act = "reported"


class ClaimRelationFactory(DjangoModelFactory[ClaimRelation]):
    class Meta:
        model = ClaimRelation

    claim = factory.SubFactory(ClaimFactory)
    target = factory.SubFactory(ClaimFactory)
    kind = "contradicts"


class EvidenceFactory(DjangoModelFactory[Evidence]):
    class Meta:
        model = Evidence

    claim = factory.SubFactory(ClaimFactory)
    source = factory.SubFactory(SourceFactory)
    stance = Stance.REFUTES
    note = "It shows otherwise."


class ExternalReviewFactory(DjangoModelFactory[ExternalReview]):
    class Meta:
        model = ExternalReview

    claim = factory.SubFactory(ClaimFactory)
    publisher = "Others"
    url = factory.Sequence(lambda n: f"https://www.others.example/reviews/{n}")
    rating = "Pants on fire"


class VerdictFactory(DjangoModelFactory[Verdict]):
    class Meta:
        model = Verdict

    claim = factory.SubFactory(ClaimFactory)
    rating = factory.LazyFunction(lambda: rating("false"))
    summary = "It is not so."
    reviewed_on = date(2019, 3, 1)


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Partner {n}")
    email = "api@partner.example"


class WebhookEndpointFactory(DjangoModelFactory[WebhookEndpoint]):
    class Meta:
        model = WebhookEndpoint

    partner = factory.SubFactory(PartnerFactory)
    url = "https://partner.example/hook"


def number_anew() -> None:
    """Begin all sequences again, for a test that looks for a number which they reach after some thousands of rows."""
    for each in globals().values():
        if isinstance(each, type) and issubclass(each, DjangoModelFactory):
            each.reset_sequence(0, force=True)


def rating(slug: str) -> Rating:
    """A rating of the scale that comes with the first migration."""
    return Rating.objects.get(scale__slug="truth", slug=slug)


def full_claim(**fields: Any) -> Claim:
    """A claim with everything that one can have: role, topics, due window, chain, evidence and verdict."""
    speaker = SpeakerFactory.create()
    AffiliationFactory.create(speaker=speaker, start="2018-08")
    defaults = {
        "speaker": speaker,
        "claimed_on": "2019-02-09",
        "due_end": date(2019, 2, 23),
        "due_granularity": "week",
        "due_words": "during the week",
    }
    claim = ForecastFactory.create(**defaults | fields)
    claim.topics.add(TopicFactory.create(), TopicFactory.create())
    AttributionLinkFactory.create(appearance__claim=claim, appearance__prefix="He said", appearance__suffix="again.")
    AppearanceFactory.create(claim=claim, position=2)
    EvidenceFactory.create(claim=claim, quotation="It is not.")
    EvidenceFactory.create(claim=claim, position=2, stance=Stance.CONTEXT)
    ExternalReviewFactory.create(claim=claim, reviewed_on="2019-03", language="en")
    VerdictFactory.create(claim=claim, rationale="We looked.\n\nIt was not there.")
    return claim


def translated_claim(language: str = "ko", **fields: Any) -> Claim:
    """A full claim that says everything in another language, too: each text with 역 after it."""
    claim = full_claim(**fields)
    role, given, topic = claim.speaker.affiliations.get(), claim.verdict.rating, claim.topics.all()[0]
    claim.translations.create(
        language=language,
        text="주장 역",
        summary="요약 역",
        rationale="이유 역",
        criterion="기준 역",
        due_words="시기 역",
    )
    said, shown = claim.appearances.all()[0], claim.evidence.all()[0]
    said.translations.create(language=language, quotation="발언 역", locator="위치 역")
    shown.translations.create(language=language, quotation="인용 역", note="설명글 역")
    shown.source.translations.create(language=language, title="제목 역", publisher="매체 역")
    claim.speaker.translations.create(language=language, name="사람 역", description="설명 역")
    role.translations.create(language=language, title="직책 역")
    role.organisation.translations.create(language=language, name="기관 역")
    topic.translations.create(language=language, name="주제 역")
    given.translations.create(language=language, label="판정 역", definition="정의 역")
    given.scale.translations.create(language=language, name="척도 역")
    return claim
