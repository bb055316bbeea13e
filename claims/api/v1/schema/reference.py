"""The description of the API, arranged for the page that people read."""

from functools import cache
from itertools import groupby
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.api.v1.schema.answers import PROBLEMS
from claims.api.v1.schema.description import description
from claims.api.v1.schema.members import Schema

Shown = dict[str, Any]

MOST_VALUES = 12


@cache
def reference() -> Shown:
    """`about`, `groups` of addresses, and `schemas`, all as texts that a template only has to place."""
    described = description()
    addresses = [_address(path, item["get"]) for path, item in described["paths"].items()]
    grouped = groupby(addresses, key=lambda address: address["tag"])
    schemas = described["components"]["schemas"]
    return {
        "about": described["info"]["description"],
        "version": described["info"]["version"],
        "groups": [{"name": tag.replace("-", " "), "id": tag, "addresses": list(found)} for tag, found in grouped],
        "schemas": [_schema(name, schema) for name, schema in schemas.items()],
    }


def _address(path: str, operation: dict[str, Any]) -> Shown:
    responses = operation["responses"]
    ((media_type, content),) = responses["200"]["content"].items()
    return {
        "id": operation["operationId"],
        "tag": operation["tags"][0],
        "path": path,
        "summary": operation["summary"],
        "description": _words(operation.get("description", "")),
        "parameters": [_parameter(parameter) for parameter in operation["parameters"]],
        "media_type": media_type,
        "answer": _named(content["schema"]),
        "errors": [_error(status, response) for status, response in responses.items() if status != "200"],
    }


def _error(status: str, response: Schema) -> Shown:
    if "$ref" in response:
        return {"status": status, "when": PROBLEMS[int(status)][1], "problem": f"Problem{status}"}
    return {"status": status, "when": _words(response["description"]), "problem": ""}


def _parameter(parameter: Schema) -> Shown:
    example = parameter.get("example", "")
    return {
        "name": parameter["name"],
        "place": "address" if parameter["in"] == "path" else "",
        "description": _words(parameter["description"]),
        "form": _form(parameter["schema"]),
        "example": ",".join(example) if isinstance(example, list) else example,
    }


def _schema(name: str, schema: Schema) -> Shown:
    required = schema.get("required", [])
    members = [
        {
            "name": member,
            "form": _form(found),
            "named": _named(found),
            "description": _words(found["description"]),
            "example": next(iter(found.get("examples", [])), None),
            "optional": member not in required,
        }
        for member, found in schema["properties"].items()
    ]
    return {"name": name, "description": schema["description"], "members": members}


def _named(schema: Schema) -> list[str]:
    """The schemas that a value may have."""
    if "$ref" in schema:
        return [schema["$ref"].rpartition("/")[2]]
    if "items" in schema:
        return _named(schema["items"])
    return [name for option in schema.get("anyOf", []) for name in _named(option)]


def _words(text: str) -> SafeString:
    """Text in which names of members and headers, between backticks, are set apart."""
    parts = (format_html("<code>{}</code>" if place % 2 else "{}", part) for place, part in enumerate(text.split("`")))
    return format_html_join("", "{}", ((part,) for part in parts))


def _form(schema: Schema) -> str:
    """In a few words, what a value is."""
    if "$ref" in schema:
        return "object"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_form(option) for option in schema["anyOf"]))
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if kinds == ["array"]:
        return f"list of {_plural(_form(schema['items']))}"
    words = " or ".join("text" if kind == "string" else kind for kind in kinds)
    return " ".join(filter(None, [words, _limits(schema)]))


def _plural(form: str) -> str:
    first, _, rest = form.partition(" ")
    return f"{first}s {rest}".strip()


def _limits(schema: Schema) -> str:
    if "const" in schema:
        return f"({schema['const']})"
    if "enum" in schema:
        values = [str(value) for value in schema["enum"] if value is not None]
        return f"({', '.join(values)})" if len(values) <= MOST_VALUES else "(names of members, as below)"
    if "format" in schema:
        return f"({schema['format']})"
    if "minimum" in schema and "maximum" in schema:
        return f"({schema['minimum']} to {schema['maximum']})"
    return f"(up to {schema['maxLength']} characters)" if "maxLength" in schema else ""
