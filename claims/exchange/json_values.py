"""JSON from whatever holds it: a document, one object a line, or a page with JSON-LD in it."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, BinaryIO, NamedTuple

from claims.domain.incoming import Finding
from claims.exchange import bytes_in, microdata, pages_in
from claims.exchange.json_mending import before_the_cut, one_after_the_other, parsed
from claims.exchange.plain_text import shown

REVIEW = re.compile(r"claimReview", re.IGNORECASE)


class Value(NamedTuple):
    """One JSON value; None with a finding for what is none."""

    value: Any
    findings: list[Finding]
    page: pages_in.Page | None = None  # that it stands in


def values(file: BinaryIO, encoding: str = "") -> Iterator[Value]:
    head = bytes_in.head_of(file)
    if head.startswith("<"):
        yield from in_page(*bytes_in.document(file, encoding))
    elif is_lines(file, encoding):
        yield from by_line(bytes_in.lines(file, encoding))
    else:
        text, findings = bytes_in.document(file, encoding)
        yield from _document(text, findings)


def is_lines(file: BinaryIO, encoding: str = "") -> bool:
    """Whether the first line that holds anything is JSON by itself."""
    with closing(bytes_in.lines(file, encoding)) as lines:  # or it would end some time after the file was closed
        for line in lines:
            if line.text.strip():
                try:
                    return isinstance(json.loads(line.text), dict | list)
                except (ValueError, RecursionError):
                    return False
            if any(finding.refused for finding in line.findings):
                return False
    return False


def by_line(lines: Iterable[bytes_in.Line]) -> Iterator[Value]:
    for line in lines:
        if not line.text.strip():
            if line.findings:
                yield Value(None, line.findings)
            continue
        value, findings = parsed(line.text)
        yield Value(value, line.findings + findings)


def in_page(text: str, findings: list[Finding]) -> Iterator[Value]:
    """What a page's JSON-LD scripts hold, and where no review is among it, its microdata: many pages have both."""
    scripts = list(pages_in.scripts(text))
    found = [value for script in scripts for value in _document(script, [])]
    if not any(REVIEW.search(script) for script in scripts):
        found += [Value(item, []) for item in microdata.items_in(text)]
    page = pages_in.Page(pages_in.language_of(text), [value.value for value in found], pages_in.address_of(text))
    for value in found:
        yield Value(value.value, findings + value.findings, page)
        findings = []


def _document(text: str, findings: list[Finding]) -> Iterator[Value]:
    value, found = parsed(text)
    if value is not None:
        yield Value(value, findings + found)
    elif several := one_after_the_other(text):
        message = "Several JSON values stand one after the other where one was due. Each was read."
        for one in several:
            yield Value(one, [*findings, Finding("", shown(text), message)])
            findings = []
    elif _is_mostly_lines(text):
        yield from by_line(bytes_in.Line(line, findings if at == 0 else []) for at, line in enumerate(text.split("\n")))
    else:
        value, end = before_the_cut(text)
        if value is not None:
            yield Value(value, findings)
            findings, found = [], [_cut(text, end)]
        yield Value(None, findings + found)


def _is_mostly_lines(text: str) -> bool:
    """Whether it is one object a line, though the first is none."""
    written = [line for line in map(str.strip, text.split("\n")) if line]
    return 2 * sum(line[0] == "{" and line[-1] == "}" for line in written) > len(written) > 1


def _cut(text: str, end: int) -> Finding:
    line, column = text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)
    message = f"The JSON is cut or damaged after line {line} column {column}. What was whole before was read, no more."
    return Finding("", shown(text[end:].lstrip(", \r\n\t")), message, refused=True)
