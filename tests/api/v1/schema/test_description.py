import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django import Settings

from claims.api.v1.schema.description import description
from claims.api.v1.views import ClaimViewSet, RecordViewSet
from claims.filters import ClaimFilter


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

    assert list(responses) == ["200", "301", "304", "400", "401", "403", "404", "405", "410", "429", "503"]
    assert issubclass(ClaimViewSet, RecordViewSet)


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
