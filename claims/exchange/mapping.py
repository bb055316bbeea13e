"""The mapping file of an import (TOML): which column or member is what. See docs/importing.md."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

from claims.domain.errors import ImportRefusedError
from claims.exchange.loose_dates import ORDERS

FIELDS = (
    "text", "language", "claimed_on", "speaker", "speaker_kind", "speaker_wikidata_id", "speaker_description", "topics",
    "note", "publisher", "url", "identifier", "title", "rating", "rating_value", "rating_best", "rating_worst",
    "review_language", "reviewed_on",
)  # fmt: skip
# Option to its type.
OPTIONS: dict[str, type] = {
    "header": bool, "delimiter": str, "quoting": bool, "encoding": str, "date_order": str, "items": str,
    "list_separator": str, "names_from_slugs": bool,
}  # fmt: skip

# Where a field's value stands: names or paths of columns, or their numbers from 1. The first not empty is taken.
Places = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    fields: dict[str, Places] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    header: bool = True
    delimiter: str = ""
    quoting: bool = True
    encoding: str = ""
    date_order: str = ""
    items: str = ""
    list_separator: str = ","
    names_from_slugs: bool = False


def parse(text: str) -> Mapping:
    """Raises ImportRefusedError with the member that is wrong and what would be right."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ImportRefusedError(f"The mapping is not TOML: {error}.") from error
    fields = _table(data, "fields")
    constants = _table(data, "constants")
    for name, value in constants.items():
        if not isinstance(value, str):
            raise ImportRefusedError(f"The mapping's constant “{name}” must be a text.")
    options = {name: _option(name, value) for name, value in data.items()}
    mapping = Mapping({name: _places(name, value) for name, value in fields.items()}, constants, **options)
    _require_sense(mapping)
    return mapping


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    table = data.pop(name, {})
    if not isinstance(table, dict):
        raise ImportRefusedError(f"The mapping's “{name}” must be a table: [{name}].")
    if unknown := sorted(table.keys() - set(FIELDS)):
        raise ImportRefusedError(
            f"The mapping names “{unknown[0]}”, which is no field. Fields are: {', '.join(FIELDS)}."
        )
    return table


def _places(name: str, value: Any) -> Places:
    places = tuple(value) if isinstance(value, list) else (value,)
    for place in places:
        if isinstance(place, bool) or not isinstance(place, str | int) or place in {"", 0}:
            raise ImportRefusedError(
                f"The mapping's field “{name}” must be a column's name, its number from 1, or a list of these."
            )
    return places


def _option(name: str, value: Any) -> Any:
    if name not in OPTIONS:
        raise ImportRefusedError(f"The mapping has “{name}”, which it cannot. It can have: {', '.join(OPTIONS)}.")
    if type(value) is not OPTIONS[name]:
        raise ImportRefusedError(
            f"The mapping's “{name}” must be {'true or false' if OPTIONS[name] is bool else 'a text'}."
        )
    return value


def _require_sense(mapping: Mapping) -> None:
    if mapping.date_order not in {"", *ORDERS}:
        raise ImportRefusedError(f"The mapping's “date_order” must be one of {', '.join(ORDERS)}.")
    if len(mapping.delimiter) > 1:
        raise ImportRefusedError("The mapping's “delimiter” must be one character.")
    try:
        "".encode(mapping.encoding or "utf-8")
    except (LookupError, ValueError) as error:
        raise ImportRefusedError(
            f"The mapping's “encoding” is {mapping.encoding}, which is none that is known."
        ) from error
    if "text" in mapping.constants:
        raise ImportRefusedError("The mapping's constants cannot have “text”: each claim has its own.")
