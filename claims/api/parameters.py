"""Query parameters, read strictly: nothing unknown, repeated or unreadable is ever silently left out."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import django_filters as filters
from django.http import QueryDict

from claims.api.problems import invalid_parameters

# Gives the value of a parameter, or raises ValueError with a sentence on what would be right.
Reader = Callable[[str], Any]

WHOLE_NUMBER = re.compile(r"[0-9]{1,19}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    if len(given) > 1:
        raise ValueError("Give it once.")
    return readers[name](given[0])


def whole_number(lowest: int, highest: int) -> Reader:
    def reader(text: str) -> int:
        if WHOLE_NUMBER.fullmatch(text) and lowest <= int(text) <= highest:
            return int(text)
        raise ValueError(f"Write a whole number from {lowest} to {highest}.")

    return reader


def filter_readers(filterset: type[filters.FilterSet]) -> dict[str, Reader]:
    """Readers for the parameters of a FilterSet. An empty value filters nothing, as in a form left empty."""
    return {name: _optional(_filter_reader(item)) for name, item in filterset.base_filters.items()}


def _filter_reader(item: filters.Filter) -> Reader:
    """Stricter than the form behind the filter, which also takes American dates."""
    match item:
        case filters.ChoiceFilter() | filters.TypedChoiceFilter():
            return _one_of([value for value, _ in item.extra["choices"]])
        case filters.DateFilter():
            return _day
    return str


def _optional(reader: Reader) -> Reader:
    return lambda text: reader(text) if text else text


def _one_of(values: tuple[str, ...] | list[str]) -> Reader:
    def reader(text: str) -> str:
        if text in values:
            return text
        raise ValueError(f"Write one of: {', '.join(values)}.")

    return reader


def _day(text: str) -> str:
    try:
        if DAY.fullmatch(text) and date.fromisoformat(text):
            return text
    except ValueError:
        pass
    raise ValueError("Write a day of the calendar such as 2019-02-09.")
