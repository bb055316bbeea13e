"""Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), from one description of a feed."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

# Characters that XML 1.0 cannot hold, not even escaped.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `id` never changes; `url` is absolute; texts are plain, whatever they hold."""

    id: str
    url: str
    title: str
    text: str
    language: str
    published: datetime
    updated: datetime
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, in the order in which they are shown. All addresses are absolute."""

    title: str
    url: str
    page_url: str
    language: str
    site_name: str
    site_url: str
    next_url: str = ""
    entries: Sequence[Entry] = field(default_factory=list)

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=EMPTY_SINCE)


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document, in UTF-8."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", _timestamp(feed.updated))
    _add(root, "link", rel="self", href=feed.url, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=feed.page_url, type="text/html")
    if feed.next_url:
        _add(root, "link", rel="next", href=feed.next_url, type="application/atom+xml")
    author = SubElement(root, "author")
    _add(author, "name", feed.site_name)
    _add(author, "uri", feed.site_url)
    for entry in feed.entries:
        _add_entry(SubElement(root, "entry"), entry)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add_entry(element: Element, entry: Entry) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title, **{"xml:lang": entry.language})
    _add(element, "link", rel="alternate", href=entry.url, type="text/html")
    _add(element, "published", _timestamp(entry.published))
    _add(element, "updated", _timestamp(entry.updated))
    _add(element, "content", entry.text, type="text")
    for tag in entry.tags:
        _add(element, "category", term=tag)


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> None:
    element = SubElement(parent, tag, {name: ILLEGAL.sub("", value) for name, value in attributes.items()})
    element.text = ILLEGAL.sub("", text)


def json_feed(feed: Feed) -> bytes:
    """The feed as a JSON Feed document, in UTF-8."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": feed.site_name, "url": feed.site_url}],
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.next_url:
        document["next_url"] = feed.next_url
    return json.dumps(document, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.text,
        "language": entry.language,
        "date_published": _timestamp(entry.published),
        "date_modified": _timestamp(entry.updated),
    }
    return item | ({"tags": list(entry.tags)} if entry.tags else {})


def _timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second: feeds are read by people."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
