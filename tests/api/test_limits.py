"""Who may read how often, and what headers say of it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing, usage
from claims.domain.partners import create_key, revoke_key
from claims.models import KeyUsage, PartnerKey, RateWindow
from tests import factories
from tests.factories import PartnerFactory
from tests.histories import changed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]

LIST, EXPORT, SEARCH = "/api/v1/claims/", "/api/v1/exports/claims.ndjson", "/v1alpha1/claims:search?query=so"
ANYONE = "fc_aaaaaaaa_" + "b" * 43
HALF_PAST = datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def half_past(settings: LazySettings) -> Any:
    """Thirty seconds before the end of a minute, with a rate of 3 for everybody."""
    settings.ANONYMOUS_RATE = 3
    with time_machine.travel(HALF_PAST, tick=False):
        yield


def made(rate: int = 5, scopes: tuple[str, ...] = ("read", "search", "export"), **given: Any) -> tuple[PartnerKey, str]:
    return create_key(PartnerFactory.create(), name="mirror", scopes=scopes, rate=rate, **given)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def limits(response: Any) -> list[str | None]:
    return [response.get(name) for name in ("RateLimit-Policy", "RateLimit", "Retry-After")]


@pytest.mark.parametrize("path", [LIST, EXPORT, SEARCH, "/api/v1/claims/no-such/", "/api/nothing", "/api/v1/claims"])
def test_anonymous_reader_counts_down(client: Client, path: str) -> None:
    answers = [limits(client.get(path)) for _ in range(4)]

    policy = '"anonymous";q=3;w=60'
    assert answers[:3] == [[policy, f'"anonymous";r={left};t=30', None] for left in (2, 1, 0)]
    assert answers[3] == [policy, '"anonymous";r=0;t=30', "30"]


def test_anonymous_reader_over_the_rate(client: Client) -> None:
    for _ in range(3):
        client.get(LIST)
    response = client.get(LIST, headers={"If-None-Match": client.get("/claims/")["ETag"]})

    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert json.loads(response.content) == {
        "type": "urn:factcheck:problem:too-many-requests",
        "title": "Too many requests",
        "status": 429,
        "detail": "More than 3 requests in a minute. Ask again in 30 seconds.",
    }
    assert (response["Cache-Control"], response["Access-Control-Allow-Origin"]) == ("no-store", "*")
    with time_machine.travel(HALF_PAST + timedelta(seconds=30), tick=False):
        assert client.get(LIST).status_code == 200


def test_unchanged_answer_counts(client: Client) -> None:
    etag = client.get(LIST)["ETag"]
    answers = [client.get(LIST, headers={"If-None-Match": etag}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [304, 304, 429]
    assert limits(answers[1])[1] == '"anonymous";r=0;t=30'


@pytest.mark.parametrize("method", ["head", "options", "post", "delete"])
def test_every_method_counts(client: Client, method: str) -> None:
    for _ in range(3):
        getattr(client, method)(LIST)

    response = getattr(client, method)(LIST)

    assert response.status_code == 429
    assert (response.content == b"") == (method == "head")


@pytest.mark.parametrize("path", ["/", "/claims/", "/healthz", "/readyz", "/admin/login/", "/$discovery/rest", "/apis"])
def test_other_addresses_have_no_limit(client: Client, path: str) -> None:
    answers = [client.get(path) for _ in range(5)]

    assert 429 not in {answer.status_code for answer in answers}
    assert limits(answers[-1]) == [None, None, None]


def test_no_limit_at_all(client: Client, settings: LazySettings) -> None:
    settings.ANONYMOUS_RATE = 0
    answers = [client.get(LIST) for _ in range(5)]

    assert [(answer.status_code, limits(answer)) for answer in answers] == [(200, [None, None, None])] * 5


def test_addresses_are_not_written_down(client: Client) -> None:
    client.get(LIST, REMOTE_ADDR="203.0.113.77")

    assert ("203.0.113.77" in RateWindow.objects.get().subject, len(RateWindow.objects.get().subject)) == (False, 64)


def test_key_has_a_rate_of_its_own(client: Client) -> None:
    key, secret = made(rate=4)
    for _ in range(4):
        client.get(LIST)

    answers = [client.get(LIST, headers=bearer(secret)) for _ in range(5)]
    usage.write()

    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert limits(answers[0]) == ['"key";q=4;w=60', '"key";r=3;t=30', None]
    assert (answers[4]["Cache-Control"], limits(answers[4])[2]) == ("no-store", "30")
    used = KeyUsage.objects.values_list("key", "day", "requests", "refused")
    assert list(used) == [(key.pk, HALF_PAST.date(), 5, 1)]


@pytest.mark.parametrize("path", [LIST, SEARCH, "/api/v1/", "/api/v1/claims/no-such/"])
def test_answer_does_not_depend_on_the_key(client: Client, path: str) -> None:
    anonymous, known = client.get(path), client.get(path, headers=bearer(made()[1]))

    assert (anonymous.status_code, anonymous.content, anonymous.get("ETag")) == (
        known.status_code,
        known.content,
        known.get("ETag"),
    )


def test_answer_with_a_key_is_for_no_shared_cache(client: Client) -> None:
    secret = made()[1]
    anonymous, known = client.get(LIST), client.get(LIST, headers=bearer(secret))
    unchanged = client.get(LIST, headers=bearer(secret) | {"If-None-Match": known["ETag"]})
    waited = client.get("/api/v1/changes/?wait=0", headers=bearer(secret))

    kept = [answer["Cache-Control"] for answer in (anonymous, known, unchanged, waited)]
    assert kept == ["public, no-cache", "private, no-cache", "private, no-cache", "no-store"]
    assert unchanged.status_code == 304
    assert {answer["Vary"] for answer in (anonymous, known, unchanged)} == {"Accept, Accept-Encoding, Authorization"}
    assert client.get(SEARCH)["Vary"] == "Accept, Accept-Encoding, Authorization, X-Goog-Api-Key"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (LIST, 200),
        ("/api/v1/claims/new/", 200),
        ("/api/v1/claims/old/", 301),
        ("/api/v1/claims", 301),
        ("/api/v1/nothing/", 404),
        ("/api/v1/claims/no-such/", 404),
        ("/api/v1/topics/gone/", 410),
        ("/api/v1/claims/?conclusive=perhaps", 400),
        ("/api/v1/changes/?wait=0", 200),
        ("/api/v1/docs/", 200),
        (EXPORT, 200),
        (SEARCH, 200),
        ("/v1alpha1/nothing", 404),
        ("/$discovery/rest", 200),
    ],
)
def test_standing_is_on_no_answer_that_a_cache_may_give_to_others(
    client: Client, path: str, status: int, settings: LazySettings
) -> None:
    settings.ANONYMOUS_RATE = 100
    claim, topic = factories.ClaimFactory.create(slug="old"), factories.TopicFactory.create(slug="gone")
    publishing.publish_all([claim, topic], by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")
    publishing.retract(topic, by="ed", reason="Too wide.")

    response: Any = client.get(path)

    assert (response.status_code, "RateLimit" in response) == (status, not path.startswith("/$"))
    asks_again = {"no-cache", "no-store"} & set(response.get("Cache-Control", "").split(", "))
    assert "RateLimit" not in response or len(asks_again) == 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/claims", 301),
        ("get", "/api/v1/claims/no-such/", 404),
        ("get", "/api/v1/claims/?conclusive=perhaps", 400),
        ("post", LIST, 405),
        ("get", "/v1alpha1/nothing", 404),
    ],
)
@pytest.mark.parametrize("rate", [0, 100])
def test_error_is_asked_for_again_with_a_limit_and_without(
    client: Client, settings: LazySettings, *, method: str, path: str, status: int, rate: int
) -> None:
    settings.ANONYMOUS_RATE = rate

    response = getattr(client, method)(path)

    assert (response.status_code, response.get("Cache-Control")) == (status, "no-cache")


def test_reader_behind_a_shared_cache_is_told_of_their_own_standing(client: Client) -> None:
    """The cache holds what one was answered, and asks us with the other's request: the 304 has that one's headers."""
    other = Client(REMOTE_ADDR="198.51.100.7")
    held = [client.get(LIST) for _ in range(2)][-1]

    unchanged = other.get(LIST, headers={"If-None-Match": held["ETag"]})

    assert (held["Cache-Control"], limits(held)[1]) == ("public, no-cache", '"anonymous";r=1;t=30')
    assert (unchanged.status_code, limits(unchanged)[1]) == (304, '"anonymous";r=2;t=30')


@pytest.mark.parametrize(
    ("authorization", "detail"),
    [
        ("", "This is not a key of ours."),
        ("Bearer", "This is not a key of ours."),
        ("Bearer x", "This is not a key of ours."),
        (ANYONE, "This is not a key of ours."),
        (f"Basic {ANYONE}", "This is not a key of ours."),
        (f"Bearer {ANYONE}, Bearer {ANYONE}", "This is not a key of ours."),
        ("Bearer \xff", "This is not a key of ours."),
        (f"bearer  {ANYONE} ", "There is no such key."),
    ],
)
def test_wrong_key(client: Client, authorization: str, detail: str) -> None:
    response = client.get(LIST, headers={"Authorization": authorization})

    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert json.loads(response.content) == {
        "type": "urn:factcheck:problem:invalid-key",
        "title": "Invalid key",
        "status": 401,
        "detail": f"{detail} Write `Authorization: Bearer KEY`, or ask without a key.",
    }
    assert (response["WWW-Authenticate"], response["Cache-Control"]) == ('Bearer error="invalid_token"', "no-store")
    assert (response["Access-Control-Allow-Origin"], response["Vary"]) == ("*", "Authorization")


def test_guessing_keys_has_the_rate_of_the_address(client: Client) -> None:
    answers = [client.get(LIST, headers=bearer(ANYONE)).status_code for _ in range(4)]

    assert answers == [401, 401, 401, 429]


def test_key_that_works_no_more(client: Client) -> None:
    revoked, secret = made()
    before = client.get(LIST, headers=bearer(secret)).status_code
    revoke_key(revoked)
    expired = made(expires_at=timezone.now())[1]

    details = [json.loads(client.get(LIST, headers=bearer(known)).content)["detail"] for known in (secret, expired)]

    assert before == 200
    assert [detail.partition(".")[0] for detail in details] == ["This key was revoked", "This key has expired"]


@pytest.mark.parametrize(("path", "scope"), [(LIST, "read"), (SEARCH, "search"), (EXPORT, "export")])
def test_scopes(client: Client, path: str, scope: str) -> None:
    others = tuple({"read", "search", "export"} - {scope})

    allowed = client.get(path, headers=bearer(made(scopes=(scope,))[1]))
    refused = client.get(path, headers=bearer(made(scopes=others)[1]))

    assert (allowed.status_code, refused.status_code) == (200, 403)
    assert refused["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="{scope}"'
    problem = refused.json()
    detail = problem["error"]["message"] if "error" in problem else problem["detail"]
    assert detail == (
        f"This key is not for this address: it lacks the scope “{scope}”. Ask without it, or for another key."
    )


def test_key_without_the_scope_counts_as_that_key(client: Client) -> None:
    key, secret = made(rate=2, scopes=("search",))

    answers = [client.get(LIST, headers=bearer(secret)) for _ in range(3)]
    usage.write()

    assert [(answer.status_code, *limits(answer)) for answer in answers] == [
        (403, '"key";q=2;w=60', '"key";r=1;t=30', None),
        (403, '"key";q=2;w=60', '"key";r=0;t=30', None),
        (429, '"key";q=2;w=60', '"key";r=0;t=30', "30"),
    ]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    assert limits(client.get(LIST))[1] == '"anonymous";r=2;t=30'
    assert list(KeyUsage.objects.values_list("key", "requests", "refused")) == [(key.pk, 3, 1)]


def test_queries_of_a_key(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    secret = made(rate=6000)[1]
    client.get(LIST, headers=bearer(secret))

    with django_assert_num_queries(3):  # the key, the head of the record, the page
        client.get(LIST, headers=bearer(secret))


@pytest.mark.parametrize("value", ["any", "AIzaSyA-1234567890", "", "%00", "북한", "fc_x"])
def test_unknown_value_of_googles_key_is_harmless(client: Client, value: str) -> None:
    answers = [client.get(f"{SEARCH}&key={value}"), client.get(SEARCH, headers={"X-Goog-Api-Key": value})]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {})] * 2
    assert limits(answers[1])[1] == '"anonymous";r=1;t=30'


def test_our_key_where_google_has_its_own(client: Client) -> None:
    secret = made()[1]
    form = {"data": f"query=so&key={secret}", "content_type": "application/x-www-form-urlencoded"}
    answers = [
        client.get(f"{SEARCH}&key={secret}"),
        client.get(SEARCH, headers={"X-Goog-Api-Key": secret}),
        client.post("/v1alpha1/claims:search", **form, headers={"X-HTTP-Method-Override": "GET"}),  # type: ignore[arg-type]
    ]

    assert [(answer.status_code, limits(answer)[1]) for answer in answers] == [
        (200, f'"key";r={left};t=30') for left in (4, 3, 2)
    ]


def test_errors_in_googles_shape(client: Client) -> None:
    wrong, other = client.get(f"{SEARCH}&key={ANYONE}"), client.get(f"{SEARCH}&key={made(scopes=('read',))[1]}")
    for _ in range(2):
        client.get(SEARCH)
    many = client.get(SEARCH)

    errors = [answer.json()["error"] for answer in (wrong, other, many)]
    assert [(answer.status_code, answer["Content-Type"]) for answer in (wrong, other, many)] == [
        (status, "application/json") for status in (401, 403, 429)
    ]
    assert [(error["code"], error["status"]) for error in errors] == [
        (401, "UNAUTHENTICATED"),
        (403, "PERMISSION_DENIED"),
        (429, "RESOURCE_EXHAUSTED"),
    ]
    assert many["Retry-After"] == "30"


def test_key_parameter_is_none_of_the_api(client: Client) -> None:
    response = client.get(f"{LIST}?key={made()[1]}")

    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "key")
