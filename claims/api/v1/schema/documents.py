"""Every kind of public object: as a document of an edition, and as it is now, with its `edition` in front."""

from claims.api.v1.schema import claims, entities, parts
from claims.api.v1.schema.members import (
    Schema,
    choice,
    constant,
    digest,
    identifier,
    listing,
    moment,
    nullable,
    ref,
    slug,
    text,
    thing,
    whole,
)
from claims.api.v1.schema.translations import TRANSLATIONS
from claims.domain.documents import SCHEMA
from claims.enums import Action, RecordKind

NAMES = {
    RecordKind.CLAIM: "Claim",
    RecordKind.SPEAKER: "Speaker",
    RecordKind.SOURCE: "Source",
    RecordKind.TOPIC: "Topic",
    RecordKind.RATING_SCALE: "RatingScale",
    RecordKind.PAGE: "Page",
}
EXAMPLES = {
    RecordKind.CLAIM: "full-support-of-south-korea",
    RecordKind.SPEAKER: "stephen-biegun",
    RecordKind.SOURCE: "voa-work-remains-ahead-of-second-summit",
    RecordKind.TOPIC: "hanoi-summit",
    RecordKind.RATING_SCALE: "truth",
    RecordKind.PAGE: "corrections-policy",
}
_OWN = {
    RecordKind.CLAIM: claims.CLAIM,
    RecordKind.SPEAKER: entities.SPEAKER,
    RecordKind.SOURCE: entities.SOURCE,
    RecordKind.TOPIC: entities.TOPIC,
    RecordKind.RATING_SCALE: entities.RATING_SCALE,
    RecordKind.PAGE: entities.PAGE,
}


def document_members(kind: RecordKind) -> dict[str, Schema]:
    schema = {"schema": constant(SCHEMA, "Number of the form of this document.")}
    return schema | parts.identity(kind, EXAMPLES[kind]) | _OWN[kind]


def resource_members(kind: RecordKind) -> dict[str, Schema]:
    return {"edition": ref("CurrentEdition", "The edition that holds this document.")} | document_members(kind)


def _document(kind: RecordKind) -> Schema:
    return thing(f"What an edition of a {kind.label.lower()} holds.", document_members(kind))


def _resource(kind: RecordKind) -> Schema:
    more = {"included": ref("Included", "What `include` asked for; absent without it.")} if kind == _CLAIM else {}
    return thing(f"A public {kind.label.lower()} as it is now.", resource_members(kind) | more)


_CLAIM = RecordKind.CLAIM
_INCLUDED = thing(
    "Public objects that a claim names, as they are now; only those that `include` asked for.",
    {
        "speaker": nullable(ref("Speaker", "Who made the claim; null when not public any more.")),
        "sources": listing(ref("Source"), "Where it was said and what its verdict rests on, each once."),
        "topics": listing(ref("Topic"), "What it is about."),
        "scale": nullable(ref("RatingScale", "The scale of its rating; null while there is no verdict.")),
    },
) | {"required": []}

_COUNT = whole("The how-many-eth edition of this object.", 1, minimum=1)
_ACTION = choice(Action, "What it did.", "published")
_SEQUENCE = whole("Place in the record, from 1 and without a gap.", 50, minimum=1)
_PUBLISHED_AT = moment("When it was published.")
_DIGEST = digest("SHA-256 of the canonical JSON (RFC 8785) of all other members.")

_CURRENT_EDITION = thing(
    "The edition that holds a document.",
    {
        "action": _ACTION,
        "digest": digest("`digest` of this edition."),
        "first_published_at": moment("When the object was first published."),
        "number": _COUNT,
        "published_at": _PUBLISHED_AT,
        "sequence": _SEQUENCE,
    },
)
_RETRACTED = thing(
    "What remains in the document of a retracted object.",
    {
        "schema": constant(SCHEMA, "Number of the form of this document."),
        "type": choice(RecordKind, "What it was.", "claim"),
        "id": identifier(),
        "slug": slug("Its name in addresses.", EXAMPLES[RecordKind.CLAIM]),
        "retracted": constant(value=True, description="Always true."),
        "merged_into": ref("Successor", "What it is part of now, of the same kind; absent where it was not merged."),
    },
)


def _edition(names: list[str], words: str, kind: Schema) -> Schema:
    return thing(
        words,
        {
            "action": _ACTION,
            "author_digest": digest("SHA-256 of a private salt and the author's name."),
            "digest": _DIGEST,
            "document": {"anyOf": [ref(name) for name in names], "description": "The public state."},
            "id": identifier("Identifier of the object; it never changes."),
            "kind": kind,
            "note": text(
                "What readers are told; the reason of every correction and retraction.",
                "The forecast is resolved: the summit took place.",
            ),
            "note_translations": listing(ref("NoteTranslation"), "The note in further languages. Absent without any."),
            "number": _COUNT,
            "previous_digest": digest("`digest` of the edition with the sequence before; 64 zeros for the first."),
            "published_at": _PUBLISHED_AT,
            "sequence": _SEQUENCE,
        },
    )


def _edition_of(kind: RecordKind) -> Schema:
    documents = [f"{NAMES[kind]}Document", "RetractedDocument"]
    words = f"One published state of a {kind.label.lower()}. It never changes."
    return _edition(documents, words, constant(kind.value, "What it is an edition of."))


_ANY_DOCUMENT = [*(f"{name}Document" for name in NAMES.values()), "RetractedDocument"]

DOCUMENTS: dict[str, Schema] = {
    **{name: _resource(kind) for kind, name in NAMES.items()},
    "Included": _INCLUDED,
    "CurrentEdition": _CURRENT_EDITION,
    **{f"{name}Document": _document(kind) for kind, name in NAMES.items()},
    "RetractedDocument": _RETRACTED,
    "Successor": thing(
        "The object that another one was merged into.",
        {"id": identifier(), "slug": slug("Its slug when they were merged.", EXAMPLES[RecordKind.CLAIM])},
    ),
    **{f"{name}Edition": _edition_of(kind) for kind, name in NAMES.items()},
    "Edition": _edition(
        _ANY_DOCUMENT,
        "One published state of anything. It never changes.",
        choice(RecordKind, "What it is an edition of.", "claim"),
    ),
    **claims.CLAIM_PARTS,
    **entities.ENTITY_PARTS,
    **parts.PARTS,
    **TRANSLATIONS,
}
