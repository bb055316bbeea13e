"""Endpoints of partners on the desk."""

import json
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from standardwebhooks import Webhook

from claims.domain import publishing, webhook_messages, webhook_queue
from claims.domain.webhook_worker import Worker
from claims.filters import claims_matching
from claims.models import WebhookDelivery, WebhookEndpoint
from tests import factories
from tests.admin.forms import complaints, filled, messages, path, save
from tests.receivers import Receiver, receiver

MAY: dict[str, list[str]] = {
    "staff": [],
    "viewer": ["view_webhookendpoint", "view_webhookdelivery"],
    "editor": ["view_webhookendpoint", "add_webhookendpoint", "change_webhookendpoint", "view_webhookdelivery"],
}
PEOPLE = ["anonymous", *MAY, "superuser"]


def _client(person: str) -> Client:
    client = Client()
    if person != "anonymous":
        user = factories.UserFactory.create(username=person, is_staff=True, is_superuser=person == "superuser")
        user.user_permissions.set(Permission.objects.filter(codename__in=MAY.get(person, [])))
        client.force_login(user)
    return client


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Receiver]:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiver() as server:
        yield server


@pytest.fixture
def endpoint(db: None, server: Receiver) -> WebhookEndpoint:
    return factories.WebhookEndpointFactory.create(url=server.address("/hook"))


@pytest.fixture
def desk(db: None) -> Client:
    return _client("editor")


def _add(client: Client, **values: Any) -> Any:
    partner = factories.PartnerFactory.create()
    given = {"partner": partner.pk, "url": "http://8.8.8.8/hook", "filters": ""} | values
    return client.post(path("webhookendpoint", "add"), given)


def test_endpoint_is_made_and_its_secret_shown_once(desk: Client) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    response = _add(desk, kinds=["claim"], actions=["corrected", "retracted"], filters="?speaker=mike-pompeo")
    page = desk.get(response["Location"])
    again = desk.get(response["Location"], follow=True)

    endpoint = WebhookEndpoint.objects.get()
    secret = webhook_messages.secret(endpoint)
    assert (endpoint.kinds, endpoint.actions, endpoint.filters, endpoint.position) == (
        ["claim"],
        ["corrected", "retracted"],
        "speaker=mike-pompeo",
        1,
    )
    assert page.context["secret"] == secret
    assert page.content.decode().count(secret) == 1
    assert messages(again) == ["A secret is shown once. Rotate it to get a new one."]
    assert secret not in again.content.decode()


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        ({"url": ""}, ["Say where to send it."]),
        (
            {"url": "javascript:alert(1)"},
            ["A web address starts with http:// or https:// and has up to 2000 characters."],
        ),
        ({"url": "http://10.0.0.1/"}, ["10.0.0.1 is not on the public internet."]),
        ({"url": "http://[::ffff:127.0.0.1]/"}, ["::ffff:127.0.0.1 is not on the public internet."]),
        ({"url": "http://2130706433/"}, ["“2130706433” is a number, not the name of a host."]),
        ({"url": "http://u:p@8.8.8.8/"}, ["The address must not carry a user name or a password."]),
        (
            {"filters": "speaker=a&speaker=b", "kinds": ["claim"]},
            ["Write filters as name=value, each once, with & between."],
        ),
        ({"filters": "speaker=a"}, ["A filter is one of claims: tick Claim alone, or take the filter out."]),
        (
            {"filters": "speaker=a", "kinds": ["claim", "topic"]},
            ["A filter is one of claims: tick Claim alone, or take the filter out."],
        ),
        ({"kinds": ["bogus"]}, ["Select a valid choice. bogus is not one of the available choices."]),
        ({"filters": "q=\0", "kinds": ["claim"]}, ["Null characters are not allowed."]),
    ],
)
def test_endpoint_that_is_wrong(desk: Client, values: dict[str, Any], sentences: list[str]) -> None:
    page = _add(desk, **values)

    assert (complaints(page), WebhookEndpoint.objects.count()) == (sentences, 0)


def test_change_keeps_what_no_form_shows(desk: Client, endpoint: WebhookEndpoint) -> None:
    address = path("webhookendpoint", "change", endpoint.pk)
    page = desk.get(address)
    WebhookEndpoint.objects.update(position=7, generation=3, paused_at=timezone.now(), pause_reason="Dead.")

    desk.post(address, filled(page, kinds=["topic"]))

    endpoint.refresh_from_db()
    assert (endpoint.kinds, endpoint.position, endpoint.generation, endpoint.pause_reason) == (["topic"], 7, 3, "Dead.")


def test_rotated_secret_is_shown_once(desk: Client, endpoint: WebhookEndpoint) -> None:
    old = webhook_messages.secret(endpoint)

    asked = desk.get(path("webhookendpoint", "rotate", endpoint.pk)).content.decode()
    page = desk.post(path("webhookendpoint", "rotate", endpoint.pk), follow=True)

    endpoint.refresh_from_db()
    assert page.context["secret"] == webhook_messages.secret(endpoint) != old
    assert ("A new secret takes the place" in asked, old in asked) == (True, False)
    assert LogEntry.objects.get().change_message == "Rotated the secret."
    assert "earlier secret, too" in desk.get(path("webhookendpoint", "change", endpoint.pk)).content.decode()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ((200, {}, b"pong"), "It answered 200: “pong”"),
        ((500, {}, b"<b>no</b>"), "It answered 500: “<b>no</b>”"),
        ((204, {}, b""), "It answered 204, and nothing more."),
    ],
)
def test_ping(
    desk: Client, endpoint: WebhookEndpoint, server: Receiver, answer: tuple[int, dict[str, str], bytes], text: str
) -> None:
    server.answers = [answer]

    page = desk.post(path("webhookendpoint", "ping", endpoint.pk), follow=True)

    received = server.received[0]
    names = {name.lower(): value for name, value in received.headers.items()}
    Webhook(webhook_messages.secret(endpoint)).verify(received.body, names)
    assert (messages(page), json.loads(received.body)["type"]) == ([text], "ping")
    assert "<b>no" not in page.content.decode()


def test_ping_where_it_must_not_go(desk: Client, endpoint: WebhookEndpoint, settings: LazySettings) -> None:
    settings.OUTGOING_PRIVATE_NETWORKS = []

    page = desk.post(path("webhookendpoint", "ping", endpoint.pk), follow=True)

    assert messages(page) == ["There was no answer: “127.0.0.1 is not on the public internet.”"]


def test_pause_and_resume(desk: Client, endpoint: WebhookEndpoint, server: Receiver) -> None:
    def work() -> None:
        Worker(claims_matching, concurrency=1).run(once=True)

    desk.post(path("webhookendpoint", "pause", endpoint.pk))
    publishing.publish(factories.TopicFactory.create(), by="ed")
    work()
    endpoint.refresh_from_db()
    page = desk.get(path("webhookendpoint", "change", endpoint.pk)).content.decode()
    while_paused = len(server.received)
    desk.post(path("webhookendpoint", "resume", endpoint.pk))
    work()

    assert (endpoint.pause_reason, while_paused, len(server.received)) == ("By editor, on the desk.", 0, 1)
    assert '<span class="state state-retracted">Paused</span>' in page
    assert [entry.change_message for entry in LogEntry.objects.order_by("pk")] == ["Paused it.", "Resumed it."]


@pytest.mark.parametrize("page", ["changelist", "add", "change", "secret", "delivery", "deliveries"])
@pytest.mark.parametrize("person", PEOPLE)
def test_page(endpoint: WebhookEndpoint, person: str, page: str) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    addresses = {
        "changelist": path("webhookendpoint", "changelist"),
        "add": path("webhookendpoint", "add"),
        "change": path("webhookendpoint", "change", endpoint.pk),
        "secret": path("webhookendpoint", "secret", endpoint.pk),
        "deliveries": path("webhookdelivery", "changelist"),
        "delivery": path("webhookdelivery", "change", WebhookDelivery.objects.get().pk),
    }
    allowed = {"viewer": {"changelist", "change", "delivery", "deliveries"}, "editor": set(addresses) - {"secret"}}
    client = _client(person)

    response = client.get(addresses[page])

    if person == "anonymous":
        assert response["Location"].partition("?")[0] == "/admin/login/"
    elif page == "secret":  # nobody who has not just made it
        assert response["Location"] == path("webhookendpoint", "change", endpoint.pk)
    else:
        assert response.status_code == (200 if page in allowed.get(person, set()) or person == "superuser" else 403)


@pytest.mark.parametrize("deed", ["rotate", "ping", "pause", "resume", "replay"])
@pytest.mark.parametrize("person", PEOPLE)
def test_deed(endpoint: WebhookEndpoint, server: Receiver, person: str, deed: str) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    WebhookDelivery.objects.update(state="failed")
    if deed == "resume":
        WebhookEndpoint.objects.update(paused_at=timezone.now())
    address = (
        path("webhookdelivery", "replay", WebhookDelivery.objects.get().pk)
        if deed == "replay"
        else path("webhookendpoint", deed, endpoint.pk)
    )
    before = _state(server)
    client = _client(person)

    by_link = client.get(address)
    after_link = _state(server)
    client.post(address)

    may = person in {"editor", "superuser"}
    opened = 200 if deed == "rotate" else 405  # it is asked before
    assert (by_link.status_code, after_link) == ({"anonymous": 302}.get(person, opened if may else 403), before)
    assert (_state(server) != before) is may


def _state(server: Receiver) -> Any:
    endpoint = WebhookEndpoint.objects.values_list("generation", "paused_at").get()
    return endpoint, WebhookDelivery.objects.get().state, len(server.received)


def test_buttons_for_a_viewer(endpoint: WebhookEndpoint) -> None:
    page = _client("viewer").get(path("webhookendpoint", "change", endpoint.pk)).content.decode()

    assert [word for word in ("Rotate the secret", "Send a ping", "Pause") if f">{word}" in page] == []


@pytest.mark.parametrize("model", ["webhookendpoint", "webhookdelivery"])
def test_list_queries_do_not_grow_with_the_items(desk: Client, server: Receiver, model: str) -> None:
    def more() -> int:
        factories.WebhookEndpointFactory.create(url=server.address())
        publishing.publish(factories.TopicFactory.create(), by="ed")
        webhook_queue.fan_out(claims_matching)
        with CaptureQueriesContext(connection) as queries:
            desk.get(path(model, "changelist"))
        return len(queries)

    more()
    with_one = more()
    more()

    assert more() == with_one


def test_lists_show_state_and_answer(desk: Client, endpoint: WebhookEndpoint, server: Receiver) -> None:
    server.answers = [(503, {}, b"<i>busy</i>")]
    publishing.publish(factories.TopicFactory.create(slug="hanoi"), by="ed")
    Worker(claims_matching, concurrency=1).run(once=True)

    endpoints = desk.get(path("webhookendpoint", "changelist"), {"state": "failing"})
    others = desk.get(path("webhookendpoint", "changelist"), {"state": "paused"})
    deliveries = desk.get(path("webhookdelivery", "changelist"), {"state__exact": "waiting", "q": "hanoi"})

    assert [each.number_waiting for each in endpoints.context["cl"].result_list] == [1]
    assert list(others.context["cl"].result_list) == []
    text = deliveries.content.decode()
    assert text.count("hanoi, edition 1: topic.published") == 1
    assert text.count("503 &lt;i&gt;busy&lt;/i&gt;") == 1
    assert text.count('<span class="state state-changed">Waiting</span>') == 1


def test_selected_deliveries_are_sent_again(desk: Client, endpoint: WebhookEndpoint, server: Receiver) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(3)], by="ed")
    webhook_queue.fan_out(claims_matching)
    WebhookDelivery.objects.filter(edition__lt=3).update(state="failed", attempts=10)
    pks = list(WebhookDelivery.objects.values_list("pk", flat=True))

    page = desk.post(
        path("webhookdelivery", "changelist"), {"action": "replay_selected", "_selected_action": pks}, follow=True
    )

    assert messages(page) == ["2 will be sent again. 1 wait to be sent within half a minute as it is."]
    assert set(WebhookDelivery.objects.values_list("state", "attempts")) == {("waiting", 0)}


def test_all_deliveries_of_a_list_are_sent_again(desk: Client, endpoint: WebhookEndpoint) -> None:
    edition = publishing.publish(factories.TopicFactory.create(), by="ed")
    assert edition
    many = [WebhookEndpoint(partner=endpoint.partner, url=f"http://8.8.8.8/{number}") for number in range(1001)]
    WebhookEndpoint.objects.bulk_create(many)
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=each, edition=edition, uid=edition.uid, state="failed", due_at=timezone.now())
        for each in many
    )
    one = WebhookDelivery.objects.values_list("pk", flat=True)[:1]

    page = desk.post(
        path("webhookdelivery", "changelist") + "?state__exact=failed&q=8.8.8.8",
        {"action": "replay_selected", "select_across": "1", "_selected_action": list(one)},
        follow=True,
    )

    assert messages(page) == ["1001 will be sent again."]
    assert list(WebhookDelivery.objects.values_list("state").distinct().order_by()) == [("waiting",)]


def test_action_is_not_offered_to_a_viewer(endpoint: WebhookEndpoint) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    WebhookDelivery.objects.update(state="failed")
    pk = WebhookDelivery.objects.get().pk

    _client("viewer").post(
        path("webhookdelivery", "changelist"), {"action": "replay_selected", "_selected_action": [pk]}
    )

    assert WebhookDelivery.objects.get().state == "failed"


def test_nobody_adds_or_changes_a_delivery(endpoint: WebhookEndpoint) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    superuser, pk = _client("superuser"), WebhookDelivery.objects.get().pk

    statuses = [
        superuser.post(address, {"state": "delivered", "post": "yes"}).status_code
        for address in (
            path("webhookdelivery", "add"),
            path("webhookdelivery", "change", pk),
            path("webhookdelivery", "delete", pk),
        )
    ]

    assert (statuses, WebhookDelivery.objects.get().state) == ([403, 403, 403], "waiting")


@pytest.mark.parametrize("what", ["webhookendpoint", "partner"])
@pytest.mark.parametrize(
    ("may", "is_deleted"),
    [
        (["delete_partner", "delete_webhookendpoint"], True),
        (["delete_partner"], False),
        (["delete_webhookendpoint"], None),
        ([], False),
    ],
)
def test_deliveries_go_with_what_owns_them(
    endpoint: WebhookEndpoint, what: str, may: list[str], is_deleted: bool | None
) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    pk = endpoint.pk if what == "webhookendpoint" else endpoint.partner.pk
    client = _client("viewer")
    get_user_model().objects.get().user_permissions.add(*Permission.objects.filter(codename__in=may))

    client.post(path(what, "delete", pk), {"post": "yes"})

    expected = what == "webhookendpoint" if is_deleted is None else is_deleted
    assert (WebhookEndpoint.objects.exists(), WebhookDelivery.objects.exists()) == (not expected, not expected)


@pytest.mark.parametrize("model", ["webhookendpoint", "partner"])
def test_deliveries_go_with_those_that_are_selected(endpoint: WebhookEndpoint, model: str) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    pk = endpoint.pk if model == "webhookendpoint" else endpoint.partner.pk

    given = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    _client("superuser").post(path(model, "changelist"), given)

    assert (WebhookEndpoint.objects.count(), WebhookDelivery.objects.count()) == (0, 0)


def test_form_as_it_stands_may_be_saved(desk: Client, endpoint: WebhookEndpoint) -> None:
    response = save(desk, path("webhookendpoint", "change", endpoint.pk))

    assert response["Location"] == path("webhookendpoint", "changelist")
