"""axe-core in a page: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.tools import tool

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours that are still on their way from one scheme to the other are nobody's colours.
RUN = """options => {
  document.getAnimations().forEach(animation => animation.finish());
  return axe.run(document, options);
}"""


@cache
def _source() -> str:
    return tool("axe-core/axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, *, but: Iterable[str] = ()) -> list[str]:
    """What the page, as it stands, violates at each of its widths and in each colour scheme: rule, element, why.

    `but` names rules that are not asked for.

    The script comes through the browser's debugger, so that the page's policy stays as strict as readers get it.
    """
    page.evaluate(_source())
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="light")
        rules = {rule: {"enabled": False} for rule in but}
        found += _run(page, f"{width} light", {"runOnly": STANDARD, "rules": rules})
        # A scheme changes colours, and nothing else that a rule looks at.
        page.emulate_media(color_scheme="dark")
        found += _run(page, f"{width} dark", {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    return found


def _run(page: Page, when: str, options: dict[str, Any]) -> list[str]:
    result = page.evaluate(RUN, options | {"resultTypes": ["violations"], "preload": False})
    return [
        f"{when}: {rule['id']} {node['target']}: {node['failureSummary']}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
