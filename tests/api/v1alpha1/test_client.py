"""Google's own client drives a live server, by another base address alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.sites import new_site

pytestmark = pytest.mark.process

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
HANOI = "The second summit of Donald Trump and Kim Jong Un will take place on February 27-28, 2019, in Hanoi."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a live site with the demo."""
    with new_site(tmp_path_factory.mktemp("site")) as site:
        site.manage("load_demo")
        with site.served() as address:
            yield address


def test_example_of_the_guide(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = re.search(r"```python\n(from googleapiclient.*?)```", GUIDE, re.DOTALL)
    assert code is not None

    exec(code[1].replace("http://127.0.0.1:8000", address), {})

    printed = capsys.readouterr().out.splitlines()
    assert f"True – {HANOI}" in printed
    assert len(printed) == len(set(printed)) > 2  # more than one page


def test_googles_own_description_with_our_address(address: str) -> None:
    """The client brings Google's discovery document along; only the endpoint is ours."""
    options = {"api_endpoint": address}
    with build("factchecktools", "v1alpha1", developerKey="any", client_options=options) as service:
        answer = service.claims().search(query="hanoi february 27-28", reviewPublisherSiteFilter="127.0.0.1").execute()

        some = service.claims().search(query="hanoi february 27-28", fields="claims(text)").execute()

    assert some == answer
    [claim] = [claim for claim in answer["claims"] if claim["text"] == HANOI]
    assert sorted(claim) == ["claimReview", "claimant", "text"]  # the day is not known
    assert claim["claimReview"] == [
        {
            "publisher": {"name": "Factcheck", "site": "127.0.0.1"},
            "url": f"{address}/claims/summit-on-february-27-28-in-hanoi/",
            "title": f"{HANOI[:89]}… – True",
            "reviewDate": "2026-11-24T00:00:00Z",
            "textualRating": "True",
            "languageCode": "en",
        }
    ]


def test_pages_errors_and_long_questions(address: str) -> None:
    discovery = f"{address}/$discovery/rest?version={{apiVersion}}"
    with build("factchecktools", "v1alpha1", discoveryServiceUrl=discovery) as service:
        search = service.claims().search
        everything = search(reviewPublisherSiteFilter="127.0.0.1", pageSize=100).execute()["claims"]
        request, paged = search(reviewPublisherSiteFilter="127.0.0.1", pageSize=2, offset=1), []
        while request is not None:
            answer = request.execute()
            paged += answer["claims"]
            request = service.claims().search_next(request, answer)
        with pytest.raises(HttpError) as none:
            search().execute()
        some = search(query="summit", fields="claims(text)", quotaUser="me", userIp="192.0.2.1").execute()
        long = search(query="북한의 비핵화 " * 37)  # over 2,048 characters when escaped: sent as a form

        assert (paged, len(paged)) == (everything[1:], len(everything) - 1)
        assert some == search(query="summit").execute()
        assert none.value.reason == "query: Write words to look for, or give reviewPublisherSiteFilter."
        assert (len(long.uri) > 2048, long.execute()) == (True, {})
