"""Every answer of the demo is as described, to the last member, and the description's examples are the demo's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.api.v1.schema.description import description
from claims.api.v1.schema.documents import NAMES
from claims.domain import merging, publishing
from claims.filters import ClaimFilter
from claims.models import Claim, Source, Speaker
from tests.api.v1.conftest import Ask
from tests.api.v1.schema.conftest import Check

pytestmark = pytest.mark.usefixtures("loaded")
# Values that are made anew wherever the demo is loaded, and those that no object of the demo has.
MADE_ANEW = {"uuid", "date-time"}
NOT_IN_DEMO = {"language", "archived_url", "content_hash", "body"}
PARTS_NOT_IN_DEMO = {"ExternalReview"}  # the demo invents no review


@pytest.mark.parametrize(("kind", "name"), [(kind.value, name) for kind, name in NAMES.items()])
def test_answers_of_a_kind(ask: Ask, check: Check, kind: str, name: str) -> None:
    objects = ask(f"/{kind}s/", page_size=200)
    errors = check(f"{name}List", objects)
    for item in objects["results"]:
        path = f"/{kind}s/{item['slug']}/"
        errors += check(name, ask(path)) + check(f"{name}EditionList", ask(f"{path}editions/"))
        errors += check(f"{name}Edition", ask(f"{path}editions/1/"))

    assert len(objects["results"]) > 0
    assert errors == []


def test_answer_with_a_saved_source_and_a_merged_speaker(ask: Ask, check: Check) -> None:
    source = Source.objects.get(slug="voa-work-remains-ahead-of-second-summit")
    source.archived_url, source.archived_at = "https://saved.example/1", timezone.now()
    source.save()
    publishing.publish(source, by="ed")
    merged, into = Speaker.objects.filter(kind="person", affiliations=None)[:2]
    merging.merge(merged, into, by="ed", reason="One person.")

    assert check("Changes", ask("/changes/", limit=1000)) == []
    assert any("archived_at" in part["source"] for claim in ask("/claims/")["results"] for part in claim["appearances"])


def test_answer_of_changes_with_a_retraction(ask: Ask, check: Check) -> None:
    claim = Claim.objects.get(slug="visible-measure-of-denuclearization")
    publishing.retract(claim, by="ed", reason="It was never said.")

    assert check("Changes", ask("/changes/", limit=1000)) == []
    assert check("ClaimEditionList", ask(f"/claims/{claim.slug}/editions/")) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/claims/?page_size=0", 400),
        ("/claims/no-such-claim/", 404),
        ("/claims/visible-measure-of-denuclearization/", 410),
    ],
)
def test_problem(client: Client, check: Check, path: str, status: int) -> None:
    claim = Claim.objects.get(slug="visible-measure-of-denuclearization")
    publishing.retract(claim, by="ed", reason="It was never said.")

    response = client.get(f"/api/v1{path}")

    assert (response.status_code, check(f"Problem{status}", response.json())) == (status, [])


def test_problem_of_another_method(client: Client, check: Check) -> None:
    assert check("Problem405", client.post("/api/v1/claims/").json()) == []


def test_description_misses_nothing_that_is_added(ask: Ask, check: Check) -> None:
    topic = ask("/topics/hanoi-summit/")

    assert check("Topic", topic | {"colour": "red"}) == [
        "Topic $: Additional properties are not allowed ('colour' was unexpected)"
    ]


def test_examples_are_from_the_demo(ask: Ask) -> None:
    schemas = description()["components"]["schemas"]
    said = [item for kind in NAMES for item in ask(f"/{kind.value}s/", page_size=200)["results"]]
    said += ask("/changes/", limit=1000)["results"]
    values = {(name, repr(value)) for name, value in _leaves(said)}

    foreign = [
        (component, name, schema["examples"][0])
        for component, described in schemas.items()
        for name, schema in described["properties"].items()
        if "examples" in schema and _comes_from_objects(component, name, schema)
        if (name, repr(schema["examples"][0])) not in values
    ]

    assert foreign == []


def test_every_filter_has_an_example_that_finds_something(ask: Ask) -> None:
    described = description()["paths"]["/api/v1/claims/"]["get"]["parameters"]
    filters = {item["name"]: item.get("example") for item in described if item["name"] in ClaimFilter.base_filters}
    days = {name for name in filters if name.startswith(("published_", "updated_"))}  # of when the demo is loaded

    found = {name: ask("/claims/", **{name: example})["results"] for name, example in filters.items() if example}

    assert sorted(found) == sorted(filters)
    assert [name for name, claims in found.items() if not claims and name not in days] == []


def _comes_from_objects(component: str, name: str, schema: dict[str, Any]) -> bool:
    if component.startswith("Problem") or component.endswith(("List", "Changes")):
        return False
    if component in PARTS_NOT_IN_DEMO or name in NOT_IN_DEMO:
        return False
    return schema.get("format") not in MADE_ANEW and not name.endswith("digest") and name != "retracted"


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for member, inner in value.items():
            yield from _leaves(inner, member)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, name)
    else:
        yield name, value
