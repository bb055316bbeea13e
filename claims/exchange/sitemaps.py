"""Sitemaps and their index (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap(pages: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """A sitemap of absolute addresses, each with the time of its last change where that is known."""
    yield f"{DECLARATION}<urlset {NAMESPACE}>\n"
    for address, changed in pages:
        last = f"<lastmod>{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(address)}</loc>{last}</url>\n"
    yield "</urlset>\n"


def sitemap_index(addresses: Iterable[str]) -> Iterator[str]:
    """An index of sitemaps at these absolute addresses."""
    yield f"{DECLARATION}<sitemapindex {NAMESPACE}>\n"
    for address in addresses:
        yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"
