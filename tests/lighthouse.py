"""Measure the main pages with Lighthouse, and print a table: `make lighthouse`, or `python -m tests.lighthouse`.

Against the demo behind gunicorn, with the Chromium that is installed. Exit status 1 if a score falls below the least.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.sites import ROOT, new_site

CLI = ROOT / "tests" / "tools" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)
PAGES = {
    "claim": "/claims/first-proper-working-level-meeting/",
    "list": "/claims/",
    "speaker": "/speakers/stephen-biegun/",
    "search": "/search/",  # what a search finds is kept out of other search engines, which costs SEO points
}
DEVICES: dict[str, list[str]] = {"phone": [], "desktop": ["--preset=desktop"]}
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
LEAST = 95


def main() -> int:
    missing = [name for name, found in [("node", shutil.which("node")), ("Chromium", _chromium())] if not found]
    if missing or not CLI.exists():
        print(f"Not measured: {' and '.join(missing) or 'Lighthouse'} is not installed.")
        return 1
    os.environ["DATABASE_URL"] = "sqlite://"  # which engine; the site makes its own file
    with tempfile.TemporaryDirectory() as folder, new_site(Path(folder)) as site:
        site.manage("load_demo")
        with site.served() as address:
            rows = [(name, on, _report(address + path, on)) for name, path in PAGES.items() for on in DEVICES]
    print(_table(rows))
    return int(any(score < LEAST for _, _, report in rows for score in _scores(report)))


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def _report(address: str, device: str) -> Any:
    command = ["node", str(CLI), address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}", *DEVICES[device]]
    environment = os.environ | {"CHROME_PATH": str(_chromium())}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def _scores(report: Any) -> list[int]:
    return [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]


def _table(rows: list[tuple[str, str, Any]]) -> str:
    lines = [
        f"Lighthouse {rows[0][2]['lighthouseVersion']}, {platform.system()}, {os.cpu_count()} cores",
        "",
        f"| page | device | {' | '.join(CATEGORIES)} | largest paint ms | blocked ms | shift | short of full |",
        "| --- | --- |" + " ---: |" * (len(CATEGORIES) + 3) + " --- |",
    ]
    for name, device, report in rows:
        scores = " | ".join(map(str, _scores(report)))
        lines.append(f"| {name} | {device} | {scores} | {' | '.join(_figures(report))} | {_short_of_full(report)} |")
    return "\n".join(lines)


def _figures(report: Any) -> list[str]:
    audits = report["audits"]
    values = [audits[name]["numericValue"] for name in ("largest-contentful-paint", "total-blocking-time")]
    return [*[f"{value:,.0f}" for value in values], f"{audits['cumulative-layout-shift']['numericValue']:.3f}"]


def _short_of_full(report: Any) -> str:
    """The weighted audits that cost a category points, but for timings, which have columns of their own."""
    weighed = [ref["id"] for name in CATEGORIES[1:] for ref in report["categories"][name]["auditRefs"] if ref["weight"]]
    return ", ".join(name for name in weighed if (report["audits"][name]["score"] or 0) < 1 and _counts(report, name))


def _counts(report: Any, name: str) -> bool:
    return report["audits"][name]["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}


if __name__ == "__main__":
    sys.exit(main())
