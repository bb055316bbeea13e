"""Rows of a table and objects of a list, asked for by the fields that a mapping says they hold."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Finding
from claims.exchange.mapping import FIELDS, Mapping, Places
from claims.exchange.plain_text import EMPTY, shown, text_of

# Members and columns that all exports of this software have, of claims as of anything else, and nobody else's.
OUR_EXPORTS = ({"id", "slug", "edition"}, {"id", "digest", "previous_digest"})
MOST_UNMAPPED = 1000  # names that are told


class Columns:
    """One row, asked for by field: `row.get("rating")`. Names may be paths into an object: `rating.label`, `tags.0`."""

    def __init__(self, row: Any, mapping: Mapping, positions: dict[str, int], findings: list[Finding]) -> None:
        self.row = row
        self.mapping = mapping
        self.positions = positions
        self.findings = findings

    def get(self, field: str) -> Any:
        """The first value of the field's places that is not empty, or else the field's constant."""
        for place in self.mapping.fields.get(field, ()):
            if (value := self.at(place)) not in EMPTY:
                return value
        return self.mapping.constants.get(field)

    def name(self, field: str) -> str:
        """How the file calls it."""
        return str(next(iter(self.mapping.fields.get(field, (field,)))))

    def text(self, field: str, most: int) -> str:
        return text_of(self.get(field), self.name(field), self.findings, most=most)

    def at(self, place: str | int) -> Any:
        if isinstance(self.row, list):
            position = self.positions.get(place, -1) if isinstance(place, str) else place - 1
            return self.row[position] if 0 <= position < len(self.row) else None
        return at_path(self.row, str(place))


def at_path(value: Any, path: str) -> Any:
    if isinstance(value, dict) and path in value:
        return value[path]
    for name in path.split("."):
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


class Unmapped:
    """Tells which columns or members no field takes: each the first time that it is met, and never again."""

    def __init__(self, mapping: Mapping) -> None:
        places = [place for places in mapping.fields.values() for place in places]
        self._known = {str(place) for place in places}
        self._known |= {place.partition(".")[0] for place in places if isinstance(place, str)}

    def among(self, columns: dict[str, Any] | list[Any], *, named: bool = False) -> list[Finding]:
        """Of an object, of the names in a header (`named`), or of a row whose columns have numbers only."""
        if isinstance(columns, dict):
            found = [name for name, value in columns.items() if name not in self._known and value not in EMPTY]
        else:
            numbers = [str(number) for number in range(1, len(columns) + 1)]
            pairs = zip(numbers, columns if named else numbers, strict=True)
            found = [name for number, name in pairs if not {number, name} & self._known and name]
        if not found or len(self._known) > MOST_UNMAPPED:
            return []
        self._known |= set(found)
        names = shown(", ".join(found))
        # By name, so that a summary says it as well: there is one such message in an import, or a few.
        message = f"Nothing takes {names[:200]}. It was left out: name it in a mapping to keep it."
        return [Finding("", names, message)]


def by_own_names(mapping: Mapping, columns: Collection[str], *, only: Collection[str] = FIELDS) -> Mapping:
    """The mapping of what has the names of our fields, which are `only` these. Raises ImportRefusedError."""
    if any(ours <= set(columns) for ours in OUR_EXPORTS):
        raise ImportRefusedError(
            "This is an export of this software, with more in it than an import takes over. To have all of it, import "
            "that site's editions (editions.ndjson), which makes a mirror. To have its findings beside your claims, as "
            "external reviews, import its ClaimReview feed (claimreviews.json)."
        )
    if "text" not in columns:
        raise ImportRefusedError(
            "Say which column is what by a mapping, or call the columns by the names of our fields: "
            f"{', '.join(FIELDS)}. At least “text” is needed."
        )
    fields: dict[str, Places] = {name: (name,) for name in FIELDS if name in only}
    return replace(mapping, fields=fields)
