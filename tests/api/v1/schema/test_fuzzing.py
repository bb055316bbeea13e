"""Requests made up from the description, valid and not: every answer is as described, and none is a 500."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode

from claims.api.v1.schema.description import description
from claims.domain.partners import HIGHEST_RATE, create_key
from claims.enums import KeyScope
from tests.factories import PartnerFactory

DESCRIBED = description()
SCHEMA = schemathesis.openapi.from_dict(dict(DESCRIBED))
SCHEMA.app = get_wsgi_application()
TAGS = {path: item["get"]["tags"][0] for path, item in DESCRIBED["paths"].items()}
SETTINGS = settings(
    max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def kept_connection(loaded: None) -> Iterator[None]:
    """As Django's test client does: a request must not end the connection that holds the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(params=["anonymous", "key"])
def headers(request: pytest.FixtureRequest, loaded: None, fresh_counts: None) -> dict[str, str]:
    """Those of who asks without a key, and of who asks with one."""
    if request.param == "anonymous":
        return {}
    _, secret = create_key(PartnerFactory.create(), name="fuzz", scopes=KeyScope.values, rate=HIGHEST_RATE)
    return {"Authorization": f"Bearer {secret}"}


# By tag, since the demo is loaded for each test; schemathesis' own parametrising gives all tests one name.
@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("tag", sorted(set(TAGS.values())))
def test_answers_are_as_described(tag: str, headers: dict[str, str]) -> None:
    paths = [path for path in TAGS if TAGS[path] == tag]

    asked = {path: _ask(path, GenerationMode.POSITIVE, headers) for path in paths}
    for path in paths:
        if DESCRIBED["paths"][path]["get"]["parameters"]:
            asked[path] += _ask(path, GenerationMode.NEGATIVE, headers)

    assert [path for path, count in asked.items() if not count] == []


def _ask(path: str, mode: GenerationMode, headers: dict[str, str]) -> int:
    """Raises when an answer is not as described. Returns how many were looked at."""
    asked = 0

    @SETTINGS
    @given(case=SCHEMA[path]["GET"].as_strategy(generation_mode=mode))
    def answer_is_as_described(case: Case[Any]) -> None:
        if case.query.get("wait") in range(2, 31):
            case.query["wait"] = 1  # long enough to show what waiting answers
        # The WSGI client unpacks nothing.
        plain = {"Accept-Encoding": "identity"}
        answer = case.call_and_validate(base_url="http://127.0.0.1", headers=headers | plain)
        policy = f'"key";q={HIGHEST_RATE};w=60'
        assert answer.headers.get("ratelimit-policy") == ([policy] if headers else None)
        nonlocal asked
        asked += 1

    answer_is_as_described()
    return asked
