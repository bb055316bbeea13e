"""Pages look as they did when somebody last looked at them. `make screenshots` renews what they are compared with."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from tests.browser import screenshots
from tests.browser.addresses import PUBLIC
from tests.browser.conftest import Sites

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.process, pytest.mark.xdist_group("gates")]

RENEW = bool(os.environ.get("RENEW_SCREENSHOTS"))
FONTS = screenshots.REFERENCES / "fonts.json"
# How wide the same words are in each script tells which fonts drew them.
MEASURE = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const widths = {};
  for (const family of ["--sans", "--serif", "--mono"]) {
    pen.font = "100px " + getComputedStyle(document.documentElement).getPropertyValue(family);
    widths[family] = ["Half true", "절반의 사실", "نصف صحيح"].map(text => Math.round(pen.measureText(text).width));
  }
  return widths;
}"""


@dataclass(frozen=True)
class Look:
    """One way in which readers see pages."""

    name: str
    width: int
    scheme: str = "light"
    media: str = "screen"
    javascript: bool = True

    def __str__(self) -> str:
        return self.name


NARROW, MIDDLE, WIDE = Look("390", 390), Look("768", 768), Look("1280", 1280)
NARROW_DARK, WIDE_DARK = Look("390-dark", 390, "dark"), Look("1280-dark", 1280, "dark")
PRINT = Look("print", 768, media="print")
EVERY = [NARROW, MIDDLE, WIDE, NARROW_DARK, WIDE_DARK, PRINT, Look("no-javascript", 1280, javascript=False)]
LOOKS = {
    "demo-home": [NARROW, WIDE, WIDE_DARK],
    "demo-claims": EVERY,
    "demo-claim-corrected": EVERY,
    "demo-claim-inconclusive": [NARROW],
    "demo-past-edition": [NARROW],
    "demo-compare": [NARROW, WIDE],
    "demo-card-since": [NARROW],
    "demo-search-found": [NARROW, WIDE, WIDE_DARK],
    "demo-search-nothing": [NARROW],
    "demo-speaker": [NARROW, MIDDLE, WIDE, NARROW_DARK],
    "demo-source": [NARROW],
    "demo-topic": [NARROW],
    "demo-rating-scale": [NARROW],
    "demo-forecasts": [NARROW, WIDE],
    "demo-forecast-month": [NARROW, WIDE],
    "demo-corrections": [NARROW, WIDE],
    "demo-methodology": [NARROW],
    "demo-tips": [NARROW, WIDE],
    "demo-verify": [NARROW],
    "demo-unknown": [NARROW],
    "demo-korean-claim": [NARROW, WIDE_DARK, PRINT],
    "demo-arabic-claim": [NARROW, WIDE, NARROW_DARK, PRINT],
    "demo-arabic-forecast-month": [NARROW],
    "hard-long": [NARROW, WIDE],
    "hard-korean": [NARROW],
    "hard-arabic": [NARROW],
    "hard-bare": [NARROW],
    "hard-hostile": [NARROW],
    "hard-retracted": [NARROW],
    "hard-long-speaker": [NARROW],
    "empty-home": [NARROW],
    "empty-claims": [NARROW],
}
CASES = [(name, look) for name, looks in LOOKS.items() for look in looks]
ADDRESSES = {str(at): at for at in PUBLIC}


@pytest.fixture(scope="module")
def fonts(browser: Browser, sites: Sites) -> None:
    """References were drawn with certain fonts; with others, every page looks different."""
    page = browser.new_page()
    page.goto(sites.addresses["empty"])
    found = page.evaluate(MEASURE)
    page.close()
    if RENEW:
        screenshots.REFERENCES.mkdir(exist_ok=True)
        FONTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if found != json.loads(FONTS.read_text(encoding="utf-8")):
        assert os.environ.get("CI") != "true", "CI's fonts changed: look at the pages, then run make screenshots there."
        pytest.skip("the screenshots were drawn with other fonts than this machine's")


@pytest.fixture
def page(browser: Browser, look: Look) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": look.width, "height": 844},
        color_scheme="dark" if look.scheme == "dark" else "light",
        java_script_enabled=look.javascript,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    page.emulate_media(media="print" if look.media == "print" else "screen")
    yield page
    context.close()


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(("name", "look"), CASES, ids=str)
def test_page_looks_as_it_did(page: Page, sites: Sites, name: str, look: Look) -> None:
    page.goto(sites.url(ADDRESSES[name]))

    picture = screenshots.small(page.screenshot(full_page=True))

    if RENEW:
        screenshots.save(f"{name}-{look}", picture)
    assert screenshots.difference(f"{name}-{look}", picture) is None


def test_every_reference_is_compared() -> None:
    stored = {path.stem for path in screenshots.REFERENCES.glob("*.png")}

    assert stored == {f"{name}-{look}" for name, look in CASES}


def test_references_stay_small() -> None:
    assert sum(path.stat().st_size for path in screenshots.REFERENCES.iterdir()) < 1_500_000


def _drawn(*, left: int = 40, height: int = 800, ink: str = "black") -> Image.Image:
    picture = Image.new("RGB", (400, height), "white")
    ImageDraw.Draw(picture).rectangle((left, 100, left + 60, 139), fill=ink)
    png = BytesIO()
    picture.save(png, "PNG")
    return screenshots.small(png.getvalue())


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, None),
        ({"left": 41}, None),
        ({"height": 808}, None),
        ({"ink": "#222222"}, None),
        ({"left": 80}, screenshots.Difference(800, 800, (96, 144))),
        ({"ink": "#888888"}, screenshots.Difference(800, 800, (100, 140))),
        ({"height": 900}, screenshots.Difference(800, 900)),
    ],
)
def test_comparison_sees_what_an_eye_sees(other: dict[str, object], expected: screenshots.Difference | None) -> None:
    found = screenshots.compare(_drawn(), _drawn(**other))  # type: ignore[arg-type]

    assert found == expected
