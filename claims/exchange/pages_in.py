"""Pages: their JSON-LD scripts, however they are wrapped, their language, and the address that they say they have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

SCRIPT = re.compile(r"<!--|<script\b([^<>]{0,1000})>", re.IGNORECASE)
IS_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
LANGUAGE = re.compile(r"<html\b[^<>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.IGNORECASE)
CANONICAL = re.compile(
    r"<link\b(?=[^<>]{0,1000}\brel\s*=\s*[\"']?canonical\b)[^<>]{0,1000}?\bhref\s*=\s*[\"']?([^\"'\s<>]{1,2000})",
    re.IGNORECASE,
)
LONGEST_HEAD = 200_000
# Comments that hid scripts from browsers which did not know them, and sections that hid them from XML.
BEFORE = re.compile(r"\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)?\s*")
AFTER = re.compile(r"(?:(?://\s*)?-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)?[\s;]*\Z")
LONGEST_END = 200


@dataclass(frozen=True, slots=True)
class Page:
    language: str
    values: list[Any]  # of all its scripts, since one refers to the other
    address: str = ""  # for a copy of a page


def language_of(page: str) -> str:
    match = LANGUAGE.search(page, 0, 20_000)
    return match[1] if match else ""


def address_of(page: str) -> str:
    match = CANONICAL.search(page, 0, LONGEST_HEAD)
    return unescape(match[1]) if match else ""


def scripts(page: str) -> Iterator[str]:
    """The text of each JSON-LD script, without what it is wrapped in. What stands in a comment is no part of a page."""
    at = 0
    while script := SCRIPT.search(page, at):
        if script[0] == "<!--":
            at = max(page.find("-->", script.end()), script.end())
            continue
        at = page.find("</", script.end())
        while at >= 0 and page[at : at + 8].lower() != "</script":
            at = page.find("</", at + 2)
        at = len(page) if at < 0 else at
        if IS_JSON_LD.search(script[1]):
            yield _unwrapped(page[script.end() : at])


def _unwrapped(text: str) -> str:
    before = BEFORE.match(text)
    text = text[before.end() :] if before else text
    end = AFTER.search(text, max(0, len(text) - LONGEST_END))
    return text[: end.start()] if end else text
