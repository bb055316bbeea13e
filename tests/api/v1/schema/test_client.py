"""A client that was generated from the served description drives a live server, without a key and with one."""

import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.sites import new_site

pytestmark = pytest.mark.process

GUIDE = (Path(__file__).resolve().parents[4] / "docs" / "api.md").read_text(encoding="utf-8")
# The generator knows none of the forms of exports; as the guide says, they are bytes and text to it.
CONFIG = "post_hooks: []\n" + "".join(re.findall(r"```yaml\n(content_type_overrides:.*?)```", GUIDE, re.DOTALL))
NAME = "generated_factcheck_client"
RATE = 20

Load = Callable[[str], Any]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a live site with the demo, and a key that may all, but only twenty times a minute."""
    with new_site(tmp_path_factory.mktemp("site")) as site:
        site.manage("load_demo")
        secret = site.run("-m", "tests.processes.make_key", str(RATE)).stdout.strip()
        with site.served() as address:
            yield address, secret


@pytest.fixture(scope="module")
def generated(live: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    """Gives a module of the client by its name."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "config.yml").write_text(CONFIG, encoding="utf-8")
    options = ["--url", f"{live[0]}/api/v1/schema/", "--meta", "none", "--output-path", str(folder / NAME)]
    program = str(Path(sys.executable).parent / "openapi-python-client")
    command = [program, "generate", *options, "--fail-on-warning"]
    done = subprocess.run(
        [*command, "--config", str(folder / "config.yml")], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield lambda name: importlib.import_module(f"{NAME}.{name}")
    sys.path.remove(str(folder))


@pytest.fixture
def client(live: tuple[str, str], generated: Load) -> Iterator[Any]:
    with generated("client").Client(base_url=live[0]) as client:
        yield client


def test_lists_and_filters(generated: Load, client: Any) -> None:
    models, list_claims = generated("models"), generated("api.claims.list_claims").sync
    everything = list_claims(client=client, page_size=200)

    assert isinstance(everything, models.ClaimList)
    assert everything.next_ is None
    recent = list_claims(client=client, claimed_after=date(2019, 2, 1), reviewed=models.ListClaimsReviewed.TRUE)
    facts = list_claims(client=client, kind=models.ListClaimsKind.FACT)
    by_address = list_claims(client=client, url_query=["http://m.koreaherald.com/view.php?ud=20180528000093"])
    assert {claim.kind for claim in facts.results} == {models.ClaimKind.FACT}
    assert all(claim.verdict.rating.label for claim in recent.results)
    assert 0 < len(by_address.results) < len(everything.results)


def test_pages(generated: Load, client: Any) -> None:
    list_topics = generated("api.topics.list_topics").sync
    first = list_topics(client=client, page_size=1)
    cursor = first.next_.partition("cursor=")[2]

    second = list_topics(client=client, page_size=1, cursor=cursor)

    assert len({topic.slug for topic in [*first.results, *second.results]}) == 2


def test_one_claim_its_editions_and_what_it_names(generated: Load, client: Any) -> None:
    get_claim, slug = generated("api.claims.get_claims").sync, "summit-on-february-27-28-in-hanoi"
    wanted = list(generated("models").GetClaimsIncludeItem)

    claim = get_claim(slug, client=client, include=wanted)
    editions = generated("api.claims.list_claims_editions").sync(slug, client=client)

    assert (claim.slug, claim.included.speaker.name) == (slug, claim.speaker.name)
    assert {source.title for source in claim.included.sources} >= {claim.appearances[0].source.title}
    assert editions.results[0].digest == claim.edition.digest
    assert editions.results[0].document.text == claim.text


def test_changes(generated: Load, client: Any) -> None:
    changes = generated("api.changes.list_changes").sync(client=client, after=0, limit=1000)

    assert [edition.sequence for edition in changes.results] == list(range(1, changes.head + 1))


def test_export(generated: Load, client: Any) -> None:
    export = generated("api.exports.export_claims_csv").sync(client=client)

    assert export.startswith("sequence,id,slug,text,")


def test_errors(generated: Load, client: Any) -> None:
    models = generated("models")

    missing = generated("api.claims.get_claims").sync("no-such-claim", client=client)
    invalid = generated("api.changes.list_changes").sync(client=client, limit=100_000)

    assert isinstance(missing, models.Problem404)
    assert isinstance(invalid, models.Problem400)
    assert invalid.errors[0].to_dict() == {"parameter": "limit", "detail": "Write a whole number from 1 to 1000."}


def test_key(live: tuple[str, str], generated: Load) -> None:
    models, index = generated("models"), generated("api.about.index").sync_detailed
    authenticated = generated("client").AuthenticatedClient

    with authenticated(base_url=live[0], token=live[1]) as known:
        answers = [index(client=known) for _ in range(2 * RATE + 2)]  # of two minutes at most
    with authenticated(base_url=live[0], token="wrong") as wrong:
        refused = index(client=wrong)

    assert answers[0].headers["ratelimit-policy"] == f'"key";q={RATE};w=60'
    many = [answer for answer in answers if answer.status_code == 429]
    assert isinstance(many[0].parsed, models.Problem429)
    assert 1 <= int(many[0].headers["retry-after"]) <= 60
    assert (refused.status_code, refused.parsed.type_) == (401, "urn:factcheck:problem:invalid-key")
