"""The document of a claim and its parts. They mirror `claims.domain.claim_drafts`."""

from claims.api.v1.schema.members import (
    Schema,
    address,
    choice,
    day,
    listing,
    nullable,
    partial_date,
    ref,
    text,
    thing,
    translations,
)
from claims.enums import (
    AttributionAct,
    ClaimKind,
    DueGranularity,
    Medium,
    RelationKind,
    Stance,
    Wording,
)

CLAIM: dict[str, Schema] = {
    "text": text(
        "The claim in one sentence.", "South Korea fully supports Stephen Biegun's preparation of the summit."
    ),
    "kind": choice(ClaimKind, "Kind of claim.", "opinion"),
    "language": text("Language of the claim (BCP 47).", "en"),
    "claimed_on": nullable(partial_date("When it was made; null when unknown.", "2019-02-09")),
    "speaker": ref("SpeakerOnADay", "Who made it, with the roles held on that day."),
    "topics": listing(ref("TopicReference"), "What it is about."),
    "forecast": nullable(ref("Forecast", "When and by what it is settled; null for claims that do not fall due.")),
    "appearances": listing(ref("Appearance"), "Where it was said."),
    "relations": listing(ref("Relation"), "What it has to do with other public claims."),
    "verdict": nullable(ref("Verdict", "What was found; null while it is not reviewed.")),
    "external_reviews": listing(
        ref("ExternalReview"), "What other publishers found, in their words. Absent where there is nothing."
    ),
    "translations": translations("ClaimTranslation"),
}

_FORECAST = thing(
    "When a forecast or promise falls due, and by what it is settled.",
    {
        "due_start": nullable(day("First day of the due window.", "2019-02-17")),
        "due_end": nullable(day("Last day of the due window; null when none was named.", "2019-02-23")),
        "granularity": nullable(choice(DueGranularity, "How finely the speaker named the time.", "week")),
        "words": text("The speaker's own words for the time.", "the week of February 17"),
        "criterion": text(
            "What settles it.",
            "Both leaders meet in Hanoi on these two days.",
        ),
    },
)
_APPEARANCE = thing(
    "One saying of the claim in one source.",
    {
        "source": ref("SourceReference", "Where it was said."),
        "speaker": ref("SpeakerOnADay", "Who said it here, with the roles held on that day."),
        "date": nullable(partial_date("When it was said.", "2019-02-09")),
        "medium": choice(Medium, "How it was said.", "spoken"),
        "wording": choice(Wording, "Whether the quotation has the speaker's own words.", "direct"),
        "quotation": text("The passage, word for word as it stands in the source.", "our discussions were productive"),
        "prefix": text(
            "The words before it (W3C TextQuoteSelector).",
            "But, we are in the midst of the conversation with the North. And ",
        ),
        "suffix": text("The words after it.", ",” the foreign minister said."),
        "locator": text(
            "Where in the source: a page, a time, a paragraph.", "End of his post that announces the summit"
        ),
        "attribution": listing(
            ref("AttributionLink"), "Who passed it on, in order: the first said it, the last is nearest to the source."
        ),
        "translations": translations("QuotationTranslation"),
    },
)
_LINK = thing(
    "One link of the chain from who said it to who published it.",
    {
        "speaker": ref("SpeakerOnADay", "Who passed it on."),
        "act": choice(AttributionAct, "What was done with what is passed on.", "reported"),
    },
)
_RELATION = thing(
    "What a claim has to do with another.",
    {
        "kind": choice(RelationKind, "This claim … the other one.", "narrows"),
        "claim": ref("ClaimReference", "The other one."),
    },
)
_VERDICT = thing(
    "Our finding on a claim.",
    {
        "rating": ref("RatingGiven", "The rating given."),
        "summary": text(
            "The finding in one sentence.", "A statement of support is not a claim that evidence could settle."
        ),
        "rationale": text(
            "Why; paragraphs are separated by an empty line.", "No outcome was made public by which to measure it."
        ),
        "reviewed_on": day("Day of the verdict.", "2026-11-24"),
        "evidence": listing(ref("Evidence"), "What the finding rests on."),
    },
)
_EVIDENCE = thing(
    "A passage in a source that a verdict rests on.",
    {
        "source": ref("SourceReference", "Where it stands."),
        "stance": choice(Stance, "What it does to the claim.", "refutes"),
        "quotation": nullable(
            text("The passage, word for word; null where the source as a whole is meant.", "corresponding measures")
        ),
        "locator": text("Where in the source.", "End of his post that announces the summit"),
        "note": text("What it shows.", "The Hanoi summit ended on 28 February without an agreement."),
        "translations": translations("EvidenceTranslation"),
    },
)

_EXTERNAL_REVIEW = thing(
    "What another publisher found. Its rating is its own: it is on no scale of ours.",
    {
        "publisher": text("Whose review it is.", "Facts Weekly"),
        "url": nullable(address("Address of the review, or null.", "https://weekly.example/reviews/1")),
        "title": text("Title of the review; may be empty.", "Was it the first working-level meeting?"),
        "rating": text("The publisher's own words; may be empty.", "Mostly False"),
        "rating_value": text("Its number for them, as it wrote it; may be empty.", "2"),
        "rating_best": text("Its best number; may be empty.", "5"),
        "rating_worst": text("Its worst number; may be empty.", "1"),
        "language": text("Language of the review (BCP 47); may be empty.", "en"),
        "reviewed_on": nullable(partial_date("When it was published.", "2019-03-01")),
    },
)

CLAIM_PARTS = {
    "Forecast": _FORECAST,
    "Appearance": _APPEARANCE,
    "AttributionLink": _LINK,
    "Relation": _RELATION,
    "Verdict": _VERDICT,
    "Evidence": _EVIDENCE,
    "ExternalReview": _EXTERNAL_REVIEW,
}
