"""A reader knows in five seconds: what was said, by whom, when, and what we found, on the first screen of a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CLOCK, Sites, screenshot_folder
from tests.sites import new_site

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.process, pytest.mark.xdist_group("browser")]

SCREEN = 844
WORDY = [f"{size}-{language}" for size in ("whole", "cut") for language in ("en", "ko", "ar")]
HEAD = {"claim": ".claim__text", "speaker": ".claim__speaker", "date": ".claim__date", "finding": ".verdict__summary"}
CUT = "element => element.scrollHeight > element.clientHeight + 1"


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose claims are as long as they may be; see wordy_site.py."""
    with new_site(tmp_path_factory.mktemp("wordy"), clock=CLOCK) as site:
        site.run("-m", "tests.browser.wordy_site")
        with site.served() as address:
            yield address


@pytest.mark.parametrize("prefix", ["", "/ko", "/ar"])
def test_wordy_claim_is_answered_on_the_first_screen(browser: Browser, wordy: str, prefix: str) -> None:
    context = browser.new_context(base_url=wordy, java_script_enabled=False, viewport={"width": 390, "height": SCREEN})
    page = context.new_page()
    bottoms = {}
    for slug in WORDY:
        page.goto(f"{prefix}/claims/{slug}/")
        bottoms[slug] = {name: _bottom(page, selector) for name, selector in HEAD.items()}
        _keep(page, f"first-screen{prefix.replace('/', '-')}-{slug}")
    context.close()

    assert {slug: found for slug, found in bottoms.items() if max(found.values()) > SCREEN} == {}


@pytest.mark.parametrize(
    ("width", "media", "cut"), [(390, "screen", ["cut"]), (390, "print", []), (1280, "screen", [])]
)
def test_claim_is_cut_only_on_the_screen_of_a_phone(
    browser: Browser, wordy: str, width: int, media: str, cut: list[str]
) -> None:
    context = browser.new_context(base_url=wordy, viewport={"width": width, "height": SCREEN})
    page = context.new_page()
    page.emulate_media(media="print" if media == "print" else "screen")
    found = []
    for slug in WORDY:
        page.goto(f"/claims/{slug}/")
        if any(page.locator(selector).evaluate(CUT) for selector in HEAD.values()):
            found.append(slug)
        assert page.locator(".claim__whole").is_visible() == (slug in found)
    context.close()

    assert found == [slug for slug in WORDY if slug.split("-")[0] in cut]


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_claim_that_is_cut_opens_without_javascript(browser: Browser, wordy: str, language: str) -> None:
    context = browser.new_context(base_url=wordy, java_script_enabled=False, viewport={"width": 390, "height": SCREEN})
    page = context.new_page()
    page.goto(f"/claims/cut-{language}/")

    page.locator(".claim__whole summary").press("Enter")

    assert [name for name, selector in HEAD.items() if page.locator(selector).evaluate(CUT)] == []
    assert page.locator(".claim__whole summary").evaluate("element => element === document.activeElement")
    _keep(page, f"first-screen-open-{language}")
    context.close()


def test_claim_that_is_cut_is_whole_to_screen_readers(browser: Browser, wordy: str) -> None:
    context = browser.new_context(base_url=wordy, viewport={"width": 390, "height": SCREEN})
    page = context.new_page()
    page.goto("/claims/cut-en/")

    text = page.locator("h1").text_content() or ""

    assert len(text) > 990
    assert page.get_by_role("heading", level=1, name=text, exact=True).count() == 1
    context.close()


def test_link_in_what_is_cut_is_shown_to_the_keyboard(browser: Browser, wordy: str) -> None:
    context = browser.new_context(base_url=wordy, viewport={"width": 390, "height": SCREEN})
    page = context.new_page()
    page.goto("/claims/cut-en/")

    page.locator(".claim__speaker a").last.focus()

    assert page.locator(".claim__speaker").evaluate(CUT) is False
    context.close()


def test_findings_of_the_demo_are_on_the_first_screen_of_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/claims/")
    addresses = page.locator("h3.item__claim a").evaluate_all("links => links.map(link => link.getAttribute('href'))")

    bottoms = {}
    for path in addresses:
        page.goto(path)
        box = page.locator(".verdict__summary, .unreviewed").bounding_box()
        bottoms[path] = box["y"] + box["height"] if box else 9999
    context.close()

    assert len(bottoms) == 12
    assert {path: bottom for path, bottom in bottoms.items() if bottom > 844} == {}


def test_claim_page_answers_in_one_screen_of_a_phone(browser: Browser, sites: Sites) -> None:
    """What was said, by whom in which role, the rating and the finding, without scrolling."""
    context = browser.new_context(base_url=sites.addresses["demo"], viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/claims/full-support-of-south-korea/")

    wanted = [
        "South Korea fully supports",
        "Kang Kyung-wha",
        "South Korean Foreign Minister",
        "Not checkable",
        "support",
    ]
    below = [text for text in wanted if _text_bottom(page, text) > SCREEN]

    assert below == []
    context.close()


def _text_bottom(page: Page, text: str) -> float:
    box = page.get_by_role("main").get_by_text(text).first.bounding_box()
    return box["y"] + box["height"] if box else float("inf")


def _bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    return box["y"] + box["height"] if box else float("inf")


def _keep(page: Page, name: str) -> None:
    if folder := screenshot_folder():
        page.screenshot(path=folder / f"{name}.png")
