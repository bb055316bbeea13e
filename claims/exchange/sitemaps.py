"""Sitemaps and their index (https://www.sitemaps.org/protocol.html), with the languages of each page.

https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Entry(NamedTuple):
    """An absolute address, the time of its last change where that is known, and language and address of each version
    of the page, itself among them."""

    address: str
    changed: datetime | None = None
    versions: Sequence[tuple[str, str]] = ()


def sitemap(pages: Iterable[Entry]) -> Iterator[str]:
    yield f"{DECLARATION}<urlset {NAMESPACE} {LINKS}>\n"
    for page in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
            for language, address in page.versions
        )
        yield f"<url>{_told(page)}{links}</url>\n"
    yield "</urlset>\n"


def sitemap_index(sitemaps: Iterable[Entry]) -> Iterator[str]:
    yield f"{DECLARATION}<sitemapindex {NAMESPACE}>\n"
    for part in sitemaps:
        yield f"<sitemap>{_told(part)}</sitemap>\n"
    yield "</sitemapindex>\n"


def _told(entry: Entry) -> str:
    last = f"<lastmod>{entry.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if entry.changed else ""
    return f"<loc>{escape(entry.address)}</loc>{last}"
