"""Sparse fields: `fields=text,speaker.name` gives these parts of each object, in the shape that they have in the whole.

What can be asked for is read from the schemas, so that what is described and what is allowed are the same.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from claims.api.v1.schema.documents import DOCUMENTS, resource_members
from claims.api.v1.schema.members import Schema
from claims.enums import RecordKind

# What is wanted of an object: by member, what is wanted of it; nothing further where all of it is.
Tree = dict[str, "Tree"]


@dataclass(frozen=True)
class Fields:
    """Reads the parameter `fields` for one kind of object."""

    kind: RecordKind

    def __call__(self, text: str) -> Tree:
        wanted = text.split(",")
        unknown = [field for field in wanted if field not in self._known]
        if unknown:
            top = ", ".join(sorted(resource_members(self.kind)))
            raise ValueError(f"There is no field “{unknown[0][:100]}”. Use these, or parts of them such as a.b: {top}.")
        return _tree(set(wanted))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(paths(self.kind))

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "enum": list(paths(self.kind))}, "minItems": 1}


@cache
def paths(kind: RecordKind) -> tuple[str, ...]:
    """Every field of a kind of object, with dots between a member and its own members."""
    return tuple(_paths(resource_members(kind)))


def _paths(members: Mapping[str, Schema]) -> Iterator[str]:
    for name, schema in members.items():
        yield name
        yield from (f"{name}.{path}" for path in _paths(_members_of(schema)))


def _members_of(schema: Schema) -> dict[str, Schema]:
    """The members of an object, of the object that may be there, or of the objects of a list."""
    if "$ref" in schema:
        return _members_of(DOCUMENTS[schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return _members_of(schema["anyOf"][0])
    if "items" in schema:
        return _members_of(schema["items"])
    members: dict[str, Schema] = schema.get("properties", {})
    return members


def _tree(wanted: set[str]) -> Tree:
    tree: Tree = {}
    for field in wanted:
        if any(field.startswith(f"{other}.") for other in wanted):
            continue  # the whole of which it is a part is wanted
        branch = tree
        for name in field.split("."):
            branch = branch.setdefault(name, {})
    return tree


def select(text: str, tree: Tree) -> str:
    """The JSON of an object with nothing but what is wanted of it."""
    return json.dumps(_select(json.loads(text), tree), ensure_ascii=False, separators=(",", ":"))


def _select(value: Any, tree: Tree) -> Any:
    if isinstance(value, list):
        return [_select(item, tree) for item in value]
    if isinstance(value, dict) and tree:
        return {name: _select(item, tree[name]) for name, item in value.items() if name in tree}
    return value
