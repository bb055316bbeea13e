import html
import re
import urllib.request
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Edition
from tests import factories
from tests.histories import eventful
from tests.sites import new_site
from tests.web.pages import get

pytestmark = pytest.mark.django_db


def test_verify_shows_the_head_of_the_record(client: Client) -> None:
    eventful()
    newest = Edition.objects.latest()

    page = get(client, "/verify/")

    assert f"Editions {newest.sequence}" in page.text
    assert newest.digest in page.text
    assert "Topic · Retracted" not in page.text
    assert "Claim · Retracted" in page.text


def test_verify_of_an_empty_record(client: Client) -> None:
    assert "nothing has been published yet" in get(client, "/verify/").text


@pytest.mark.process
def test_verify_program_verifies(tmp_path: Path) -> None:
    with new_site(tmp_path) as site:
        site.manage("load_demo")
        with site.served() as address, urllib.request.urlopen(f"{address}/verify/") as answer:
            shown = answer.read().decode()
            program = re.search(r'<pre class="program".*?><code>(.*?)</code></pre>', shown, re.DOTALL)
            digest = re.search(r"<code>([0-9a-f]{64})</code>", shown)
            assert program
            assert digest
            done = site.run("-c", html.unescape(program[1]))

    assert done.stdout.split()[-1] == digest[1]


def test_footer_links_to_all(client: Client) -> None:
    ours = {"/about/", "/methodology/", "/corrections-policy/", "/privacy/", "/verify/", "/tips/"}

    assert ours <= set(get(client, "/").links())


def test_verify_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    publishing.publish(factories.full_claim(), by="ed")

    with django_assert_num_queries(2):  # head, newest edition
        page = get(client, "/verify/")

    assert page.all("link", rel="canonical", href="http://testserver/verify/") != []
