"""Endpoints: when one is paused, by whom it is resumed, what is sent to it again, and what never."""

import json
import socket
import time
from contextlib import AbstractContextManager
from datetime import timedelta

import django
import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import override_settings
from django.utils import timezone

from claims.domain import publishing, webhooks
from claims.models import Claim, Edition, WebhookDelivery, WebhookEndpoint
from tests import factories
from tests.domain import at_work
from tests.histories import changed
from tests.names import Names
from tests.receivers import Receiver, raw_server


def test_new_endpoint_is_told_of_what_comes(server: Receiver, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    endpoint = factories.WebhookEndpointFactory.build(
        partner=factories.PartnerFactory.create(), url=server.address("/hook")
    )
    webhooks.create(endpoint)
    publishing.publish(changed(claim, text="It was so."), by="ed")

    at_work.work()

    assert at_work.received(server) == [("claim.updated", 2)]


def test_gone_endpoint_is_paused_at_once_and_its_partner_told(
    endpoint: WebhookEndpoint,
    server: Receiver,
    settings: LazySettings,
    mailoutbox: list[EmailMessage],
) -> None:
    settings.SITE_NAME = "The Facts"
    server.answers = [(410, {}, b"")]
    publishing.publish_all([factories.TopicFactory.create() for _ in range(3)], by="ed")

    at_work.work()

    endpoint.refresh_from_db()
    assert (endpoint.paused_at is not None, endpoint.pause_reason) == (True, "It answered 410 Gone.")
    assert len(server.received) == 1
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("The Facts: webhook paused", [endpoint.partner.email])
    assert mail.body == (
        f"The Facts sends nothing more to {endpoint.url}.\n\nIt answered 410 Gone.\n\n"
        "Nothing is lost: once the address answers again, tell us, and every change since then will be sent.\n"
    )


def test_resumed_endpoint_goes_on_where_it_stopped(endpoint: WebhookEndpoint, server: Receiver) -> None:
    server.answers = [(410, {}, b""), (200, {}, b"ok")]
    topic = factories.TopicFactory.create()
    publishing.publish(topic, by="ed")
    at_work.work()
    publishing.publish(changed(topic, name="Renamed"), by="ed")
    with at_work.later(days=30):
        at_work.work()
        assert len(server.received) == 1
        webhooks.resume(endpoint)

        at_work.work()

    assert at_work.sequences(server) == [1, 1, 2]
    endpoint.refresh_from_db()
    assert (endpoint.paused_at, endpoint.pause_reason, endpoint.failing_since) == (None, "", None)


@pytest.mark.parametrize(("days", "is_paused"), [(2, False), (4, True)])
def test_endpoint_that_takes_nothing_for_days(
    endpoint: WebhookEndpoint, server: Receiver, days: int, is_paused: bool
) -> None:
    server.answers = [(500, {}, b"")]
    publishing.publish(factories.TopicFactory.create(), by="ed")
    at_work.work()
    endpoint.refresh_from_db()
    failing_since = endpoint.failing_since
    publishing.publish(factories.TopicFactory.create(), by="ed")

    with at_work.later(days=days):
        at_work.work()

    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.paused_at is not None) == (failing_since, is_paused)
    assert endpoint.pause_reason == (
        f"It has taken nothing since {failing_since:%Y-%m-%d %H:%M} UTC." if is_paused else ""
    )


@pytest.mark.parametrize("state", ["failed", "waiting"])
def test_endpoint_for_which_no_attempt_is_due_after_days(
    endpoint: WebhookEndpoint, server: Receiver, mailoutbox: list[EmailMessage], state: str
) -> None:
    """All was given up, or the next attempt is hours away: it is paused and its owner told all the same."""
    server.answers = [(500, {}, b"")]
    topic = factories.TopicFactory.create()
    publishing.publish(topic, by="ed")
    publishing.publish(changed(topic, name="Renamed"), by="ed")
    at_work.work()
    WebhookDelivery.objects.filter(edition=1).update(due_at=timezone.now() + timedelta(hours=80))
    if state == "failed":
        WebhookDelivery.objects.update(state=state, attempted_at=timezone.now())

    paused = []
    for hours in (71, 73):
        with at_work.later(hours=hours):
            at_work.work()
        paused.append(WebhookEndpoint.objects.filter(paused_at__isnull=False).exists())

    assert (paused, len(server.received)) == ([False, True], 1)
    assert [mail.to for mail in mailoutbox] == [[endpoint.partner.email]]


def test_endpoint_that_works_again_when_no_worker_ran_for_days(endpoint: WebhookEndpoint, server: Receiver) -> None:
    server.answers = [(500, {}, b""), (200, {}, b"")]
    publishing.publish(factories.TopicFactory.create(), by="ed")
    at_work.work()

    with at_work.later(days=9):
        at_work.work()

    endpoint.refresh_from_db()
    assert (endpoint.paused_at, at_work.deliveries()) == (None, [(1, "delivered", 2, 200)])


def test_resumed_endpoint_gets_what_was_given_up_since_it_failed(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """In the order of each object, under the same ids; not what was given up in times before."""
    topic = factories.TopicFactory.create()
    publishing.publish_all([factories.TopicFactory.create(), topic], by="ed")
    at_work.work()
    WebhookDelivery.objects.filter(edition=1).update(state="failed", attempted_at=timezone.now())
    server.answers = [(500, {}, b"")]
    for name in ("Renamed", "Renamed again"):
        publishing.publish(changed(topic, name=name), by="ed")
    at_work.fan_out()
    WebhookDelivery.objects.filter(edition__gt=2).update(attempts=9)
    at_work.work()
    WebhookEndpoint.objects.update(paused_at=timezone.now())
    given_up = at_work.deliveries()[2:]
    server.answers = [(200, {}, b"")]

    webhooks.resume(endpoint)
    at_work.work()

    assert given_up == [(3, "failed", 10, 500), (4, "failed", 10, 500)]
    assert at_work.sequences(server) == [1, 2, 3, 4, 3, 4]
    ids = [each.headers["webhook-id"] for each in server.received]
    assert ids[2:4] == ids[4:]


def _no_mail_server() -> AbstractContextManager[object]:
    backend, options = "django.core.mail.backends.smtp.EmailBackend", {"host": "127.0.0.1", "port": 1}
    if django.VERSION < (6, 1):
        return override_settings(EMAIL_BACKEND=backend, EMAIL_HOST=options["host"], EMAIL_PORT=options["port"])
    return override_settings(MAILERS={"default": {"BACKEND": backend, "OPTIONS": options}})


def test_partner_who_could_not_be_told_is_told_later(
    endpoint: WebhookEndpoint, server: Receiver, mailoutbox: list[EmailMessage]
) -> None:
    server.answers = [(410, {}, b"")]
    publishing.publish(factories.TopicFactory.create(), by="ed")
    with _no_mail_server():
        at_work.work()

    told = []
    for minutes in (1, 6, 60):
        with at_work.later(minutes=minutes):
            at_work.work()
        told.append(len(mailoutbox))

    assert told == [0, 1, 1]


@pytest.mark.parametrize(("given_up", "is_paused"), [(9, False), (10, True)])
def test_endpoint_for_which_much_was_given_up(
    endpoint: WebhookEndpoint, server: Receiver, given_up: int, is_paused: bool
) -> None:
    server.answers = [(500, {}, b"")]
    publishing.publish_all([factories.TopicFactory.create() for _ in range(given_up)], by="ed")
    at_work.fan_out()
    WebhookDelivery.objects.update(attempts=9)
    WebhookEndpoint.objects.update(failing_since=timezone.now())

    at_work.work()

    endpoint.refresh_from_db()
    assert (endpoint.paused_at is not None, {row[1] for row in at_work.deliveries()}) == (is_paused, {"failed"})


def test_name_that_leads_to_a_private_network_at_delivery(
    endpoint: WebhookEndpoint, server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was fine when the endpoint was made; what counts is where it leads now."""
    names = Names({"partner.example": [["127.0.0.1"], ["127.1.0.1"]]})
    names.install(monkeypatch)
    url = server.address("/hook", host="partner.example")
    WebhookEndpoint.objects.update(url=url)
    webhooks.require_reachable(url)
    publishing.publish(factories.TopicFactory.create(), by="ed")

    at_work.work()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, server.received) == ("waiting", None, [])
    assert delivery.answer == "partner.example leads to 127.1.0.1, which is not on the public internet."


def test_replay(endpoint: WebhookEndpoint, server: Receiver) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(3)], by="ed")
    at_work.work()
    WebhookDelivery.objects.filter(edition=3).update(state="failed", attempts=10)

    count = webhooks.replay(WebhookDelivery.objects.filter(edition__in=[1, 3]))
    at_work.work()

    assert count == 2
    assert at_work.sequences(server) == [1, 2, 3, 1, 3]
    assert server.received[0].headers["webhook-id"] == server.received[3].headers["webhook-id"]
    assert at_work.deliveries() == [(sequence, "delivered", 1, 200) for sequence in (1, 2, 3)]


def test_replay_of_what_may_be_under_way(endpoint: WebhookEndpoint, server: Receiver) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(2)], by="ed")
    at_work.fan_out()
    WebhookDelivery.objects.filter(edition=2).update(due_at=timezone.now() + timedelta(hours=1))
    at_work.lease(1)

    count = webhooks.replay(WebhookDelivery.objects.all())

    assert (count, [lease.delivery.edition_id for lease in at_work.lease()]) == (1, [2])


def test_ping(endpoint: WebhookEndpoint, server: Receiver) -> None:
    server.answers = [(202, {}, b"pong")]

    reply = webhooks.ping(endpoint)

    body = json.loads(server.received[0].body)
    assert (reply.status, reply.text, body["type"], body["data"]) == (202, "pong", "ping", {})
    assert Edition.objects.count() == WebhookDelivery.objects.count() == 0


@pytest.mark.parametrize(
    ("answer", "status"), [((301, {"Location": "/"}, b""), 301), ((404, {}, b"no"), 404), ((299, {}, b"x" * 9999), 299)]
)
def test_what_counts_as_taken(
    endpoint: WebhookEndpoint, server: Receiver, answer: tuple[int, dict[str, str], bytes], status: int
) -> None:
    server.answers = [answer]
    publishing.publish(factories.TopicFactory.create(), by="ed")

    at_work.work()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, len(server.received)) == (
        "delivered" if status == 299 else "waiting",
        status,
        1,
    )
    assert delivery.answer == answer[2].decode()[:1000]


@pytest.mark.parametrize("status", [200, 410])
@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {"Content-Length": "100"}])
def test_status_counts_though_the_body_cannot_be_read(server: Receiver, status: int, headers: dict[str, str]) -> None:
    server.answers = [(status, headers, b"ok")]

    reply = webhooks.post(server.address(), {}, b"{}", seconds=5)

    assert (reply.status, reply.text[:25]) == (status, "127.0.0.1 did not answer ")


def test_status_counts_though_the_body_does_not_end(server: Receiver) -> None:
    def talk(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 202 Accepted\r\n\r\nok")
        time.sleep(5)

    with raw_server(talk) as port:
        reply = webhooks.post(f"http://127.0.0.1:{port}/", {}, b"{}", seconds=0.5)

    assert (reply.status, reply.is_taken) == (202, True)
