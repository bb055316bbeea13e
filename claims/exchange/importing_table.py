"""Tables (CSV, TSV) and lists of objects (NDJSON, JSON), with a mapping that says which column is what."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Finding, Incoming, IncomingReview, IncomingSpeaker
from claims.enums import SpeakerKind
from claims.exchange import bytes_in
from claims.exchange import importing_parts as parts
from claims.exchange.csv_rows import Rows
from claims.exchange.importing_columns import Columns, Unmapped, at_path, by_own_names
from claims.exchange.json_values import Value
from claims.exchange.loose_dates import date_of
from claims.exchange.mapping import Mapping
from claims.exchange.plain_text import shown, text_of

DELIMITERS = ",;\t|"
SEPARATOR = re.compile(r"sep=(.)[\r\n]", re.IGNORECASE)
MOST_TOPICS = 50
REVIEW = ("url", "identifier", "title", "rating", "rating_value", "publisher")


def read_table(file: BinaryIO, mapping: Mapping, form: str) -> Iterator[Incoming]:
    """CSV or TSV: the first line names the columns unless the mapping says that there is none."""
    if bytes_in.head_of(file)[:100].lower().startswith(("<!doctype html", "<html")):
        raise ImportRefusedError("It is a web page, not a table. Is it the right address, and open to everyone?")
    pending: list[Finding] = []
    lines = bytes_in.lines(file, mapping.encoding)
    delimiter = mapping.delimiter or _delimiter(file, mapping, form)
    if said := SEPARATOR.match(bytes_in.head_of(file)):  # what Excel writes first, and takes for no row
        delimiter = said[1]
        next(lines)
    rows = Rows(lines, delimiter, quoting=mapping.quoting, header=mapping.header)
    names: list[str] = []
    if mapping.header:
        cells, pending = next(rows, ([], []))
        names = [name.strip() for name in cells]
        pending += _named_twice(names)
    positions = {name: at for at, name in reversed(list(enumerate(names)))}
    mapping = _fitting(mapping, positions)
    unmapped = Unmapped(mapping)
    for row, of_lines in rows:
        findings, pending = pending + of_lines, []
        if any(cell.strip() for cell in row) or any(finding.refused for finding in findings):
            findings += unmapped.among(names or row, named=bool(names))
            if names and row and len(row) != len(names):
                counts = f"{len(row)} where there should be {len(names)}"
                findings.append(Finding("", counts, "The row has not as many cells as the header."))
            yield claim(Columns(row, mapping, positions, findings))
        else:
            pending = findings


def _named_twice(names: list[str]) -> list[Finding]:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    message = "Several columns have this name. The first was taken: a mapping can take others by their numbers, from 1."
    return [Finding("", shown(name), message) for name in twice]


def _delimiter(file: BinaryIO, mapping: Mapping, form: str) -> str:
    """What parts the names of the header, where that can be seen: many spreadsheets write semicolons."""
    if form == "tsv":
        return "\t"
    header = bytes_in.head_of(file).partition("\n")[0] if mapping.header else ""
    return max(DELIMITERS, key=header.count)  # of equal ones the first, a comma


def _fitting(mapping: Mapping, positions: dict[str, int]) -> Mapping:
    """The mapping, or that of a file whose columns have the names of our fields. Raises ImportRefusedError."""
    if not mapping.fields:
        mapping = by_own_names(mapping, positions, only=positions)
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


def read_objects(values: Iterable[Value], mapping: Mapping, base: str = "") -> Iterator[Incoming]:
    """A claim for each object of a list, or for the object itself; the mapping's `items` says where the list is."""
    unmapped: Unmapped | None = None
    for value in values:
        findings = [*value.findings]
        for item in _items(value.value, mapping):
            if isinstance(item, dict | list) and item:
                if unmapped is None:
                    mapping = (
                        mapping if mapping.fields else by_own_names(mapping, item if isinstance(item, dict) else ())
                    )
                    unmapped = Unmapped(mapping)
                yield claim(Columns(item, mapping, {}, findings + unmapped.among(item)))
            else:
                if not any(finding.refused for finding in findings):
                    findings.append(Finding("", shown(item), "There is no object here.", refused=True))
                yield Incoming(row=0, findings=findings)
            findings = []


def _items(value: Any, mapping: Mapping) -> list[Any]:
    found = at_path(value, mapping.items) if mapping.items else value
    return found if isinstance(found, list) and not _is_row(found, mapping) else [found]


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
    language, order = str(row.get("language") or ""), row.mapping.date_order
    return date_of(row.get(field), row.name(field), row.findings, order=order, language=language)


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
