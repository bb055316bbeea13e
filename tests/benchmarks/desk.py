"""Fill a migrated database and publish it all: `python -m tests.benchmarks.desk NUMBER_OF_CLAIMS`.

The desk is filled in bulk, since how fast editors type is not measured; every edition goes through the one door.
"""

import sys
from collections.abc import Iterable, Sequence
from itertools import chain

import django

django.setup()

from claims import addresses  # noqa: E402
from claims.domain import publishing  # noqa: E402
from claims.domain.chunks import chunks  # noqa: E402
from claims.models import (  # noqa: E402
    Affiliation,
    Appearance,
    AttributionLink,
    Claim,
    Evidence,
    Publishable,
    Rating,
    RatingScale,
    Source,
    Speaker,
    Topic,
    Verdict,
)
from tests.benchmarks import synthetic  # noqa: E402
from tests.benchmarks.synthetic import SyntheticClaim  # noqa: E402

CHUNK = 500
AUTHOR = "bench"


def fill(size: int) -> None:
    """The whole newsroom, with `size` public claims whose order in the record is the order of their keys."""
    _make_speakers()
    _make_sources()
    Topic.objects.bulk_create(
        Topic(slug=synthetic.topic_slug(number), name=f"Topic {number}") for number in range(synthetic.TOPICS)
    )
    named: list[Iterable[Publishable]] = [
        RatingScale.objects.all(), Topic.objects.all(), Source.objects.all(), Speaker.objects.all(),
    ]  # fmt: skip
    for some in chunks(chain.from_iterable(named), CHUNK):
        publishing.publish_all(some, by=AUTHOR)
    drafting = Drafting()
    for numbers in chunks(range(size), CHUNK):
        publishing.publish_all(drafting.draft(numbers), by=AUTHOR)


def _make_speakers() -> None:
    Speaker.objects.bulk_create(
        Speaker(
            kind="public-body",
            slug=synthetic.organisation_slug(number),
            name=f"Ministry {number} of Budgets",
            wikidata_id=f"Q{synthetic.SPEAKERS + number + 1}",
        )
        for number in range(synthetic.ORGANISATIONS)
    )
    Speaker.objects.bulk_create(
        Speaker(
            kind="person",
            slug=synthetic.speaker_slug(number),
            name=f"Kim Speaker {number}",
            description="In office.",
            wikidata_id=f"Q{number + 1}",
        )
        for number in range(synthetic.SPEAKERS)
    )
    keys = _keys(Speaker)
    Affiliation.objects.bulk_create(
        Affiliation(
            speaker_id=keys[synthetic.speaker_slug(number)],
            organisation_id=keys[synthetic.organisation_slug(number % synthetic.ORGANISATIONS)],
            title="Minister of Public Budgets",
            start="2014-06",
        )
        for number in range(synthetic.SPEAKERS)
    )


def _make_sources() -> None:
    sources = [Source(**synthetic.source(number)) for number in range(synthetic.SOURCES)]
    for source in sources:
        source.address_key = addresses.normalise(source.url)
    Source.objects.bulk_create(sources)


class Drafting:
    """Draft claims, in bulk, on a desk that holds the speakers, sources and topics they name."""

    def __init__(self) -> None:
        self.speakers = _keys(Speaker)
        self.sources = _keys(Source)
        self.topics = _keys(Topic)
        self.ratings = dict(Rating.objects.values_list("slug", "pk"))

    def draft(self, numbers: Sequence[int]) -> list[Claim]:
        """Saved drafts with everything that belongs to them."""
        drafts = [synthetic.claim(number) for number in numbers]
        claims = Claim.objects.bulk_create(
            Claim(speaker_id=self.speakers[synthetic.speaker_slug(draft.speaker)], **draft.fields) for draft in drafts
        )
        pairs = list(zip(claims, drafts, strict=True))
        through = Claim.topics.through
        through.objects.bulk_create(
            through(claim_id=claim.pk, topic_id=self.topics[synthetic.topic_slug(topic)])
            for claim, draft in pairs
            for topic in draft.topics
        )
        self._appearances(pairs)
        Evidence.objects.bulk_create(
            Evidence(claim=claim, source_id=self._source(evidence), **_without(evidence, "source"))
            for claim, draft in pairs
            for evidence in draft.evidence
        )
        Verdict.objects.bulk_create(
            Verdict(claim=claim, rating_id=self.ratings[draft.verdict["rating"]], **_without(draft.verdict, "rating"))
            for claim, draft in pairs
            if draft.verdict
        )
        return claims

    def _appearances(self, pairs: list[tuple[Claim, SyntheticClaim]]) -> None:
        wanted = [(claim, appearance) for claim, draft in pairs for appearance in draft.appearances]
        saved = Appearance.objects.bulk_create(
            Appearance(claim=claim, source_id=self._source(fields), **_without(fields, "source", "reported_by"))
            for claim, fields in wanted
        )
        AttributionLink.objects.bulk_create(
            AttributionLink(
                appearance=appearance,
                position=1,
                speaker_id=self.speakers[synthetic.organisation_slug(fields["reported_by"])],
                act="reported",
            )
            for appearance, (_, fields) in zip(saved, wanted, strict=True)
            if fields["reported_by"] is not None
        )

    def _source(self, fields: dict[str, object]) -> int:
        number = fields["source"]
        assert isinstance(number, int)
        return self.sources[synthetic.source_slug(number)]


def _keys(model: type[Speaker | Source | Topic]) -> dict[str, int]:
    return dict(model._default_manager.values_list("slug", "pk"))


def _without(fields: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in fields.items() if name not in names}


if __name__ == "__main__":
    fill(int(sys.argv[1]))
