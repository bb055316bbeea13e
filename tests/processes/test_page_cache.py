"""Pages that several processes keep, while another one publishes."""

import urllib.request
from pathlib import Path

import pytest

from tests.sites import new_site

pytestmark = pytest.mark.process

ASKED = 20


def _page(address: str) -> str:
    with urllib.request.urlopen(f"{address}/claims/one/", timeout=60) as answer:
        body: bytes = answer.read()
    return body.decode()


def test_no_process_sends_a_page_from_before_a_publication(tmp_path: Path) -> None:
    with new_site(tmp_path) as site:
        site.run("-m", "tests.processes.prepare")
        with site.served(workers=2) as address:
            before = {_page(address) for _ in range(ASKED)}
            site.run("-m", "tests.processes.publish", "update", "one", "1")
            after = {_page(address) for _ in range(ASKED)}

    assert (len(before), len(after)) == (1, 1)
    assert ["one says so" in page for page in (*before, *after)] == [False, True]
