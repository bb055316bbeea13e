"""The guide's examples run against the demo, as it says, and its table of errors is complete."""

import re
from pathlib import Path

import pytest
from django.test import Client

from claims.domain import demo

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    curl .*?http://127\.0\.0\.1:8000([^\s\"]+)", GUIDE, re.MULTILINE)


@pytest.mark.django_db
def test_examples_of_the_guide_answer(client: Client) -> None:
    demo.load()

    answers = {path: client.get(path) for path in EXAMPLES}

    assert len(EXAMPLES) == GUIDE.count("\n    curl ")
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(EXAMPLES, 200)
    json = {path: answer.json() for path, answer in answers.items() if answer["Content-Type"] == "application/json"}
    assert [path for path, answer in json.items() if answer.get("results") == []] == []


def test_every_problem_is_in_the_guide() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "claims" / "api").rglob("*.py"))
    kinds = set(re.findall(r"ProblemError\(\s*[\w.]+,\s*\"([a-z-]+)\"", code))

    assert kinds == set(re.findall(r"`urn:factcheck:problem:([a-z-]+)`", GUIDE))
