"""Microdata and RDFa Lite of pages, as the nodes that JSON-LD would have said the same with.

https://html.spec.whatwg.org/multipage/microdata.html and https://www.w3.org/TR/rdfa-lite/. Beyond both, `content`
counts on any element, as search engines have it, and what can only be text is not taken from the address of a link.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import Any

from claims.exchange.json_nodes import Node
from claims.exchange.plain_text import LONGEST, plain

# No part can be matched in two ways, so that no page takes long.
TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,50})((?:[^<>"']|"[^"]{0,20000}"|'[^']{0,20000}')*+)>""")
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
MARKED = re.compile(r"\b(?:itemscope|itemprop|typeof|property)\b", re.IGNORECASE)
HOLDS_NO_TAGS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
# Where an element has its value, if not in its text.
ADDRESSES = {"a": "href", "area": "href", "link": "href", "img": "src", "iframe": "src", "object": "data"}
VALUES = {**ADDRESSES, "time": "datetime", "data": "value", "meter": "value"}
MOST_NESTED = 20  # properties within the text of others: each is read again
TEXTS = frozenset(("name", "headline", "claimReviewed", "alternateName", "ratingExplanation", "description", "text"))


def items_in(page: str) -> list[Node]:
    """The items that are no part of another, in the order of the page."""
    reader = _Reader(page)
    at = 0
    while (at := page.find("<", at)) >= 0:
        if page.startswith("<!--", at):
            at = page.find("-->", at)
            if at < 0:
                break
        elif tag := TAG.match(page, at):
            at = reader.closed(tag) if tag[1] else reader.opened(tag)
        else:
            at += 1
    reader.end()
    return reader.items


@dataclass(slots=True)
class _Open:
    """An element that was not closed yet. `within`: the item that its content is part of; `names`: the properties of
    `holder` that its text, from `start` on, will be.
    """

    tag: str
    within: Node | None
    holder: Node | None
    names: list[str]
    start: int


class _Reader:
    def __init__(self, page: str) -> None:
        self.items: list[Node] = []
        self._page = page
        self._open: list[_Open] = []
        self._tags: Counter[str] = Counter()  # of those that are open
        self._nested = 0

    def opened(self, tag: re.Match[str]) -> int:
        """Where to go on."""
        name = tag[2].lower()
        given = _attributes(tag[3]) if MARKED.search(tag[3]) else {}
        holder = self._open[-1].within if self._open else None
        names = _names(given) if holder is not None else []
        item = _item(given)
        value = item if item is not None else _value(name, given, names)
        if names and value is not None:
            _add(holder, names, value)
            names = []
        elif item is not None:
            self.items.append(item)
        if name not in VOID:
            names = names if self._nested < MOST_NESTED else []
            self._nested += bool(names)
            self._open.append(_Open(name, holder if item is None else item, holder, names, tag.end()))
            self._tags[name] += 1
        if name in HOLDS_NO_TAGS:
            end = HOLDS_NO_TAGS[name].search(self._page, tag.end())
            return end.start() if end else len(self._page)
        return tag.end()

    def closed(self, tag: re.Match[str]) -> int:
        """Closes what stands open inside as well; what closes nothing is passed over, as browsers do."""
        name = tag[2].lower()
        while self._tags[name]:
            if self._close_last(tag.start()) == name:
                break
        return tag.end()

    def end(self) -> None:
        while self._open:
            self._close_last(len(self._page))

    def _close_last(self, at: int) -> str:
        last = self._open.pop()
        self._tags[last.tag] -= 1
        if last.names:
            self._nested -= 1
            _add(last.holder, last.names, plain(self._page[last.start : min(at, last.start + LONGEST)], "", []))
        return last.tag


def _attributes(text: str) -> dict[str, str]:
    """By name in lower case. Of two with the same name, the first counts."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def _names(given: dict[str, str]) -> list[str]:
    """Of properties, without the vocabulary that they are from."""
    written = given.get("itemprop") or given.get("property") or ""
    names = (re.split(r"[/:#]", name)[-1] for name in written.split())
    return [name for name in names if name and not name.startswith("@")]


def _item(given: dict[str, str]) -> Node | None:
    if "itemscope" not in given and "typeof" not in given:
        return None
    item: Node = {"@type": (given.get("itemtype") or given.get("typeof") or "").split()}
    if name := given.get("itemid") or given.get("resource"):
        item["@id"] = name
    return item


def _value(tag: str, given: dict[str, str], names: list[str]) -> str | None:
    """None for what has it in its text."""
    if "content" in given:
        return given["content"]
    return None if tag in ADDRESSES and TEXTS & set(names) else given.get(VALUES.get(tag, ""))


def _add(holder: Any, names: list[str], value: Any) -> None:
    for name in names:
        if name not in holder:
            holder[name] = value
        elif isinstance(holder[name], list):
            holder[name].append(value)
        else:
            holder[name] = [holder[name], value]
