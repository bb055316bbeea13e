"""The documents of speakers, sources, topics, rating scales and pages. They mirror `claims.domain.drafts`."""

from claims.api.v1.schema import parts
from claims.api.v1.schema.members import (
    Schema,
    listing,
    moment,
    nullable,
    partial_date,
    ref,
    text,
    thing,
    translations,
    whole,
)

_DESCRIPTION = text("A few words about it; may be empty.", "Foreign ministry of the United States.")

SPEAKER: dict[str, Schema] = parts.SPEAKER | {
    "description": _DESCRIPTION,
    "aliases": listing(ref("Alias"), "Other names, in any script."),
    "affiliations": listing(ref("Affiliation"), "Roles held over time."),
    "translations": translations("Translation"),
}
SOURCE: dict[str, Schema] = parts.SOURCE | {
    "authors": listing(text("Name of an author.", "Steve Miller"), "Who wrote it."),
    "archived_at": nullable(moment("When it was archived, or null.")),
    "content_hash": nullable(text("SHA-256 of its content, or null.", "0" * 64)),
}
TOPIC: dict[str, Schema] = {"name": text("Name.", "Hanoi summit 2019"), "description": _DESCRIPTION}
TOPIC |= {"translations": translations("Translation")}
RATING_SCALE: dict[str, Schema] = {
    "name": text("Name.", "Truth scale"),
    "description": text(
        "What it measures; may be empty.",
        "How far a claim is borne out by what is publicly known. Five steps, and two answers for what cannot be placed "
        "on them.",
    ),
    "ratings": listing(ref("Rating"), "Its ratings, in order."),
    "best": nullable(whole("The truest value, or null when no rating is conclusive.", 5)),
    "worst": nullable(whole("The least true value, or null.", 1)),
    "translations": translations("Translation"),
}
PAGE: dict[str, Schema] = {
    "title": text("Title.", "Corrections policy"),
    "body": text("The text, in Markdown (CommonMark).", "When we were wrong, we say so."),
    "language": text("Language of the text (BCP 47).", "en"),
    "translations": translations("PageTranslation"),
}

ENTITY_PARTS = {
    "Alias": thing(
        "Another name of a speaker.",
        {
            "name": text("The name as it is written.", "State Department"),
            "language": nullable(text("Its language (BCP 47), or null.", "ko")),
        },
    ),
    "Affiliation": thing(
        "A role held at an organisation from one date to another.",
        {
            "title": text("Title of the role.", "U.S. Special Representative for North Korea"),
            "organisation": ref("SpeakerReference", "Where it was held."),
            "start": nullable(partial_date("From when, as far as is known.", "2018-08")),
            "end": nullable(partial_date("Until when; null when unknown or held still.", "2021-01")),
            "translations": translations("TitleTranslation"),
        },
    ),
}
