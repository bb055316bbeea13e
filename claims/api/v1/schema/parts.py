"""What a document shows of another object that it names. They mirror `PART_FIELDS` of `claims.domain.documents`."""

from claims.api.v1.schema.members import (
    Schema,
    address,
    choice,
    constant,
    identifier,
    listing,
    moment,
    nullable,
    partial_date,
    ref,
    slug,
    text,
    thing,
    translations,
    whole,
    yes_no,
)
from claims.enums import RecordKind, SourceKind, SpeakerKind


def identity(kind: str, example: str) -> dict[str, Schema]:
    """What every object is known by."""
    return {
        "type": constant(str(kind), "What this is."),
        "id": identifier(),
        "slug": slug("Its name in addresses; it may change, and the old one then redirects.", example),
    }


SPEAKER = {
    "name": text("Name.", "Stephen Biegun"),
    "kind": choice(SpeakerKind, "Kind of speaker.", "person"),
    "wikidata_id": nullable(text("Item of Wikidata, or null.", "Q22686", pattern="^Q[1-9][0-9]*$")),
}
SOURCE = {
    "kind": choice(SourceKind, "Kind of source.", "article"),
    "title": text("Title.", "Work Remains for US and N. Korea Ahead of Second Summit"),
    "publisher": text("Who published it.", "Voice of America"),
    "url": nullable(
        address(
            "Address, or null.",
            "https://www.ctvnews.ca/world/trump-says-summit-with-north-korea-s-kim-will-be-in-hanoi-1.4289574",
        )
    ),
    "archived_url": nullable(
        address("Address of an archived copy, or null.", "https://archive.example/2019/https://news.example/1")
    ),
    "published_on": nullable(partial_date("Date of publication.", "2019-02")),
    "language": text("Language (BCP 47).", "en"),
    "translations": translations("SourceTranslation"),
}
RATING = {
    "slug": slug("Its name in filters.", "false"),
    "label": text("What readers see.", "False"),
    "definition": text("What it means.", "The claim is not accurate, and nothing of substance in it holds."),
    "conclusive": yes_no("Whether it says how true the claim is; others stand apart from the scale.", example=True),
    "value": nullable(whole("Place on the scale, the highest is the truest; null when inconclusive.", 1)),
    "translations": translations("RatingTranslation"),
}
NAMED_ELSEWHERE = {"translations": translations("NameTranslation")}


def _name(words: str, example: str) -> Schema:
    return text(words, example)


def _scale_reference() -> Schema:
    members = {
        "id": identifier(),
        "slug": slug("Its name in addresses.", "truth"),
        "name": _name("Name of the scale.", "Truth scale"),
        "translations": translations("NameTranslation"),
    }
    return thing("The scale that a rating belongs to.", members)


def _role() -> Schema:
    return thing(
        "A role that a speaker held on a day.",
        {
            "title": text("Title of the role.", "U.S. Special Representative for North Korea"),
            "organisation": ref("OrganisationReference", "Where it was held."),
            "translations": translations("TitleTranslation"),
        },
    )


def _speaker_on_a_day() -> Schema:
    when = {
        "on": nullable(partial_date("The day that `roles` are of; null when it is unknown.", "2019-02-09")),
        "roles": listing(ref("Role"), "Roles held on that day."),
    }
    members = identity(RecordKind.SPEAKER, "stephen-biegun") | SPEAKER | when | NAMED_ELSEWHERE
    return thing("A speaker, with the roles held on the day.", members)


def _rating_given() -> Schema:
    ends = {
        "best": nullable(whole("The truest value of the scale; null when inconclusive.", 5)),
        "worst": nullable(whole("The least true value of the scale; null when inconclusive.", 1)),
    }
    scale = {"scale": ref("ScaleReference", "The scale that it belongs to.")}
    return thing("The rating of a verdict.", {"type": constant("rating", "What this is.")} | RATING | ends | scale)


def _organisation_reference() -> Schema:
    members = {
        "id": identifier(),
        "slug": slug("Its name in addresses.", "us-department-of-state"),
        "name": _name("Name.", "U.S. Department of State"),
        **NAMED_ELSEWHERE,
    }
    return thing("An organisation, itself a speaker.", members)


def _topic_reference() -> Schema:
    members = (
        identity(RecordKind.TOPIC, "hanoi-summit") | {"name": _name("Name.", "Hanoi summit 2019")} | NAMED_ELSEWHERE
    )
    return thing("A topic that a claim is on.", members)


def _claim_reference() -> Schema:
    claim = {
        "text": text(
            "The claim in one sentence.", "South Korea fully supports Stephen Biegun's preparation of the summit."
        ),
        "translations": translations("TextTranslation"),
    }
    return thing("Another public claim.", identity(RecordKind.CLAIM, "full-support-of-south-korea") | claim)


def _source_reference() -> Schema:
    members = identity(RecordKind.SOURCE, "voa-work-remains-ahead-of-second-summit") | SOURCE
    reference = thing("A source.", members)
    archived_at = moment("When it was archived; absent where that is not known.")
    return reference | {"properties": members | {"archived_at": archived_at}}


PARTS = {
    "SpeakerOnADay": _speaker_on_a_day(),
    "SpeakerReference": thing(
        "A speaker.", identity(RecordKind.SPEAKER, "us-department-of-state") | SPEAKER | NAMED_ELSEWHERE
    ),
    "Role": _role(),
    "OrganisationReference": _organisation_reference(),
    "SourceReference": _source_reference(),
    "TopicReference": _topic_reference(),
    "ClaimReference": _claim_reference(),
    "ScaleReference": _scale_reference(),
    "RatingGiven": _rating_given(),
    "Rating": thing("A rating of a scale.", RATING),
}
