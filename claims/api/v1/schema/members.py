"""What the schemas are made of: JSON Schema 2020-12 as plain dicts, each with a description and an example."""

from typing import Any

from django.db.models import TextChoices

Schema = dict[str, Any]

SLUG = "^[-a-zA-Z0-9_]+$"
DIGEST = "^[0-9a-f]{64}$"
# Members that a document has only where there is something to say.
MAY_BE_ABSENT = frozenset({"external_reviews", "included", "merged_into", "note_translations", "translations", "words"})
PARTIAL_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def text(description: str, example: str, **more: Any) -> Schema:
    return {"type": "string", "description": description, "examples": [example], **more}


def whole(description: str, example: int, **more: Any) -> Schema:
    return {"type": "integer", "description": description, "examples": [example], **more}


def yes_no(description: str, *, example: bool) -> Schema:
    return {"type": "boolean", "description": description, "examples": [example]}


def identifier(description: str = "Identifier; it never changes.") -> Schema:
    return text(description, "9dc4c26d-a736-4b07-a992-580ce68b231c", format="uuid")


def slug(description: str, example: str) -> Schema:
    return text(description, example, pattern=SLUG)


def address(description: str, example: str) -> Schema:
    return text(description, example, format="uri")


def moment(description: str) -> Schema:
    """RFC 3339 in UTC with microseconds."""
    return text(description, "2019-02-22T09:30:00.000000Z", format="date-time")


def day(description: str, example: str) -> Schema:
    return text(description, example, format="date")


def partial_date(description: str, example: str) -> Schema:
    """EDTF level 0."""
    return text(f"{description} A day, or only its month or year.", example, pattern=PARTIAL_DATE)


def digest(description: str) -> Schema:
    return text(description, "0" * 64, pattern=DIGEST)


def header(description: str, example: str) -> Schema:
    return {"description": description, "schema": {"type": "string"}, "example": example}


def constant(value: object, description: str) -> Schema:
    """One value and no other, with its type beside it for generators that do not infer it."""
    kind = {str: "string", int: "integer", bool: "boolean"}[type(value)]
    return {"type": kind, "const": value, "description": description, "examples": [value]}


def choice(choices: type[TextChoices], description: str, example: str) -> Schema:
    return text(description, example, enum=list(choices.values))


def nullable(schema: Schema) -> Schema:
    """`schema`, or null where there is none."""
    if "$ref" in schema:
        words = {"description": schema["description"]} if "description" in schema else {}
        return {"anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}], **words}
    more = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": [schema["type"], "null"]} | more


def ref(component: str, description: str = "") -> Schema:
    words = {"description": description} if description else {}
    return {"$ref": f"#/components/schemas/{component}", **words}


def one_of(*components: str) -> Schema:
    return {"anyOf": [ref(component) for component in components]}


def listing(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def translations(component: str) -> Schema:
    """The member of what is there in further languages."""
    return listing(ref(component), "The same in further languages. Absent where there is none.")


def translation(words: str, members: dict[str, Schema]) -> Schema:
    return thing(words, {"language": text("Its language (BCP 47).", "ko")} | members)


def thing(description: str, members: dict[str, Schema]) -> Schema:
    """An object that always has all of `members` but those of MAY_BE_ABSENT; later releases may add others."""
    required = [name for name in members if name not in MAY_BE_ABSENT]
    return {"type": "object", "description": description, "properties": members, "required": required}
