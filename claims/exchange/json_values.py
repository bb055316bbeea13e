"""JSON from whatever holds it: a document, one object a line, or a page with JSON-LD in it."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, BinaryIO, NamedTuple

from claims.domain.incoming import Finding
from claims.exchange import bytes_in
from claims.exchange.plain_text import shown

SCRIPT = re.compile(r"<script\b([^<>]{0,1000})>", re.IGNORECASE)
IS_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
LANGUAGE = re.compile(r"<html\b[^<>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.IGNORECASE)
WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*\Z")


class Value(NamedTuple):
    """One JSON value; None with a finding for what is none. A page has values that are nobody's fact check."""

    value: Any
    findings: list[Finding]
    language: str = ""
    in_page: bool = False


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
    """What a page's JSON-LD scripts hold."""
    match = LANGUAGE.search(text, 0, 20_000)
    language = match[1] if match else ""
    at = 0
    while script := SCRIPT.search(text, at):
        at = text.find("</", script.end())
        while at >= 0 and text[at : at + 8].lower() != "</script":
            at = text.find("</", at + 2)
        at = len(text) if at < 0 else at
        if IS_JSON_LD.search(script[1]):
            yield from (
                value._replace(language=language, in_page=True)
                for value in _document(text[script.end() : at], findings)
            )
            findings = []


def _document(text: str, findings: list[Finding]) -> Iterator[Value]:
    value, found = parsed(WRAPPING.sub("", text))
    if value is None and (several := _one_after_the_other(text)):
        message = "Several JSON values stand one after the other where one was due. Each was read."
        yield from (Value(one, [*findings, Finding("", shown(text), message)]) for one in several)
    else:
        yield Value(value, findings + found)


def parsed(text: str) -> tuple[Any, list[Finding]]:
    """The value, or None with a finding that says where the text is no JSON. Small mistakes are mended."""
    try:
        return json.loads(text), []
    except RecursionError:
        return None, [Finding("", shown(text), "It is nested too deeply.", refused=True)]
    except ValueError as error:
        problem = str(error)
    try:
        value = json.loads(TRAILING_COMMA.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None, [Finding("", shown(text), f"This is not JSON: {problem}."[:300], refused=True)]
    return value, [Finding("", shown(text), f"This is not quite JSON, and was mended: {problem}."[:300])]


def _one_after_the_other(text: str) -> list[Any]:
    found, at = [], 0
    decoder = json.JSONDecoder(strict=False)
    try:
        while at < len(text):
            value, end = decoder.raw_decode(text, at)
            found.append(value)
            gap = re.compile(r"[\s,;]*").match(text, end)
            at = gap.end() if gap else end
    except (ValueError, RecursionError):
        return []
    return found if len(found) > 1 else []
