"""Tables (CSV, TSV) and lists of objects (NDJSON, JSON), with a mapping that says which column is what."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Finding, Incoming, IncomingReview, IncomingSpeaker
from claims.enums import SpeakerKind
from claims.exchange import bytes_in
from claims.exchange import importing_parts as parts
from claims.exchange.json_values import Value
from claims.exchange.loose_dates import date_of
from claims.exchange.mapping import FIELDS, Mapping, Places
from claims.exchange.plain_text import shown, text_of

csv.field_size_limit(bytes_in.MOST_LINE)  # the module's own limit is 128 KB, and can only be set for all

DELIMITERS = ",;\t|"
MOST_TOPICS = 50
REVIEW = ("url", "identifier", "title", "rating", "rating_value", "publisher")


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
            if (value := self.at(place)) not in (None, "", [], {}):
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


def read_table(file: BinaryIO, mapping: Mapping, form: str) -> Iterator[Incoming]:
    """CSV or TSV: the first line names the columns unless the mapping says that there is none."""
    if bytes_in.head_of(file)[:100].lower().startswith(("<!doctype html", "<html")):
        raise ImportRefusedError("It is a web page, not a table. Is it the right address, and open to everyone?")
    pending: list[Finding] = []
    delimiter = mapping.delimiter or _delimiter(file, mapping, form)
    rows = _rows(bytes_in.lines(file, mapping.encoding), mapping, delimiter, pending)
    names: list[str] = []
    if mapping.header:
        names = [name.strip() for name in next(rows, [])]
        pending.clear()
    positions = {name: at for at, name in reversed(list(enumerate(names)))}
    mapping = _fitting(mapping, positions)
    for row in rows:
        findings, pending[:] = [*pending], []
        if any(cell.strip() for cell in row) or findings:
            if names and row and len(row) != len(names):
                counts = f"{len(row)} where there should be {len(names)}"
                findings.append(Finding("", counts, "The row has not as many cells as the header."))
            yield claim(Columns(row, mapping, positions, findings))


def _delimiter(file: BinaryIO, mapping: Mapping, form: str) -> str:
    """What parts the names of the header, where that can be seen: many spreadsheets write semicolons."""
    if form == "tsv":
        return "\t"
    header = bytes_in.head_of(file).partition("\n")[0] if mapping.header else ""
    return max(DELIMITERS, key=header.count)  # of equal ones the first, a comma


def _fitting(mapping: Mapping, positions: dict[str, int]) -> Mapping:
    """The mapping, or that of a file whose columns have the names of our fields. Raises ImportRefusedError."""
    if not mapping.fields:
        mapping = by_own_names(mapping, positions)
    for field, places in mapping.fields.items():
        names = [place for place in places if isinstance(place, str)]
        if mapping.header and names and len(names) == len(places) and not positions.keys() & set(names):
            raise ImportRefusedError(
                f"The mapping takes “{field}” from “{names[0]}”, which is no column. "
                f"Columns are: {', '.join(sorted(positions, key=positions.__getitem__)) or 'none'}."
            )
        if not mapping.header and names:
            raise ImportRefusedError(f"There is no header, so “{field}” must be taken from a column's number, from 1.")
    return mapping


def by_own_names(mapping: Mapping, columns: Iterable[str]) -> Mapping:
    found: dict[str, Places] = {name: (name,) for name in FIELDS if name in set(columns)}
    if "text" not in found:
        raise ImportRefusedError(
            "Say which column is what by a mapping, or call the columns by the names of our fields: "
            f"{', '.join(FIELDS)}. At least “text” is needed."
        )
    return replace(mapping, fields=found)


def _rows(
    lines: Iterable[bytes_in.Line], mapping: Mapping, delimiter: str, pending: list[Finding]
) -> Iterator[list[str]]:
    """Cells of each row. What was wrong with its lines, or with their quotes, is put into `pending`."""
    texts = _texts(lines, pending)
    reader = csv.reader(texts, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if mapping.quoting else csv.QUOTE_NONE)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            pending.append(Finding("", "", f"The row is no CSV: {error}."[:300], refused=True))
            yield []


def _texts(lines: Iterable[bytes_in.Line], pending: list[Finding]) -> Iterator[str]:
    for line in lines:
        pending += line.findings
        if "\0" in line.text:
            pending.append(Finding("", "", "NUL characters were taken out."))
        yield line.text.replace("\0", "") or "\n"


def read_objects(value: Value, mapping: Mapping, base: str = "") -> Iterator[Incoming]:
    """A claim for each object of a list, or for the object itself; the mapping's `items` says where the list is."""
    found = at_path(value.value, mapping.items) if mapping.items else value.value
    items = found if isinstance(found, list) and not _is_row(found, mapping) else [found]
    for item in items:
        findings = [*value.findings]
        if isinstance(item, dict | list) and item:
            fitting = mapping if mapping.fields else by_own_names(mapping, item if isinstance(item, dict) else ())
            yield claim(Columns(item, fitting, {}, findings))
        else:
            if not any(finding.refused for finding in findings):
                findings.append(Finding("", shown(item), "There is no object here.", refused=True))
            yield Incoming(row=0, findings=findings)


def _is_row(found: list[Any], mapping: Mapping) -> bool:
    """Whether a list is one row of cells instead of a list of rows."""
    numbered = any(isinstance(place, int) for places in mapping.fields.values() for place in places)
    return numbered and not any(isinstance(cell, dict | list) for cell in found)


def claim(row: Columns) -> Incoming:
    findings = row.findings
    text = row.text("text", 1000)
    if text and not at_first(row, "text"):
        findings.append(Finding(row.name("text"), "", "It is empty. The claim was taken from another column."))
    if not text and not any(finding.refused for finding in findings):
        findings.append(Finding(row.name("text"), "", "No claim is given.", refused=True))
    return Incoming(
        row=0,
        text=text,
        language=parts.language_of(row.get("language"), row.name("language"), findings),
        claimed_on=_date(row, "claimed_on"),
        speaker=_speaker(row),
        topics=_topics(row),
        reviews=_reviews(row),
        note=row.text("note", 4000),
        findings=findings,
    )


def at_first(row: Columns, field: str) -> bool:
    """Whether a field's value stands in the first of its places."""
    return bool(row.at(row.mapping.fields[field][0]))


def _date(row: Columns, field: str) -> str:
    return date_of(row.get(field), row.name(field), row.findings, order=row.mapping.date_order)


def _speaker(row: Columns) -> IncomingSpeaker:
    name = row.text("speaker", 200)
    if row.mapping.names_from_slugs and re.fullmatch(r"[^\s-]+(-[^\s-]+)+|[^\s-]+", name):
        name = " ".join(word.capitalize() for word in name.split("-"))
    kind = row.text("speaker_kind", 50)
    found = parts.kind_of(kind)
    if kind and not found:
        message = f"A speaker is one of {', '.join(SpeakerKind.values)}. It was left open."
        row.findings.append(Finding(row.name("speaker_kind"), shown(kind), message))
    wikidata = row.text("speaker_wikidata_id", 300)
    return IncomingSpeaker(name, found, parts.wikidata_id_of(wikidata), row.text("speaker_description", 500))


def _topics(row: Columns) -> list[str]:
    """Names, from a list or from a text with separators."""
    given, field = row.get("topics"), row.name("topics")
    names = given if isinstance(given, list) else str(given).split(row.mapping.list_separator or "\n") if given else []
    found = [text_of(name, field, row.findings, most=100) for name in names]
    found = list(dict.fromkeys(name for name in found if name))
    if len(found) > MOST_TOPICS:
        row.findings.append(
            Finding(field, shown(given), f"There are more than {MOST_TOPICS} topics. The rest was left out.")
        )
    return found[:MOST_TOPICS]


def _reviews(row: Columns) -> list[IncomingReview]:
    """The row's review; none where nothing but a constant says that there is one."""
    findings = row.findings
    if not any(row.get(field) for field in REVIEW if field in row.mapping.fields):
        return []
    url = parts.address_of(row.get("url"), row.name("url"), findings)
    publisher = parts.publisher_of(row.text("publisher", 200), url, row.name("publisher"), findings)
    if not publisher:
        findings.append(
            Finding(row.name("publisher"), "", "Neither publisher nor address is given. The review was left out.")
        )
        return []
    review = IncomingReview(
        publisher=publisher,
        url=url,
        identifier=row.text("identifier", 200),
        title=row.text("title", 500),
        rating=row.text("rating", 500),
        rating_value=row.text("rating_value", 50),
        rating_best=row.text("rating_best", 50),
        rating_worst=row.text("rating_worst", 50),
        language=parts.language_of(row.get("review_language") or row.get("language"), row.name("review_language"), []),
        reviewed_on=_date(row, "reviewed_on"),
    )
    parts.check_rating(review, row.name("rating"), findings)
    return [review]
