"""What programs read of the public sites: feeds, sitemaps, robots.txt."""

import urllib.robotparser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from claims.web.urls import urlpatterns
from tests.browser.addresses import FEEDS, NO_PAGES, SHOWN, Address
from tests.browser.conftest import Sites

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.process, pytest.mark.xdist_group("browser")]

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.mark.parametrize("at", [at for at in FEEDS if at.path.endswith(".atom")], ids=str)
def test_atom_feed_is_read_without_complaint(sites: Sites, at: Address) -> None:
    status, _, text = sites.get(at)

    feed = feedparser.parse(text.encode())

    assert (status, feed.bozo, feed.version) == (200, False, "atom10")
    assert (len(feed.entries) == 0) == (at.site == "empty")
    entries = [feed.feed, *feed.entries]
    assert [entry.link for entry in entries if urlsplit(entry.link).scheme != "http"] == []
    assert [entry for entry in entries if not (entry.id and entry.title and entry.updated_parsed)] == []


@pytest.mark.parametrize("site", ["demo", "hard", "empty"])
def test_sitemaps_lead_to_pages(sites: Sites, site: str) -> None:
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(sites.get(Address(site, "robots", "/robots.txt"))[2].splitlines())
    indexes = robots.site_maps() or []
    assert len(indexes) == 3  # a language each

    maps = [each for index in indexes for each in _addresses(sites, site, index)]
    pages = [page for each in maps for page in _addresses(sites, site, each)]

    answers = {page: _get(sites, site, page)[0] for page in pages}
    assert len(pages) == len(answers) > 0
    assert {page: status for page, status in answers.items() if status != 200} == {}
    assert [page for page in pages if not robots.can_fetch("*", page)] == []


def _get(sites: Sites, site: str, address: str) -> tuple[int, str, str]:
    assert address.startswith(sites.addresses[site])
    return sites.get(Address(site, "", address.removeprefix(sites.addresses[site])))


def _addresses(sites: Sites, site: str, sitemap: str) -> list[str]:
    return [str(found.text) for found in ElementTree.fromstring(_get(sites, site, sitemap)[2]).iter(LOC)]


def test_every_kind_of_page_is_listed() -> None:
    """A page that addresses.py does not name is judged by no gate."""
    listed = [urlsplit(at.path).path.lstrip("/") for at in SHOWN]

    missing = {url.name for url in urlpatterns if not any(url.pattern.match(path) for path in listed)}

    assert missing - NO_PAGES == set()
