"""A real Chromium in front of a real site that carries the demo."""

import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.browser.addresses import Address
from tests.sites import Site, new_site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        assert os.environ.get("CI") != "true", "Chromium is not installed, and CI skips nothing."
        pytest.skip("Chromium is not installed")
    # One a module: while Playwright runs, its event loop keeps Django's ORM from being used in this process.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


# So that what is published, falls due and is overdue looks the same on every day.
CLOCK = "2030-01-01T09:00:00+00:00"
CONTENT: dict[str, list[str]] = {
    "demo": ["manage.py", "load_demo", "--logins"],
    "hard": ["-m", "tests.browser.hard_site"],
    "empty": ["--version"],
}


class Sites:
    """The three public sites of addresses.py, served. Nobody may change them: one of each serves the whole session."""

    def __init__(self, addresses: dict[str, str]) -> None:
        self.addresses = addresses

    def url(self, at: Address) -> str:
        return self.addresses[at.site] + at.path

    def get(self, at: Address) -> tuple[int, str, str]:
        """Status, media type and text, without a browser."""
        request = urllib.request.Request(self.url(at), headers={"Accept": "text/html,*/*;q=0.8"})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.headers["Content-Type"], response.read().decode()
        except urllib.error.HTTPError as response:
            with response:
                return response.code, response.headers["Content-Type"], response.read().decode()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with ExitStack() as stack:
        addresses = {}
        for name, command in CONTENT.items():
            site = stack.enter_context(new_site(tmp_path_factory.mktemp(name), clock=CLOCK))
            site.run(*command)
            addresses[name] = stack.enter_context(site.served())
        yield Sites(addresses)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with new_site(tmp_path_factory.mktemp("site")) as site:
        site.manage("load_demo", "--logins")
        yield site


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with site.served() as address:
        yield address


class Watcher:
    """Collects what a well-kept page never does: errors, warnings, refused content, requests to other hosts."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.complaints: list[str] = []
        self.host = urlsplit(address).netloc
        context.on("console", self._console)
        context.on("request", self._request)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in {self.host, ""}:
            self.complaints.append(f"request to another host: {request.url}")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh page at `address`; the test fails if anything on the way complained."""
    context = browser.new_context(base_url=address)
    watcher = Watcher(context, address)
    yield context.new_page()
    context.close()
    assert watcher.complaints == []


def screenshot_folder() -> Path | None:
    """Where screenshots are kept for a person to look at: the folder named by SCREENSHOTS, if it is set."""
    return Path(os.environ["SCREENSHOTS"]) if os.environ.get("SCREENSHOTS") else None
