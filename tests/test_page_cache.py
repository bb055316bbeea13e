import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import brotli
import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.middleware import record_head_middleware, response_middleware
from claims.models import Claim
from claims.page_cache import MOST_BYTES
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
LONG = b"It is so. " * 200
DECODERS: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
get = RequestFactory().get


@pytest.fixture(autouse=True)
def _cache(settings: LazySettings) -> Iterator[None]:
    settings.CACHES = {
        name: {"BACKEND": LOCMEM, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": 4}} for name in ("default", "queries")
    }
    for cache in caches.all():
        cache.clear()
    yield
    for name in settings.CACHES:
        caches[name].clear()


class View:
    """Answers with what it was made with, and counts how often it was asked."""

    def __init__(self, body: bytes = LONG, **options: Any) -> None:
        self.body, self.options, self.asked = body, options, 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        return HttpResponse(self.body, **self.options)


def ask(view: Callable[[HttpRequest], HttpResponseBase], *requests: HttpRequest) -> list[Any]:
    middleware = response_middleware(record_head_middleware(view))
    return [middleware(request) for request in requests]


def test_page_is_made_once(settings: LazySettings) -> None:
    view = View(headers={"X-Kept": "yes"})

    first, second = ask(view, get("/claims/"), get("/claims/"))

    assert view.asked == 1
    assert (second.status_code, second.content, dict(second.items())) == (200, LONG, dict(first.items()))
    assert (second["X-Kept"], second["Cache-Control"]) == ("yes", "public, no-cache")


def test_warm_page_asks_for_the_head_alone(
    client: Client, full_claim: Claim, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publishing.publish(full_claim, by="ed")
    cold = client.get(f"/claims/{full_claim.slug}/")

    with django_assert_num_queries(1):
        warm = client.get(f"/claims/{full_claim.slug}/")

    assert (warm.content, warm["ETag"], warm["Content-Security-Policy"], warm["Referrer-Policy"]) == (
        cold.content,
        cold["ETag"],
        cold["Content-Security-Policy"],
        cold["Referrer-Policy"],
    )


def test_publishing_shows_at_once(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    before = client.get(f"/claims/{claim.slug}/").content.decode()

    publishing.publish(changed(claim, text="It is otherwise."), by="ed")

    assert ("It is otherwise." in before) is False
    assert "It is otherwise." in client.get(f"/claims/{claim.slug}/").content.decode()


def test_retraction_is_kept_as_such(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="It was a joke.")

    answers = [client.get(f"/claims/{claim.slug}/") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert answers[0].content == answers[1].content


def test_another_day_is_another_page(client: Client) -> None:
    claim = factories.ForecastFactory.create(due_end=date(2019, 2, 23), due_granularity="week")
    shown = []
    publishing.publish(claim, by="ed")
    for day in (23, 23, 24):
        with time_machine.travel(datetime(2019, 2, day, 12, tzinfo=UTC), tick=False):
            shown.append("Overdue" in client.get(f"/claims/{claim.slug}/").content.decode())

    assert shown == [False, False, True]


@pytest.mark.parametrize(
    "other",
    [
        get("/forecasts/"),
        get("/ko/claims/"),
        get("/claims/?q=a"),
        get("/claims/", headers={"Accept": "text/markdown"}),
        get("/claims/", headers={"Accept-Encoding": "gzip"}),
        get("/claims/", headers={"Host": "127.0.0.1"}),
        get("/claims/", secure=True),
    ],
    ids=["path", "language", "query", "form", "encoding", "host", "scheme"],
)
def test_what_makes_another_page(other: HttpRequest) -> None:
    view = View()

    ask(view, get("/claims/"), other, other)

    assert view.asked == 2


def test_host_does_not_matter_where_the_public_address_is_known(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    view = View()

    ask(view, get("/claims/"), get("/claims/", headers={"Host": "127.0.0.1"}))

    assert view.asked == 1


def test_host_that_is_not_ours_is_refused_though_the_page_is_there(client: Client, settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    warm = client.get("/claims/")

    refused = client.get("/claims/", headers={"Host": "evil.example"})

    assert (warm.status_code, refused.status_code) == (200, 400)


def test_head_is_answered_from_the_page() -> None:
    view = View()

    page, head = ask(view, get("/claims/"), RequestFactory().head("/claims/"))

    assert (view.asked, head.content, head["Content-Length"], head["ETag"]) == (1, b"", str(len(LONG)), page["ETag"])


def test_head_that_comes_first_keeps_the_page() -> None:
    view = View()

    _, page = ask(view, RequestFactory().head("/claims/"), get("/claims/"))

    assert (view.asked, page.content) == (1, LONG)


@pytest.mark.parametrize(
    "view",
    [
        View(status=404),
        View(status=500),
        View(headers={"Vary": "Cookie"}),
        View(headers={"Vary": "Accept-Language"}),
        View(headers={"Cache-Control": "private"}),
        View(headers={"Cache-Control": "no-store"}),
        View(b"x" * (MOST_BYTES + 1)),
    ],
    ids=["404", "500", "cookie", "language", "private", "no-store", "large"],
)
def test_answer_that_is_not_kept(view: View) -> None:
    ask(view, get("/claims/"), get("/claims/"))

    assert view.asked == 2


def test_answer_that_sets_a_cookie_is_not_kept_nor_validated() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(LONG)
        response.set_cookie("token", request.headers["X-Who"])
        return response

    answers = ask(view, *(get("/claims/", headers={"X-Who": who}) for who in "ab"))

    assert [answer.cookies["token"].value for answer in answers] == ["a", "b"]
    assert ["ETag" in answer for answer in answers] == [False, False]


@pytest.mark.parametrize("path", ["/api/v1/claims/", "/admin/login/", "/healthz"])
def test_address_that_is_not_kept(path: str) -> None:
    view = View()

    ask(view, get(path), get(path))

    assert view.asked == 2


def test_nothing_is_kept_while_debugging(settings: LazySettings) -> None:
    settings.DEBUG = True
    view = View()

    ask(view, get("/claims/"), get("/claims/"))

    assert view.asked == 2


def test_queries_without_end_push_out_no_page() -> None:
    view = View()

    ask(view, get("/claims/"), *(get(f"/claims/?q={number}") for number in range(20)), get("/claims/"))

    assert view.asked == 21


@pytest.mark.parametrize("accept", ["br, gzip", "gzip", ""])
def test_kept_page_is_compressed(accept: str) -> None:
    view = View()
    encoding = accept[:4].partition(",")[0]

    answers = ask(view, *(get("/claims/", headers={"Accept-Encoding": accept}) for _ in range(2)))

    assert view.asked == 1
    for answer in answers:
        assert DECODERS[encoding](answer.content) == LONG
        assert (answer.get("Content-Encoding", ""), answer["Vary"]) == (encoding, "Accept, Accept-Encoding")
        assert answer.get("Content-Length", str(len(LONG))) == str(len(answer.content))


def test_tag_is_the_same_however_compressed() -> None:
    plain, small = ask(View(), get("/claims/"), get("/claims/", headers={"Accept-Encoding": "br"}))

    (unchanged,) = ask(View(), get("/claims/", headers={"Accept-Encoding": "gzip", "If-None-Match": small["ETag"]}))

    assert plain["ETag"] == small["ETag"]
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_tag_of_one_form_does_not_validate_another() -> None:
    (page,) = ask(View(), get("/claims/a/"))
    headers = {"Accept": "text/markdown", "If-None-Match": page["ETag"]}

    (other,) = ask(View(), get("/claims/a/", headers=headers))

    assert other.status_code == 200


def test_short_answer_is_left_as_it_is() -> None:
    (answer,) = ask(View(b"short"), get("/claims/", headers={"Accept-Encoding": "gzip"}))

    assert (answer.content, "Content-Encoding" in answer) == (b"short", False)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_export_is_compressed_while_it_is_sent(client: Client, claim: Claim, form: str, encoding: str) -> None:
    publishing.publish(claim, by="ed")
    plain: Any = client.get(f"/api/v1/exports/claims.{form}")

    small: Any = client.get(f"/api/v1/exports/claims.{form}", headers={"Accept-Encoding": encoding})

    assert (small["Content-Encoding"], "Content-Length" in small) == (encoding, False)
    assert "Accept-Encoding" in small["Vary"]
    assert DECODERS[encoding](b"".join(small.streaming_content)) == b"".join(plain.streaming_content)


def test_export_that_is_compressed_already(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    answer: Any = client.get("/api/v1/exports/claims.ndjson.gz", headers={"Accept-Encoding": "br"})

    assert "Content-Encoding" not in answer
    assert gzip.decompress(b"".join(answer.streaming_content)).endswith(b"}\n")


def test_head_of_a_stream_has_no_body() -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse((), content_type="text/csv")

    (answer,) = ask(view, RequestFactory().head("/x.csv", headers={"Accept-Encoding": "gzip"}))

    assert (b"".join(answer.streaming_content), answer["Content-Encoding"]) == (b"", "gzip")


@pytest.mark.parametrize("path", ["/claims/feed.json", "/claims/feed.atom", "/api/v1/claims/", "/api/v1/changes/"])
def test_answers_of_programs_are_compressed(client: Client, full_claim: Claim, path: str) -> None:
    publishing.publish(full_claim, by="ed")
    plain = client.get(path)

    small = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content


def test_cache_that_is_down_leaves_the_site_up(settings: LazySettings, caplog: pytest.LogCaptureFixture) -> None:
    broken = {"BACKEND": "tests.test_page_cache.Broken", "LOCATION": ""}
    settings.CACHES = {"default": broken, "queries": broken}
    view = View()

    answers = ask(view, get("/claims/"), get("/claims/"))

    assert ([answer.status_code for answer in answers], view.asked) == ([200, 200], 2)
    assert "CACHE_URL does not work" in caplog.text


class Broken:
    """As the client of a server that does not answer."""

    def __init__(self, location: str, parameters: dict[str, Any]) -> None:
        self.location = location

    def get(self, key: str) -> None:
        raise ConnectionError("nobody listens")

    def set(self, *arguments: object) -> None:
        raise ConnectionError("nobody listens")

    def clear(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("path", "asked"), [("/about/", 1), ("/tips/", 2), ("/ko/tips/", 2), (f"/tips/{'0' * 40}/", 2)]
)
def test_own_pages_are_kept_and_tips_never(path: str, asked: int) -> None:
    view = View()

    ask(view, get(path), get(path))

    assert view.asked == asked
