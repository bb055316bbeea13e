"""The demo's answers, and a validator that takes nothing that is not described."""

from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claims.api.v1.schema.description import description
from claims.domain import demo

Check = Callable[[str, Any], list[str]]


def closed(schema: Any) -> Any:
    """The schema with objects that hold no members but those described."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(value) for name, value in schema.items()}
    return found | ({"additionalProperties": False} if "properties" in schema else {})


@pytest.fixture(scope="session")
def check() -> Check:
    """Give what is wrong with a value as the component of this name."""
    components = closed(description()["components"])

    def errors(component: str, value: Any) -> list[str]:
        schema = {"$ref": f"#/components/schemas/{component}", "components": components}
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return [f"{component} {error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    return errors


@pytest.fixture
def loaded(db: None) -> None:
    demo.load()
