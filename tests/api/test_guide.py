"""The guide's examples run against the demo, as it says, and its table of errors is complete."""

import re
from pathlib import Path

import pytest
from django.test import Client

from claims.domain import demo
from claims.domain.partners import create_key
from claims.enums import KeyScope
from tests.factories import PartnerFactory

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    curl (.*?)\"?http://127\.0\.0\.1:8000([^\s\"]+)", GUIDE, re.MULTILINE)


def _headers(options: str, secret: str) -> dict[str, str]:
    """What `-H "Name: value"` says, with a key for `$KEY`."""
    return dict(header.replace("$KEY", secret).split(": ") for header in re.findall(r'-H "([^"]+)"', options))


@pytest.mark.django_db
def test_examples_with_a_key_are_read_with_it(client: Client) -> None:
    keyed = [(options, path) for options, path in EXAMPLES if "$KEY" in options]

    answers = [client.get(path, headers=_headers(options, "fc_aaaaaaaa_" + "b" * 43)) for options, path in keyed]

    assert [answer.status_code for answer in answers] == [401, 401]


@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_counts")
def test_examples_of_the_guide_answer(client: Client) -> None:
    demo.load()
    scopes = [KeyScope.READ, KeyScope.SEARCH]
    _, secret = create_key(PartnerFactory.create(), name="guide", scopes=scopes, rate=100)

    answers = {path: client.get(path, headers=_headers(options, secret)) for options, path in EXAMPLES}

    assert len(EXAMPLES) == GUIDE.count("\n    curl ")
    assert {answer.status_code for answer in answers.values()} == {200}
    json = {path: answer.json() for path, answer in answers.items() if answer["Content-Type"] == "application/json"}
    assert [path for path, answer in json.items() if answer.get("results") == []] == []


def test_longest_request_line_is_that_of_the_server() -> None:
    served = re.search(r"--limit-request-line (\d+)", (ROOT / "Makefile").read_text(encoding="utf-8"))

    assert served is not None
    assert f"A request line of more than {int(served[1]):,} bytes (414)" in GUIDE


def test_every_problem_is_in_the_guide() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "claims" / "api").rglob("*.py"))
    kinds = set(re.findall(r"ProblemError\(\s*[\w.]+,\s*\"([a-z-]+)\"", code))

    assert kinds == set(re.findall(r"`urn:factcheck:problem:([a-z-]+)`", GUIDE))
