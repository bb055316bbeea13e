"""A site on which much has gathered: what a busy newsroom's pages list, in texts of usual length that differ."""

import random
from datetime import date, timedelta
from itertools import pairwise

from claims.domain import publishing
from claims.enums import RelationKind
from claims.models import Claim, RatingScale, Source, Speaker, Topic
from tests import factories
from tests.histories import changed

CLAIMS, TOPICS, SCALES = 300, 200, 25
RATINGS = ["false", "mostly-false", "half-true", "mostly-true", "true", "unproven"]
SYLLABLES = ["ba", "den", "kor", "li", "mo", "nar", "pe", "ris", "sul", "ta", "vin", "zo", "er", "an", "ist", "ung"]


def publish_much() -> None:
    """Afterwards there are a speaker, a source, a topic, a scale and a page called `much`."""
    words = Words()
    speaker, source = _speaker(words), factories.SourceFactory.create(slug="much", title=words(14), authors=words(8))
    topics = [factories.TopicFactory.create(name=words(4), description=words(25)) for _ in range(TOPICS - 1)]
    topics.append(factories.TopicFactory.create(slug="much", name="Much", description=words(100)))
    claims = [_claim(number, words, speaker, source, topics) for number in range(CLAIMS)]
    for claim, other in pairwise(claims[:41]):
        factories.ClaimRelationFactory.create(claim=claim, target=other, kind=RelationKind.CONTRADICTS)
    publishing.publish_all([*claims, *topics, *_scales(words)], by="ed")
    for claim in claims[:60]:
        changed(claim, text=words(24))
        publishing.correct(claim, by="ed", reason=words(40))
    for number in range(40):
        publishing.correct(changed(claims[-1], text=words(24)), by="ed", reason=words(20) + str(number))
    page = factories.PageFactory.create(slug="methodology", title="How we work", body=_prose(words))
    publishing.publish(page, by="ed")


class Words:
    """Calls give so many words that no compression knows: the same ones in each run."""

    def __init__(self) -> None:
        self.random = random.Random(1)

    def __call__(self, count: int) -> str:
        words = ("".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4))) for _ in range(count))
        return f"{' '.join(words).capitalize()}."


def _speaker(words: Words) -> Speaker:
    speaker = factories.SpeakerFactory.create(slug="much", name="Much Spoken", description=words(20))
    for year in range(1990, 2015):
        office = factories.OrganisationFactory.create(name=words(4))
        factories.AffiliationFactory.create(
            speaker=speaker, organisation=office, title=words(3), start=str(year), end=str(year + 1)
        )
    for _ in range(20):
        speaker.aliases.create(name=words(3))
    return speaker


def _claim(number: int, words: Words, speaker: Speaker, source: Source, topics: list[Topic]) -> Claim:
    """Falls due in one month, as all forecasts of them do; appears in the source twice."""
    day = date(2019, 3, 1) + timedelta(days=number % 31)
    claim = factories.ForecastFactory.create(
        slug=f"much-{number}", text=words(24), speaker=speaker, claimed_on=f"2019-02-{number % 28 + 1:02}", due_end=day,
        due_granularity="day", due_words=words(5), criterion=words(20),
    )  # fmt: skip
    claim.topics.add(topics[-1], topics[number % TOPICS])
    for position in (1, 2):
        factories.AppearanceFactory.create(claim=claim, source=source, quotation=words(30), position=position)
    factories.EvidenceFactory.create(claim=claim, source=source, quotation=words(30), note=words(20))
    if number % 3:
        rating = factories.rating(RATINGS[number % len(RATINGS)])
        factories.VerdictFactory.create(claim=claim, rating=rating, summary=words(25), rationale=words(200))
    return claim


def _scales(words: Words) -> list[RatingScale]:
    scales = []
    for number in range(SCALES):
        scale = RatingScale.objects.create(slug=f"much-{number}", name=words(3), description=words(40))
        for value in range(12):
            scale.ratings.create(slug=f"r{value}", label=f"{value} {words(2)}", definition=words(30), rank=value)
        scales.append(scale)
    return scales


def _prose(words: Words) -> str:
    """As long as a page may be."""
    return "\n\n".join(f"## {words(5)}\n\n{words(120)}" for _ in range(80))[:50_000]
