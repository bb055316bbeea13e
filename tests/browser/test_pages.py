"""Every public page of the demo, in a real browser: nothing refused, nothing fetched elsewhere, nothing cut off."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watcher, screenshot_folder

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.xdist_group("browser")]

PAGES = {
    "home": "/",
    "claims": "/claims/",
    "no-results": "/claims/?q=nothing+of+the+kind",
    "search": "/search/",
    "search-found": "/search/?q=summit&kind=forecast",
    "search-corrected": "/search/?q=Bigun+third",
    "search-nothing": "/search/?q=nothing+of+the+kind&speaker=nobody",
    "claim-corrected": "/claims/first-proper-working-level-meeting/",
    "claim-resolved": "/claims/talks-in-a-third-country-in-the-week-of-february-17/",
    "claim-unreviewed": "/claims/north-korea-great-economic-powerhouse/",
    "claim-inconclusive": "/claims/visible-measure-of-denuclearization/",
    "past-edition": "/claims/first-proper-working-level-meeting/editions/1/",
    "speaker": "/speakers/stephen-biegun/",
    "organisation": "/speakers/us-department-of-state/",
    "source": "/sources/voa-work-remains-ahead-of-second-summit/",
    "topic": "/topics/hanoi-summit/",
    "rating-scale": "/rating-scales/truth/",
    "forecasts": "/forecasts/",
    "corrections": "/corrections/",
    "compare": "/claims/first-proper-working-level-meeting/compare/?from=1&to=2",
    "as-of": "/claims/first-proper-working-level-meeting/?as_of=9999-12-31",
    "methodology": "/methodology/",
    "verify": "/verify/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page_is_whole(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=True,
    )
    watcher = Watcher(context, address)
    page = context.new_page()
    cut_off = {}
    for name, path in PAGES.items():
        response = page.goto(path)
        assert response is not None
        assert (name, response.status) == (name, 200)
        assert (name, page.locator("h1").count()) == (name, 1)
        cut_off[name] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if folder := screenshot_folder():
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    context.close()

    assert {name: pixels for name, pixels in cut_off.items() if pixels > 0} == {}
    assert watcher.complaints == []


def test_pages_work_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()

    page.goto("/")
    page.get_by_role("searchbox").first.fill("third country")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name=re.compile("third country")).first.click()

    assert page.url == f"{address}/claims/talks-in-a-third-country-in-the-week-of-february-17/"
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
    page.get_by_role("link", name=re.compile("^Forecast")).click()
    page.get_by_role("searchbox").fill("summit hanoi")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Newest first").click()

    assert page.url == f"{address}/search/?q=summit+hanoi&kind=forecast&sort=newest"
    assert page.locator("[data-count]").inner_text() == "2 claims"
    context.close()


def test_claim_page_answers_in_one_screen_of_a_phone(browser: Browser, address: str) -> None:
    """What was said, by whom in which role, the rating and the finding, without scrolling."""
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/claims/full-support-of-south-korea/")

    wanted = [
        "South Korea fully supports",
        "Kang Kyung-wha",
        "South Korean Foreign Minister",
        "Not checkable",
        "support",
    ]
    below = [text for text in wanted if _bottom(page, text) > 844]

    assert below == []
    context.close()


def _bottom(page: Page, text: str) -> float:
    box = page.get_by_role("main").get_by_text(text).first.bounding_box()
    return box["y"] + box["height"] if box else float("inf")
