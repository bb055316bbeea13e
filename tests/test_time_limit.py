"""A statement without end, on the database in use: it is stopped, and nothing else is."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from rest_framework.request import Request

from claims import time_limit as limits
from claims.api.base import ApiView, json_response
from claims.api.v1alpha1.views import GoogleView
from claims.time_limit import time_limit, was_stopped
from factcheck import urls

pytestmark = pytest.mark.django_db

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i % 7 + 1 FROM n) SELECT COUNT(*) FROM n"


def _run(sql: str) -> Any:
    """In a part of its own of the test's transaction, which an error must not end."""
    with transaction.atomic():
        return _ask(sql)


def _ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(_run(ENDLESS)))


class Answer(ApiView):
    def get(self, request: Request) -> HttpResponse:
        return json_response(str(_run(ENDLESS)).encode())


class FactChecks(GoogleView):
    def get(self, request: Request) -> HttpResponse:
        return json_response(str(_run(ENDLESS)).encode())


urlpatterns = [
    path("endless/", page),
    path("api/v1/endless/", Answer.as_view()),
    path("v1alpha1/endless", FactChecks.as_view()),
    *urls.urlpatterns,
]


def test_statement_without_end_is_stopped() -> None:
    began = time.monotonic()

    with time_limit(0.2), pytest.raises(OperationalError) as stopped:
        _run(ENDLESS)

    assert was_stopped(stopped.value)
    assert time.monotonic() - began < 5
    assert _run("SELECT 1") == [(1,)]


def test_other_errors_are_none_of_a_time_limit() -> None:
    with time_limit(5), pytest.raises(DatabaseError) as failed:
        _run("SELECT nothing FROM nowhere")

    assert not was_stopped(failed.value)


def test_nothing_is_stopped_after_the_limited_part() -> None:
    with time_limit(0.3):
        _run("SELECT 1")
    time.sleep(0.4)

    with time_limit(60):
        time.sleep(2 * limits.INTERVAL)
        assert _run("SELECT 2") == [(2,)]


def test_connection_that_is_late_but_idle_goes_on() -> None:
    with time_limit(0.1):
        time.sleep(0.1 + 2 * limits.INTERVAL)
        assert _run("SELECT 1") == [(1,)]


def test_only_the_connection_that_is_late_is_stopped() -> None:
    outcomes: dict[str, object] = {}

    def asks(name: str, seconds: float, then: Callable[[], Any]) -> None:
        with time_limit(seconds):
            try:
                outcomes[name] = then()
            except DatabaseError as error:
                outcomes[name] = was_stopped(error)
        connection.connection.close()  # Django's own closing spares databases in memory

    def patient() -> Any:
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            _ask("SELECT 1")
        return "finished"

    threads = [
        threading.Thread(target=asks, args=("late", 0.2, lambda: _ask(ENDLESS))),
        threading.Thread(target=asks, args=("in time", 60, patient)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert outcomes == {"late": True, "in time": "finished"}


class Lost:
    """A connection that ends before it can be stopped."""

    vendor = "sqlite"

    class connection:  # noqa: N801 (as Django calls it)
        @staticmethod
        def interrupt() -> None:
            raise OperationalError("closed")


def test_connection_that_cannot_be_stopped_leaves_the_others_watched(caplog: pytest.LogCaptureFixture) -> None:
    limits.WATCH.begin(limits.Watched(Lost(), time.monotonic()))

    with time_limit(3 * limits.INTERVAL), pytest.raises(OperationalError):
        _run(ENDLESS)

    assert [record.message for record in caplog.records] == ["A statement that takes too long could not be stopped."]


def test_watch_ends_after_a_pause_and_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = limits.Watch()
    with monkeypatch.context() as patch:
        patch.setattr(limits, "INTERVAL", 0.001)
        first = limits.Watched(connection, time.monotonic() + 60)
        watch.begin(first)
        watch.end(first)
        deadline = time.monotonic() + 10
        while watch._thread and time.monotonic() < deadline:
            time.sleep(0.01)
        ended = watch._thread is None
        watch.begin(limits.Watched(connection, time.monotonic() + 60))

    assert (ended, watch._thread is not None) == (True, True)


@pytest.fixture
def hurried(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.QUERY_SECONDS = 1


@pytest.mark.usefixtures("hurried")
def test_page_that_takes_too_long_says_so(client: Client) -> None:
    response = client.get("/endless/")

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "<h1>This takes too long</h1>" in response.content.decode()
    assert "ETag" not in response


@pytest.mark.usefixtures("hurried")
def test_api_that_takes_too_long_says_so(client: Client) -> None:
    response = client.get("/api/v1/endless/")

    problem = response.json()
    assert (problem["type"], problem["status"]) == ("urn:factcheck:problem:took-too-long", 503)
    assert problem["detail"].startswith("The answer was stopped so that others need not wait.")
    assert (response.status_code, response["Retry-After"], response["Access-Control-Allow-Origin"]) == (503, "30", "*")


@pytest.mark.usefixtures("hurried")
def test_fact_checks_that_take_too_long_say_so_in_googles_form(client: Client) -> None:
    response = client.get("/v1alpha1/endless")

    assert (response.status_code, response.json()["error"]["status"]) == (503, "UNAVAILABLE")
