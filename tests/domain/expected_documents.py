"""The public documents of `factories.translated_claim()` and of what it names, with slugs in the place of uids."""

from typing import Any

DAY = "2019-02-09"


def _in_korean(**members: str) -> dict[str, Any]:
    return {"translations": [{"language": "ko", **members}]}


ORGANISATION_OF_ROLE = {"id": "uid of organisation-1", "slug": "organisation-1", "name": "Organisation 1"} | _in_korean(
    name="기관 역"
)
ROLE = {
    "title": "Envoy",
    "organisation": ORGANISATION_OF_ROLE,
    **_in_korean(title="직책 역"),
}
THE_SPEAKER = {
    "type": "speaker",
    "id": "uid of speaker-0",
    "slug": "speaker-0",
    "name": "Speaker 0",
    "kind": "person",
    "wikidata_id": None,
    **_in_korean(name="사람 역"),
    "on": DAY,
    "roles": [ROLE],
}


def _source(number: int) -> dict[str, Any]:
    return {
        "type": "source",
        "id": f"uid of source-{number}",
        "slug": f"source-{number}",
        "kind": "article",
        "title": f"Source {number}",
        "publisher": "The Paper",
        "url": f"https://paper.example/{number}",
        "archived_url": None,
        "published_on": None,
        "language": "en",
    }


def _topic(number: int) -> dict[str, Any]:
    return {"type": "topic", "id": f"uid of topic-{number}", "slug": f"topic-{number}", "name": f"Topic {number}"}


FIRST_APPEARANCE = {
    "source": _source(0),
    "speaker": THE_SPEAKER,
    "date": DAY,
    "medium": "spoken",
    "wording": "direct",
    "quotation": "It is so.",
    "prefix": "He said",
    "suffix": "again.",
    "locator": "",
    "attribution": [
        {
            "act": "reported",
            "speaker": {
                "type": "speaker",
                "id": "uid of speaker-2",
                "slug": "speaker-2",
                "name": "Speaker 2",
                "kind": "person",
                "wikidata_id": None,
                "on": DAY,
                "roles": [],
            },
        }
    ],
}
SECOND_APPEARANCE = FIRST_APPEARANCE | {"source": _source(1), "prefix": "", "suffix": "", "attribution": []}
FIRST_APPEARANCE |= _in_korean(quotation="발언 역", locator="위치 역")
EVIDENCE = [
    {
        "source": _source(2) | _in_korean(title="제목 역", publisher="매체 역"),
        "stance": "refutes",
        "quotation": "It is not.",
        "locator": "",
        "note": "It shows otherwise.",
        **_in_korean(quotation="인용 역", locator="", note="설명글 역"),
    },
    {"source": _source(3), "stance": "context", "quotation": None, "locator": "", "note": "It shows otherwise."},
]
FALSE = {
    "slug": "false",
    "label": "False",
    "definition": "The claim is not accurate, and nothing of substance in it holds.",
    "conclusive": True,
    "value": 1,
    **_in_korean(label="판정 역", definition="정의 역"),
}

FULL_CLAIM = {
    "schema": 1,
    "type": "claim",
    "id": "uid of claim-0-is-so",
    "slug": "claim-0-is-so",
    "text": "Claim 0 is so.",
    "kind": "forecast",
    "language": "en",
    "claimed_on": DAY,
    "speaker": THE_SPEAKER,
    "topics": [_topic(0) | _in_korean(name="주제 역"), _topic(1)],
    "forecast": {
        "due_start": None,
        "due_end": "2019-02-23",
        "granularity": "week",
        "words": "during the week",
        "criterion": "It is settled when it happens.",
    },
    "appearances": [FIRST_APPEARANCE, SECOND_APPEARANCE],
    "relations": [],
    "verdict": {
        "rating": {
            "type": "rating",
            **FALSE,
            "best": 5,
            "worst": 1,
            "scale": {"id": "uid of truth", "slug": "truth", "name": "Truth scale"} | _in_korean(name="척도 역"),
        },
        "summary": "It is not so.",
        "rationale": "We looked.\n\nIt was not there.",
        "reviewed_on": "2019-03-01",
        "evidence": EVIDENCE,
    },
    "external_reviews": [
        {
            "publisher": "Others",
            "url": "https://www.others.example/reviews/0",
            "title": "",
            "rating": "Pants on fire",
            "rating_value": "",
            "rating_best": "",
            "rating_worst": "",
            "language": "en",
            "reviewed_on": "2019-03",
        }
    ],
    **_in_korean(text="주장 역", summary="요약 역", rationale="이유 역", criterion="기준 역", words="시기 역"),
}
SPEAKER = {
    "schema": 1,
    "type": "speaker",
    "id": "uid of speaker-0",
    "slug": "speaker-0",
    "name": "Speaker 0",
    "kind": "person",
    "description": "",
    "wikidata_id": None,
    "aliases": [],
    "affiliations": [
        {
            "title": "Envoy",
            "organisation": {"type": "speaker", **ORGANISATION_OF_ROLE, "kind": "organisation", "wikidata_id": None},
            "start": "2018-08",
            "end": None,
            **_in_korean(title="직책 역"),
        }
    ],
    **_in_korean(name="사람 역", description="설명 역"),
}
ORGANISATION = SPEAKER | {
    "id": "uid of organisation-1",
    "slug": "organisation-1",
    "name": "Organisation 1",
    "kind": "organisation",
    "affiliations": [],
    **_in_korean(name="기관 역", description=""),
}
SOURCE = _source(0) | {"schema": 1, "authors": [], "archived_at": None, "content_hash": None}
TRANSLATED_SOURCE = SOURCE | _source(2) | _in_korean(title="제목 역", publisher="매체 역")
PAGE = {
    "schema": 1,
    "type": "page",
    "id": "uid of about",
    "slug": "about",
    "title": "About us",
    "body": "We are *two*.",
    "language": "en",
}
TOPIC = _topic(0) | {"schema": 1, "description": ""} | _in_korean(name="주제 역", description="")


def _rating(slug: str, label: str, value: int | None, definition: str) -> dict[str, Any]:
    conclusive = value is not None
    return {"slug": slug, "label": label, "definition": definition, "conclusive": conclusive, "value": value}


TRUTH_SCALE = {
    "schema": 1,
    "type": "rating-scale",
    "id": "uid of truth",
    "slug": "truth",
    "name": "Truth scale",
    "description": "How far a claim is borne out by what is publicly known. Five steps, and two answers for what "
    "cannot be placed on them.",
    "ratings": [
        FALSE,
        _rating("mostly-false", "Mostly false", 2, "The claim holds a grain of truth but leaves a wrong impression."),
        _rating(
            "half-true",
            "Half true",
            3,
            "About as much of the claim holds as does not, or it leaves out what matters.",
        ),
        _rating("mostly-true", "Mostly true", 4, "The claim holds, but needs clarification or more information."),
        _rating("true", "True", 5, "The claim is accurate, and nothing that matters is missing."),
        _rating("unproven", "Unproven", None, "What is publicly known neither bears the claim out nor refutes it."),
        _rating("not-checkable", "Not checkable", None, "An opinion, a wish or a guess: no evidence could settle it."),
    ],
    "best": 5,
    "worst": 1,
    **_in_korean(name="척도 역", description=""),
}
