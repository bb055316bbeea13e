"""Every public page of addresses.py, in a real browser: nothing refused, nothing fetched elsewhere, nothing cut off."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.addresses import DEMO, PUBLIC
from tests.browser.conftest import Sites, Watcher, screenshot_folder

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.process, pytest.mark.xdist_group("browser")]

# The browser itself says of every answer that is an error that it is one.
SAYS_THE_STATUS = "error: Failed to load resource: the server responded with a status of"
DIRECTION = "[document.documentElement.lang, document.documentElement.dir, getComputedStyle(document.body).direction]"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("site", ["demo", "hard", "empty"])
def test_page_is_whole(browser: Browser, sites: Sites, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    watcher = Watcher(context, sites.addresses[site])
    page = context.new_page()
    found = {}
    for at in (at for at in PUBLIC if at.site == site):
        response = page.goto(sites.url(at))
        assert response is not None
        policy = response.headers["content-security-policy"]
        cut_off = page.evaluate(TOO_WIDE) + _on_paper(page)
        found[at.name] = (response.status, page.locator("h1").count(), max(cut_off, 0), "unsafe" in policy)
        _keep(page, f"{at}-{width}")
    context.close()

    assert found == {at.name: (at.status, 1, 0, False) for at in PUBLIC if at.site == site}
    assert [said for said in watcher.complaints if not said.startswith(SAYS_THE_STATUS)] == []


def _on_paper(page: Page) -> int:
    """By how much what is printed would be too wide."""
    page.emulate_media(media="print")
    wide: int = page.evaluate(TOO_WIDE)
    page.emulate_media(media="screen")
    return wide


def _keep(page: Page, name: str) -> None:
    if folder := screenshot_folder():
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.screenshot(path=folder / f"{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")


def test_pages_work_without_javascript(browser: Browser, sites: Sites) -> None:
    context = browser.new_context(base_url=sites.addresses["demo"], java_script_enabled=False)
    page = context.new_page()

    page.goto("/")
    page.get_by_role("searchbox").first.fill("third country")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name=re.compile("third country")).first.click()

    assert page.url == f"{sites.addresses['demo']}/claims/talks-in-a-third-country-in-the-week-of-february-17/"
    context.close()


def test_search_finds_while_a_reader_writes(page: Page, address: str) -> None:
    page.goto("/search/?kind=forecast")
    page.get_by_role("searchbox").press_sequentially("third coun")

    page.get_by_role("status").get_by_text("1 claim").wait_for(state="attached")

    assert page.url == f"{address}/search/?q=third+coun&kind=forecast"
    assert page.get_by_role("main").locator("h3 mark").all_inner_texts() == ["third", "country"]
    page.reload()
    assert page.get_by_role("searchbox").input_value() == "third coun"
    assert page.get_by_role("main").locator("h3 mark").all_inner_texts() == ["third", "country"]


def test_search_page_is_as_good_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/search/?q=summit")

    page.get_by_text("Narrow down").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^Forecast")).click()
    page.get_by_role("searchbox").fill("summit hanoi")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Newest first").click()

    assert page.url == f"{address}/search/?q=summit+hanoi&kind=forecast&sort=newest"
    assert page.locator("[data-count]").inner_text() == "3 claims"
    context.close()


def test_tip_is_sent_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()

    page.goto("/tips/")
    page.get_by_label("What was said").fill("Talks take place in a third country in the week of February 17.")
    page.wait_for_timeout(3500)  # nobody types faster
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="None of these answers it: send").click()

    assert page.get_by_role("heading", level=1).inner_text() == "We have your tip"
    assert re.fullmatch(rf"{address}/tips/[0-9a-f]{{40}}/", page.url)

    page.get_by_text("Withdraw the tip").click()
    page.get_by_role("button", name="Delete it").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Your tip is deleted"
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["ko", "ar"])
def test_page_is_whole_in_other_languages(browser: Browser, sites: Sites, language: str, width: int) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    context = browser.new_context(base_url=sites.addresses["demo"], viewport={"width": width, "height": 844})
    watcher = Watcher(context, sites.addresses["demo"])
    page = context.new_page()
    pages = {name: path for name, path in DEMO.items() if not path.startswith(("/api/", "/ko/", "/ar/"))}
    found = {}
    for name, path in pages.items():
        response = page.goto(f"/{language}{path}")
        assert response is not None
        found[name] = [response.status, *page.evaluate(DIRECTION), max(page.evaluate(TOO_WIDE), 0)]
        _keep(page, f"{language}-{name}-{width}")
    context.close()

    assert found == {name: [200, language, direction, direction, 0] for name in pages}
    assert watcher.complaints == []
