"""Endpoints: when one is paused, by whom it is resumed, what is sent to it again, and what never."""

import json
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from claims.domain import publishing, webhooks
from claims.models import Claim, Edition, WebhookDelivery, WebhookEndpoint
from tests import factories
from tests.domain import at_work
from tests.histories import changed
from tests.names import Names
from tests.receivers import Receiver


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
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.SITE_NAME = "The Facts"
    server.answers = [(410, {}, b"")]
    publishing.publish_all([factories.TopicFactory.create() for _ in range(3)], by="ed")

    with django_capture_on_commit_callbacks(execute=True):
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
    chosen = list(WebhookDelivery.objects.filter(edition__in=[1, 3]).values_list("pk", flat=True))
    WebhookDelivery.objects.filter(edition=3).update(state="failed", attempts=10)

    count = webhooks.replay(chosen)
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

    count = webhooks.replay(list(WebhookDelivery.objects.values_list("pk", flat=True)))

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
