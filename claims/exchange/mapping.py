"""The mapping file of an import (TOML): which column or member is what. See docs/importing.md."""

import tomllib
from dataclasses import dataclass, field
from typing import Any

from claims.domain.errors import ImportRefusedError
from claims.exchange import charsets
from claims.exchange.loose_dates import ORDERS
from claims.exchange.plain_text import shown

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

# Of a table they mean something else.
NO_DELIMITERS = ('"', "\n", "\r", "\0")

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


def read(content: bytes) -> str:
    """The text of a mapping file. Raises ImportRefusedError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ImportRefusedError(f"The mapping is not UTF-8, as TOML must be: look at its line {line}.") from error


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
        is_number = isinstance(place, int) and not isinstance(place, bool)
        if not (isinstance(place, str) and place) and not (is_number and place > 0):
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
    if len(mapping.delimiter) > 1 or mapping.delimiter in NO_DELIMITERS:
        raise ImportRefusedError(
            "The mapping's “delimiter” must be one character, and neither a quotation mark nor the end of a line."
        )
    if mapping.encoding and not charsets.is_known(mapping.encoding):
        raise ImportRefusedError(
            f"The mapping's “encoding” is “{shown(mapping.encoding)}”, which is none that is known for texts. "
            "It can be utf-8, utf-16, windows-1256 and the like."
        )
    if "text" in mapping.constants:
        raise ImportRefusedError("The mapping's constants cannot have “text”: each claim has its own.")
