import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import feedparser
import pytest

from claims.exchange.feeds import Entry, Feed, atom, json_feed

HOSTILE = "</title><script>alert(1)</script>]]>&amp; <b>'\" \u202e \u2028 ≠"
ENTRY = Entry(
    id="urn:uuid:0c8f7c3e-8c7c-4a3c-9d1c-1f1f1f1f1f1f",
    url="https://facts.example/claims/a/?b=1&c=2",
    title="A title",
    text="A text",
    language="ko",
    published=datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=9))),
    updated=datetime(2026, 5, 1, 12, tzinfo=UTC),
    tags=["Arms", "Trade"],
)
FEED = Feed(
    title="Facts: claims",
    url="https://facts.example/claims/feed?kind=fact&q=a",
    page_url="https://facts.example/claims/?kind=fact&q=a",
    language="ko",
    site_name="Facts",
    site_url="https://facts.example/",
    next_url="https://facts.example/claims/feed?before=1",
    entries=[ENTRY],
)


def parsed(feed: Feed) -> Any:
    """What feedparser finds; fails on anything that it had to put up with."""
    found = feedparser.parse(atom(feed))
    assert not found.bozo, found.bozo_exception
    return found


def test_atom_is_read_as_it_was_meant() -> None:
    found = parsed(FEED)

    assert found.version == "atom10"
    feed, (entry,) = found.feed, found.entries
    assert (feed.id, feed.title, feed.updated) == (FEED.url, FEED.title, "2026-05-01T12:00:00Z")
    assert (feed.author, feed.author_detail.href) == ("Facts", "https://facts.example/")
    links = {link.rel: link.href for link in feed.links}
    assert links == {"self": FEED.url, "alternate": FEED.page_url, "next": FEED.next_url}
    assert (entry.id, entry.link, entry.title) == (ENTRY.id, ENTRY.url, ENTRY.title)
    assert (entry.published, entry.updated) == ("2026-03-01T00:30:00Z", "2026-05-01T12:00:00Z")
    assert (entry.content[0].type, entry.content[0].value) == ("text/plain", "A text")
    assert entry.title_detail.language == "ko"
    assert [tag.term for tag in entry.tags] == ["Arms", "Trade"]


def test_json_feed_is_read_as_it_was_meant() -> None:
    assert json.loads(json_feed(FEED)) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": FEED.title,
        "home_page_url": FEED.page_url,
        "feed_url": FEED.url,
        "next_url": FEED.next_url,
        "language": "ko",
        "authors": [{"name": "Facts", "url": "https://facts.example/"}],
        "items": [
            {
                "id": ENTRY.id,
                "url": ENTRY.url,
                "title": "A title",
                "content_text": "A text",
                "language": "ko",
                "date_published": "2026-03-01T00:30:00Z",
                "date_modified": "2026-05-01T12:00:00Z",
                "tags": ["Arms", "Trade"],
            }
        ],
    }


def test_feeds_keep_hostile_text_as_text() -> None:
    feed = replace(FEED, title=HOSTILE, entries=[replace(ENTRY, title=HOSTILE, text=HOSTILE, tags=[HOSTILE])])

    (entry,) = parsed(feed).entries
    (item,) = json.loads(json_feed(feed))["items"]

    assert b"<script" not in atom(feed)
    assert entry.title_detail.type == "text/plain"
    assert (entry.title, entry.content[0].value, entry.tags[0].term) == (HOSTILE, HOSTILE, HOSTILE)
    assert (item["title"], item["content_text"], item["tags"]) == (HOSTILE, HOSTILE, [HOSTILE])


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ufffe", "\uffff"])
def test_atom_leaves_out_what_xml_cannot_hold(character: str) -> None:
    feed = replace(FEED, entries=[replace(ENTRY, title=f"A{character}b", tags=[f"c{character}d"])])

    (entry,) = parsed(feed).entries

    assert (entry.title, entry.tags[0].term) == ("Ab", "cd")


def test_feeds_without_an_entry() -> None:
    feed = replace(FEED, entries=[], next_url="")

    assert (parsed(feed).entries, parsed(feed).feed.updated) == ([], "1970-01-01T00:00:00Z")
    assert "next_url" not in json.loads(json_feed(feed))
