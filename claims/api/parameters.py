"""Query parameters, read strictly: nothing unknown, repeated or unreadable is ever silently left out.

A reader gives the value of a parameter, or raises ValueError with a sentence on what would be right. Its `schema`,
where it has one, says the same as JSON Schema, for the description of the API.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import django_filters as filters
from django.http import QueryDict

from claims.api.problems import invalid_parameters
from claims.models.projection import address_key

Reader = Callable[[str], Any]

WHOLE_NUMBER = re.compile(r"[0-9]{1,19}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
IDENTIFIER = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
ADDRESS_LENGTH = 2000
MOST_ERRORS = 10  # an answer is not made long by a request that is


def read(query: QueryDict, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The values of those parameters that were given. Raises a ProblemError that names all that are wrong."""
    values: dict[str, Any] = {}
    errors: list[tuple[str, str]] = []
    for name, given in query.lists():
        try:
            values[name] = _read(name, given, readers)
        except ValueError as error:
            errors.append((name[:100], str(error)))
    if errors:
        raise invalid_parameters(errors[:MOST_ERRORS])
    return values


def _read(name: str, given: list[str], readers: Mapping[str, Reader]) -> Any:
    if name not in readers:
        allowed = ", ".join(sorted(readers))
        raise ValueError(f"There is no such parameter here. {f'Use: {allowed}.' if allowed else 'There are none.'}")
    if isinstance(readers[name], Several):
        return readers[name](",".join(given))
    if isinstance(reader := readers[name], Repeated):
        return reader.all(given)
    if len(given) > 1:
        raise ValueError("Give it once.")
    return readers[name](given[0])


@dataclass(frozen=True)
class WholeNumber:
    lowest: int
    highest: int

    def __call__(self, text: str) -> int:
        if WHOLE_NUMBER.fullmatch(text) and self.lowest <= int(text) <= self.highest:
            return int(text)
        raise ValueError(f"Write a whole number from {self.lowest} to {self.highest}.")

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}


whole_number = WholeNumber


@dataclass(frozen=True)
class OneOf:
    values: tuple[str, ...]

    def __call__(self, text: str) -> str:
        if text in self.values:
            return text
        raise ValueError(f"Write one of: {', '.join(self.values)}.")

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.values)}


@dataclass(frozen=True)
class Several:
    """Values of one kind: the parameter is repeated, or its values stand side by side with commas between."""

    reader: Reader
    most: int

    def __call__(self, text: str) -> list[Any]:
        given = text.split(",")
        if len(given) > self.most:
            raise ValueError(f"Give {self.most} at most.")
        return [self.reader(item) for item in given]

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": schema_of(self.reader), "minItems": 1, "maxItems": self.most}


@dataclass(frozen=True)
class Repeated:
    """Values of one kind that may hold commas: the parameter is repeated, and nothing else."""

    reader: Reader
    most: int

    def __call__(self, text: str) -> list[Any]:
        return self.all([text])

    def all(self, given: list[str]) -> list[Any]:
        if len(given) > self.most:
            raise ValueError(f"Give {self.most} at most.")
        return [self.reader(item) for item in given]

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": schema_of(self.reader), "minItems": 1, "maxItems": self.most}


@dataclass(frozen=True)
class Matching:
    """Text of a form that a pattern describes; `parse` makes a value of it."""

    parse: Reader
    more: Mapping[str, Any]

    def __call__(self, text: str) -> Any:
        return self.parse(text)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", **self.more}


@dataclass(frozen=True)
class Optional:
    """An empty value filters nothing, as in a form left empty."""

    reader: Reader

    def __call__(self, text: str) -> Any:
        return self.reader(text) if text else text

    @property
    def schema(self) -> dict[str, Any]:
        return schema_of(self.reader)


def schema_of(reader: Reader) -> dict[str, Any]:
    return dict(getattr(reader, "schema", {"type": "string"}))


def filter_readers(filterset: type[filters.FilterSet]) -> dict[str, Reader]:
    """Readers for the parameters of a FilterSet."""
    return {name: Optional(_filter_reader(item)) for name, item in filterset.base_filters.items()}


def _filter_reader(item: filters.Filter) -> Reader:
    """Stricter than the form behind the filter, which also takes American dates."""
    match item:
        case filters.ChoiceFilter() | filters.TypedChoiceFilter():
            return OneOf(tuple(value for value, _ in item.extra["choices"]))
        case filters.DateFilter():
            return Matching(_day, {"format": "date"})
    # The form refuses null characters and what is too long.
    length = {"maxLength": item.extra["max_length"]} if "max_length" in item.extra else {}
    return Matching(str, {"pattern": "^[^\\x00]*$", **length})


def _day(text: str) -> str:
    try:
        if DAY.fullmatch(text) and date.fromisoformat(text):
            return text
    except ValueError:
        pass
    raise ValueError("Write a day of the calendar such as 2019-02-09.")


def _identifier(text: str) -> UUID:
    if IDENTIFIER.fullmatch(text):
        return UUID(text)
    raise ValueError("Write identifiers such as 9dc4c26d-a736-4b07-a992-580ce68b231c, with commas between.")


def _slug(text: str) -> str:
    if SLUG.fullmatch(text):
        return text
    raise ValueError("Write slugs, with commas between.")


def _web_address(text: str) -> UUID:
    if "\0" in text or len(text) > ADDRESS_LENGTH:
        raise ValueError(f"Write an address of up to {ADDRESS_LENGTH} characters, and no null character.")
    return address_key(text)


identifier = Matching(_identifier, {"format": "uuid"})
slug = Matching(_slug, {"pattern": "^[-a-zA-Z0-9_]{1,100}$"})
web_address = Matching(_web_address, {"format": "uri", "maxLength": ADDRESS_LENGTH})
