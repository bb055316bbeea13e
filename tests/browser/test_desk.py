"""An editor's day on the desk, in a real browser. The page fixture fails on anything that the policy refuses."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.domain.demo import EDITOR, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.xdist_group("browser")]


@pytest.fixture
def desk(page: Page) -> Page:
    page.goto("/admin/")
    page.get_by_label("Username").fill(EDITOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page


def test_claim_from_draft_to_retraction(desk: Page) -> None:
    desk.goto("/admin/claims/claim/add/")
    desk.get_by_label("Claim:", exact=True).fill("The desk works in a browser.")
    desk.locator("#id_speaker + .select2").click()
    desk.locator(".select2-search__field").last.fill("Kazianis")
    desk.get_by_role("option", name="Harry Kazianis").click()
    desk.get_by_role("button", name="Add another Appearance").click()
    desk.locator("#appearances-0 .select2").first.click()
    desk.locator(".select2-results__option").first.click()
    desk.locator("#id_appearances-0-quotation").fill("It works.")

    desk.get_by_role("button", name="Save, then publish…").click()
    desk.get_by_role("button", name="Publish now").click()
    expect(desk.locator(".messagelist")).to_have_text(re.compile("Published: The desk works in a browser."))

    desk.locator("#id_text").fill("The desk worked in a browser.")
    desk.get_by_role("button", name="Save and continue editing").click()
    desk.get_by_role("link", name="Publish correction…").click()
    expect(desk.locator(".differences tbody tr")).to_have_count(1)
    desk.get_by_label("Reason").fill("It was yesterday.")
    desk.get_by_role("button", name="Publish correction").click()
    expect(desk.locator(".publication .state")).to_have_text("Published")

    desk.get_by_role("link", name="Preview", exact=True).click()
    expect(desk.get_by_text("Preview, not published")).to_be_visible()
    desk.go_back()
    desk.get_by_role("link", name="Retract…").click()
    desk.get_by_label("Reason").fill("It was a test.")
    desk.get_by_role("button", name="Retract").click()
    expect(desk.locator(".publication .state")).to_have_text("Retracted")


PAGES = [
    "",
    "claims/claim/",
    "claims/claim/1/change/",
    "claims/claim/1/preview/",
    "claims/claim/retract/?ids=1,2",
    "claims/appearance/1/change/",
    "claims/speaker/1/change/",
    "claims/ratingscale/1/change/",
    "claims/edition/",
    "claims/edition/1/change/",
]


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_stay_within_the_screen(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 900})

    widths = {path: _width(desk, f"/admin/{path}") for path in PAGES}

    assert widths == dict.fromkeys(PAGES, width)


def _width(page: Page, path: str) -> object:
    page.goto(path)
    return page.evaluate("document.documentElement.scrollWidth")
