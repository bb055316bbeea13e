from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from claims.api.v1alpha1.parameters import COMMON, SEARCH
from tests.api.v1alpha1.conftest import Ask, checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client: Client) -> Any:
    return client.get("/$discovery/rest?version=v1alpha1").json()


def test_discovery_of_our_own_address(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"

    document = client.get("/$discovery/rest").json()

    assert (document["rootUrl"], document["id"]) == ("https://facts.example/", "factchecktools:v1alpha1")


def test_every_parameter_is_described(document: Any) -> None:
    method = document["resources"]["claims"]["methods"]["search"]

    assert list(method["parameters"]) == list(SEARCH)
    assert sorted(document["parameters"]) == sorted(COMMON)


def test_every_member_of_an_answer_is_described(document: Any, ask: Ask) -> None:
    for text in ("so", "so"):
        checked(text, claimed_on="2019-02-09")

    response = document["resources"]["claims"]["methods"]["search"]["response"]

    assert _shape(ask(query="so", pageSize=1)) == _described(response, document["schemas"])


def _shape(value: Any) -> Any:
    match value:
        case dict():
            return {name: _shape(member) for name, member in value.items()}
        case list():
            return [_shape(member) for member in value]
    return "string"


def _described(schema: Any, schemas: Any) -> Any:
    if "$ref" in schema:
        schema = schemas[schema["$ref"]]
    match schema["type"]:
        case "object":
            return {name: _described(member, schemas) for name, member in schema["properties"].items()}
        case "array":
            return [_described(schema["items"], schemas)]
    return schema["type"]
