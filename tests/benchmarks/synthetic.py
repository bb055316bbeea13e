"""What the synthetic newsroom found: the same claims on every machine, of the lengths that real ones have.

Pure functions of a number, without Django: the desk is filled from them, and the load is aimed by them.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any
from uuid import UUID

SPEAKERS, ORGANISATIONS, SOURCES, TOPICS = 480, 20, 2000, 100
# As in life, a few speakers make most of the claims: the n-th has 1/n of the first one's.
SPEAKER_WEIGHTS = list(accumulate(1 / rank for rank in range(1, SPEAKERS + 1)))
# None is a claim that was published before it was reviewed.
RATINGS: dict[str | None, int] = {
    "false": 24, "mostly-false": 18, "half-true": 14, "mostly-true": 12, "true": 14, "unproven": 8, None: 10,
}  # fmt: skip
FIRST_DAY = date(2015, 1, 1)
ENGLISH = (
    "the a of to in that with from for by under after before more less new public national regional annual total "
    "government ministry budget hospital school border trade energy climate vaccine pension tariff housing transport "
    "police court election parliament council treaty summit report survey figure percent million billion year month "
    "quarter decade increase decrease doubled halved fell rose reached exceeded promised denied confirmed announced "
    "signed spent saved built closed opened employed investigated measured published according residents workers "
    "farmers students patients drivers families companies banks exports imports emissions wages prices rents taxes"
)
HANGUL = (
    "정부는 올해 예산을 지난해보다 크게 늘렸다고 밝혔다 북한과 정상회담에서 비핵화를 논의했으며 "
    "수출은 증가했다 실업률은 낮아졌다"
)
WORDS, KOREAN = ENGLISH.split(), HANGUL.split()


@dataclass(frozen=True)
class SyntheticClaim:
    """One draft, with what it names given by number; field names are those of the models."""

    fields: dict[str, Any]
    speaker: int
    topics: tuple[int, ...]
    appearances: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    verdict: dict[str, Any] | None


def claim_slug(number: int) -> str:
    return f"claim-on-the-public-budget-of-the-year-{number:06}"


def speaker_slug(number: int) -> str:
    return f"speaker-{number:04}"


def organisation_slug(number: int) -> str:
    return f"organisation-{number:03}"


def source_slug(number: int) -> str:
    return f"report-on-the-public-budget-{number:05}"


def topic_slug(number: int) -> str:
    return f"topic-{number:03}"


def claim(number: int) -> SyntheticClaim:
    """The `number`-th claim: two appearances, three pieces of evidence, two topics, and for most a verdict."""
    chance = random.Random(number)
    day = _day(chance)
    words = KOREAN if number % 20 == 0 else WORDS
    rating = chance.choices(list(RATINGS), list(RATINGS.values()))[0]
    return SyntheticClaim(
        fields={
            "uid": UUID(int=chance.getrandbits(128), version=4),
            "slug": claim_slug(number),
            "text": sentence(chance, 12, 20, words),
            "claimed_on": chance.choice([day.isoformat(), day.isoformat(), f"{day:%Y-%m}"]),
            "language": "ko" if words is KOREAN else "en",
            "internal_note": sentence(chance, 5, 15),
            **(_forecast(chance, day) if number % 5 == 0 else {}),
        },
        speaker=chance.choices(range(SPEAKERS), cum_weights=SPEAKER_WEIGHTS)[0],
        topics=tuple(chance.sample(range(TOPICS), 2)),
        appearances=[_appearance(chance, position, words) for position in (1, 2)],
        evidence=[_evidence(chance, position) for position in (1, 2, 3)],
        verdict=_verdict(chance, rating, day) if rating else None,
    )


def sentence(chance: random.Random, low: int, high: int, words: list[str] = WORDS) -> str:
    """`low` to `high` words."""
    return " ".join(chance.choices(words, k=chance.randint(low, high))).capitalize() + "."


def source(number: int) -> dict[str, Any]:
    chance = random.Random(-number - 1)
    return {
        "kind": chance.choice(["article", "article", "article", "post", "transcript", "dataset"]),
        "slug": source_slug(number),
        "title": sentence(chance, 6, 11),
        "publisher": f"The {chance.choice(WORDS).capitalize()} Herald",
        "authors": "Alex Example\nSam Sample",
        "url": f"https://herald{number % 50}.example/{2015 + number % 10}/public-budget-report-{number:05}.html",
        "published_on": _day(chance).isoformat(),
        "archived_url": f"https://archive.example/web/{20150101000000 + number}/{number:05}",
    }


def _day(chance: random.Random) -> date:
    return FIRST_DAY + timedelta(days=chance.randrange(3650))


def _forecast(chance: random.Random, day: date) -> dict[str, Any]:
    return {
        "kind": "forecast",
        "due_end": day + timedelta(days=chance.randrange(7, 2000)),
        "due_granularity": "year",
        "due_words": "by the end of the coming year",
        "criterion": sentence(chance, 10, 15),
    }


def _appearance(chance: random.Random, position: int, words: list[str]) -> dict[str, Any]:
    return {
        "position": position,
        "source": chance.randrange(SOURCES),
        "quotation": sentence(chance, 8, 16, words),
        "prefix": sentence(chance, 3, 5),
        "suffix": sentence(chance, 3, 5),
        "locator": f"paragraph {chance.randrange(1, 30)}",
        "reported_by": chance.randrange(ORGANISATIONS) if chance.random() < 0.2 else None,
    }


def _evidence(chance: random.Random, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "source": chance.randrange(SOURCES),
        "stance": chance.choice(["supports", "refutes", "refutes", "context"]),
        "quotation": sentence(chance, 8, 16),
        "locator": f"page {chance.randrange(1, 90)}",
        "note": sentence(chance, 5, 9),
    }


def _verdict(chance: random.Random, rating: str, day: date) -> dict[str, Any]:
    return {
        "rating": rating,
        "summary": sentence(chance, 9, 15),
        "rationale": "\n\n".join(sentence(chance, 15, 25) for _ in range(2)),
        "reviewed_on": day + timedelta(days=chance.randrange(1, 30)),
    }
