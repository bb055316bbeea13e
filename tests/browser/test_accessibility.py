"""No page violates what axe can check of WCAG 2.2 AA, and the keyboard shows where it is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from claims.domain.demo import EDITOR, PASSWORD
from tests.browser.addresses import DESK, PUBLIC, Address
from tests.browser.axe import violations
from tests.browser.conftest import Sites

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.process, pytest.mark.xdist_group("gates")]

HERE = "() => document.activeElement.outerHTML.slice(0, 120)"
# Whether the focus is on the page's body again, outside the screen, without an outline, or as it should be.
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  if (element === document.body) return "body";
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) return "out of sight";
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return seen ? "seen" : "not seen";
}"""
MOST_STOPS = 60

# What the templates of Django's admin and its Select2 do, whatever we give them. Public pages answer to every rule.
OF_DJANGO = {
    "aria-input-field-name",  # a Select2 box says what is chosen, and nothing while nothing is
    "empty-table-header",  # the column of an inline that holds the names of its rows
    "label",  # the field to type in of a Select2 box for several
    "label-title-only",  # the search box of a list
    "list",  # what a Select2 box for several draws
}


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, sites: Sites) -> Iterator[Page]:
    context = browser.new_context(base_url=sites.addresses["demo"], reduced_motion="reduce")
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill(EDITOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


@pytest.mark.parametrize("at", PUBLIC, ids=str)
def test_page_violates_nothing(page: Page, sites: Sites, at: Address) -> None:
    page.goto(sites.url(at))

    assert violations(page) == []


@pytest.mark.parametrize("path", DESK)
def test_desk_violates_nothing(desk: Page, path: str) -> None:
    response = desk.goto(f"/admin/{path}")

    assert response
    assert (response.status, violations(desk, but=OF_DJANGO)) == (200, [])


def test_login_violates_nothing(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.addresses['demo']}/admin/login/")

    assert violations(page) == []


KEYBOARD = [at for at in PUBLIC if at.name in {"home", "claims", "claim-corrected", "speaker", "forecasts", "long"}]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("at", KEYBOARD, ids=str)
def test_keyboard_shows_where_it_is(page: Page, sites: Sites, at: Address, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(sites.url(at))
    stops = {}
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if (found := page.evaluate(FOCUS)) == "body":
            break
        stops[page.evaluate(HERE)] = found

    assert len(stops) > 5
    assert {stop: found for stop, found in stops.items() if found != "seen"} == {}
