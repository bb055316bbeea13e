import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django import Settings

from claims.api.v1.schema.claims import CLAIM, CLAIM_PARTS
from claims.api.v1.schema.description import description
from claims.api.v1.views import ClaimViewSet, RecordViewSet
from claims.filters import ClaimFilter

RECORD = (Path(__file__).resolve().parents[4] / "docs" / "record.md").read_text(encoding="utf-8")


def test_description_is_valid() -> None:
    assert list(OpenAPIV31SpecValidator(description()).iter_errors()) == []


def test_every_address_is_described() -> None:
    patterns = get_resolver("claims.api.v1.urls").url_patterns

    assert len(description()["paths"]) == len(patterns)


def test_every_parameter_is_described_as_it_is_read() -> None:
    described = description()["paths"]["/api/v1/claims/"]["get"]["parameters"]
    parameters = {parameter["name"]: parameter for parameter in described}

    assert list(parameters) == list(ClaimViewSet.parameters["list"])
    assert parameters["kind"]["schema"] == {"type": "string", "enum": ["fact", "forecast", "promise", "opinion"]}
    assert parameters["kind"]["description"] == ClaimFilter.base_filters["kind"].extra["help_text"]
    assert parameters["page_size"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 200}


def test_every_member_and_parameter_has_words() -> None:
    silent = [path for path, node in _described(description()) if not node.get("description")]

    assert silent == []


def test_every_value_has_an_example() -> None:
    schemas = description()["components"]["schemas"]
    without = [
        f"{name}.{member}"
        for name, schema in schemas.items()
        for member, found in schema["properties"].items()
        if "type" in found and found["type"] != "array" and "examples" not in found
    ]

    assert without == []


def test_operations_have_names_of_their_own() -> None:
    names = [item["get"]["operationId"] for item in description()["paths"].values()]

    assert len(set(names)) == len(names)


def test_retrieved_resources_may_be_retracted() -> None:
    responses = description()["paths"]["/api/v1/claims/{slug}/"]["get"]["responses"]

    assert list(responses) == ["200", "301", "304", "400", "401", "403", "404", "405", "410", "429", "500", "503"]
    assert issubclass(ClaimViewSet, RecordViewSet)


def test_headers_of_one_address_are_described() -> None:
    paths = description()["paths"]
    further = {
        path: sorted(item["get"]["responses"]["200"]["headers"].keys() - {"ETag", "RateLimit", "RateLimit-Policy"})
        for path, item in paths.items()
    }

    exports = {path: ["Record-Head"] for path in paths if path.startswith("/api/v1/exports/")}
    assert {path: names for path, names in further.items() if names} == exports | {"/api/v1/changes/": ["Retry-After"]}


@pytest.mark.parametrize("name", ["claimed", "reviewed", "due", "published", "updated"])
def test_days_of_filters_say_that_they_count(name: str) -> None:
    words = {
        parameter["name"]: parameter["description"]
        for parameter in description()["paths"]["/api/v1/claims/"]["get"]["parameters"]
    }

    assert ("this day or later" in words[f"{name}_after"], "this day or earlier" in words[f"{name}_before"]) == (
        True,
        True,
    )


def test_after_and_until_of_exports_say_what_they_count() -> None:
    described = description()["paths"]["/api/v1/exports/claims.ndjson"]["get"]

    assert {parameter["name"]: parameter["description"] for parameter in described["parameters"]} == {
        "after": "The sequence on the last line that you hold, to go on behind its object; 0 unless given.",
        "until": "What was first published after this sequence is left out; the record's head unless given.",
    }
    assert "each with the sequence on the last line of the part before as `after`" in described["description"]


def test_every_member_of_a_claim_is_in_the_guide_to_the_record() -> None:
    members = CLAIM.keys() | CLAIM_PARTS["ExternalReview"]["properties"].keys()

    assert [name for name in sorted(members) if f"`{name}`" not in RECORD] == []


@pytest.mark.django_db
def test_schema_is_served_with_its_address(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"

    response = client.get("/api/v1/schema/")

    assert response["Content-Type"] == "application/json"
    assert response.json() == json.loads(json.dumps(description())) | {"servers": [{"url": "https://facts.example"}]}


@pytest.mark.django_db
def test_schema_takes_no_parameters(client: Client) -> None:
    response = client.get("/api/v1/schema/?format=yaml")

    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "format")


def _described(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        yield from ((f"{path} {parameter['name']}", parameter) for parameter in item["get"]["parameters"])
    for name, schema in described["components"]["schemas"].items():
        yield name, schema
        yield from ((f"{name}.{member}", found) for member, found in schema["properties"].items())
