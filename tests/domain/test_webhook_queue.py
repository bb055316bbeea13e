"""From the record to a partner's server: which editions, in which order, how often, and when no more."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from claims.domain import publishing, record, webhook_queue, webhooks
from claims.domain.webhook_worker import Worker
from claims.filters import claims_matching
from claims.models import Claim, Edition, PublishedClaim, WebhookDelivery, WebhookEndpoint
from tests import factories
from tests.histories import changed
from tests.names import Names
from tests.receivers import Receiver, receiver


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Receiver]:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/16")]
    with receiver() as server:
        yield server


@pytest.fixture
def endpoint(db: None, server: Receiver) -> WebhookEndpoint:
    return factories.WebhookEndpointFactory.create(url=server.address("/hook"))


def _work() -> None:
    """All that is due, by one thread, so that the order is that of the queue."""
    Worker(claims_matching, concurrency=1).run(once=True)


def _later(**time: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**time), tick=True)


def _received(server: Receiver) -> list[tuple[str, int]]:
    """(kind and action, number) of what was sent, in order."""
    bodies = [json.loads(each.body) for each in server.received]
    return [(body["type"], body["data"]["number"]) for body in bodies]


def _deliveries() -> list[tuple[int, str, int, int | None]]:
    return list(WebhookDelivery.objects.order_by("edition").values_list("edition", "state", "attempts", "status"))


def test_every_edition_is_delivered_in_order(endpoint: WebhookEndpoint, server: Receiver, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.correct(changed(claim, text="It was so."), by="ed", reason="Wrong.")
    publishing.retract(claim, by="ed", reason="Wrong, too.")

    _work()

    assert _received(server) == [
        ("speaker.published", 1),
        ("claim.published", 1),
        ("claim.corrected", 2),
        ("claim.retracted", 3),
    ]
    assert _deliveries() == [(sequence, "delivered", 1, 200) for sequence in (1, 2, 3, 4)]
    assert [json.loads(each.body)["data"]["sequence"] for each in server.received] == [1, 2, 3, 4]
    endpoint.refresh_from_db()
    assert endpoint.position == 4


def test_new_endpoint_is_told_of_what_comes(server: Receiver, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    endpoint = factories.WebhookEndpointFactory.build(
        partner=factories.PartnerFactory.create(), url=server.address("/hook")
    )
    webhooks.create(endpoint)
    publishing.publish(changed(claim, text="It was so."), by="ed")

    _work()

    assert _received(server) == [("claim.updated", 2)]


def test_work_is_done_once(endpoint: WebhookEndpoint, server: Receiver, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    for _ in range(3):
        _work()

    assert len(server.received) == 2


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kinds": ["claim"]}, [("claim.published", 1), ("claim.updated", 2), ("claim.corrected", 3)]),
        ({"actions": ["published"]}, [("speaker.published", 1), ("claim.published", 1)]),
        ({"kinds": ["claim"], "actions": ["corrected", "retracted"]}, [("claim.corrected", 3)]),
        ({"kinds": ["topic"]}, []),
    ],
)
def test_kinds_and_actions(
    endpoint: WebhookEndpoint,
    server: Receiver,
    claim: Claim,
    asked: dict[str, list[str]],
    expected: list[tuple[str, int]],
) -> None:
    WebhookEndpoint.objects.update(**asked)
    publishing.publish(claim, by="ed")
    publishing.publish(changed(claim, text="It was so."), by="ed")
    publishing.correct(changed(claim, text="It is so again."), by="ed", reason="Why.")

    _work()

    endpoint.refresh_from_db()
    assert (_received(server), endpoint.position) == (expected, record.head())


def test_filter_finds_a_claim_as_it_was_published(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """Two of three editions were replaced before any worker looked; the second is found by no filter on what is now."""
    WebhookEndpoint.objects.update(kinds=["claim"], filters="q=Mars&language=en")
    claim = factories.ClaimFactory.create(text="The moon is made of cheese.", language="en")
    publishing.publish(claim, by="ed")
    publishing.publish(changed(claim, text="Mars is made of cheese."), by="ed")
    publishing.publish(changed(claim, text="Venus is made of cheese."), by="ed")
    other = factories.ClaimFactory.create(text="Mars is round.", language="de", speaker=claim.speaker)
    publishing.publish(other, by="ed")
    before = _shown()

    _work()

    assert _received(server) == [("claim.updated", 2), ("claim.updated", 3)]
    assert _shown() == before


def _shown() -> list[tuple[str, int]]:
    return sorted(PublishedClaim.objects.values_list("text", "edition"))


def test_filter_that_finds_a_claim_no_more(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """Who was told of a claim is told of its retraction, too, though it is on no list by then."""
    WebhookEndpoint.objects.update(kinds=["claim"], filters="q=Mars")
    told = factories.ClaimFactory.create(text="Mars is made of cheese.")
    untold = factories.ClaimFactory.create(text="Venus is made of cheese.")
    publishing.publish_all([told, untold], by="ed")
    _work()
    for claim in (told, untold):
        publishing.retract(claim, by="ed", reason="A joke.")

    _work()

    assert _received(server) == [("claim.published", 1), ("claim.retracted", 2)]


def test_filter_that_is_not_understood_any_more(
    endpoint: WebhookEndpoint,
    server: Receiver,
    claim: Claim,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    WebhookEndpoint.objects.update(kinds=["claim"], filters="bogus=1")
    publishing.publish(claim, by="ed")

    with django_capture_on_commit_callbacks(execute=True):
        _work()

    endpoint.refresh_from_db()
    assert endpoint.pause_reason.startswith("Its filter is not understood any more: There is no filter bogus.")
    assert (endpoint.position, server.received, len(mailoutbox)) == (0, [], 1)


def test_failed_delivery_is_tried_again_later_and_holds_up_its_object_only(
    endpoint: WebhookEndpoint, server: Receiver
) -> None:
    one, other = factories.TopicFactory.create(), factories.TopicFactory.create()
    server.answers = [(503, {}, b"Not \0 now."), (200, {}, b"ok")]
    publishing.publish_all([one, other], by="ed")
    publishing.publish(changed(one, name="Renamed"), by="ed")

    _work()
    first = _deliveries()
    answers = list(WebhookDelivery.objects.order_by("edition").values_list("answer", flat=True))
    wait = WebhookDelivery.objects.earliest("edition").due_at - timezone.now()
    with _later(seconds=7):
        _work()

    assert first == [(1, "waiting", 1, 503), (2, "delivered", 1, 200), (3, "waiting", 0, None)]
    assert answers == ["Not \ufffd now.", "ok", ""]
    assert timedelta(seconds=2) < wait < timedelta(seconds=6)
    assert [json.loads(each.body)["data"]["sequence"] for each in server.received] == [1, 2, 1, 3]
    assert server.received[0].headers["webhook-id"] == server.received[2].headers["webhook-id"]
    assert server.received[0].headers["webhook-timestamp"] < server.received[2].headers["webhook-timestamp"]
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


@pytest.mark.parametrize(
    ("answer", "status"), [((301, {"Location": "/"}, b""), 301), ((404, {}, b"no"), 404), ((299, {}, b"x" * 9999), 299)]
)
def test_what_counts_as_taken(
    endpoint: WebhookEndpoint, server: Receiver, answer: tuple[int, dict[str, str], bytes], status: int
) -> None:
    server.answers = [answer]
    publishing.publish(factories.TopicFactory.create(), by="ed")

    _work()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, len(server.received)) == (
        "delivered" if status == 299 else "waiting",
        status,
        1,
    )
    assert delivery.answer == answer[2].decode()[:1000]


def test_delivery_is_given_up_after_ten_attempts(endpoint: WebhookEndpoint, server: Receiver) -> None:
    server.answers = [(500, {}, b"")]
    topic = factories.TopicFactory.create()
    publishing.publish(topic, by="ed")
    publishing.publish(changed(topic, name="Renamed"), by="ed")
    waits = []
    started = timezone.now()
    with time_machine.travel(started, tick=False) as clock:
        while WebhookDelivery.objects.filter(edition=1, state="delivered").exists() is False:
            _work()
            delivery = WebhookDelivery.objects.get(edition=1)
            if delivery.state == "failed":
                break
            waits.append((delivery.due_at - timezone.now()).total_seconds())
            clock.move_to(delivery.due_at + timedelta(seconds=1))

    nominal = [5, 30, 120, 600, 3600, 10800, 21600, 43200, 86400]
    assert len(waits) == 9
    assert all(0.8 * n <= waited <= 1.2 * n for n, waited in zip(nominal, waits, strict=True))
    assert _deliveries() == [(1, "failed", 10, 500), (2, "waiting", 1, 500)]


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
        _work()

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
    _work()
    publishing.publish(changed(topic, name="Renamed"), by="ed")
    with _later(days=30):
        _work()
        assert len(server.received) == 1
        webhooks.resume(endpoint)

        _work()

    assert [json.loads(each.body)["data"]["sequence"] for each in server.received] == [1, 1, 2]
    endpoint.refresh_from_db()
    assert (endpoint.paused_at, endpoint.pause_reason, endpoint.failing_since) == (None, "", None)


@pytest.mark.parametrize(("days", "is_paused"), [(2, False), (4, True)])
def test_endpoint_that_takes_nothing_for_days(
    endpoint: WebhookEndpoint, server: Receiver, days: int, is_paused: bool
) -> None:
    server.answers = [(500, {}, b"")]
    publishing.publish(factories.TopicFactory.create(), by="ed")
    _work()
    endpoint.refresh_from_db()
    failing_since = endpoint.failing_since
    publishing.publish(factories.TopicFactory.create(), by="ed")

    with _later(days=days):
        _work()

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
    webhook_queue.fan_out(claims_matching)
    WebhookDelivery.objects.update(attempts=9)
    WebhookEndpoint.objects.update(failing_since=timezone.now())

    _work()

    endpoint.refresh_from_db()
    assert (endpoint.paused_at is not None, {row[1] for row in _deliveries()}) == (is_paused, {"failed"})


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

    _work()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, server.received) == ("waiting", None, [])
    assert delivery.answer == "partner.example leads to 127.1.0.1, which is not on the public internet."


def _lease(free: int = 9, *, seconds: float = 15, busy: Counter[int] | None = None) -> list[webhook_queue.Lease]:
    return webhook_queue.lease(free, concurrency=8, busy=busy or Counter(), seconds=seconds)


def test_leased_delivery_is_nobody_elses_until_the_lease_ends(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """A worker that was killed in the middle leaves nothing behind but the lease."""
    topic = factories.TopicFactory.create()
    publishing.publish(topic, by="ed")
    publishing.publish(changed(topic, name="Renamed"), by="ed")
    webhook_queue.fan_out(claims_matching)

    taken = _lease()
    at_once = _lease()
    with _later(seconds=31):
        again = _lease()

    assert [[each.delivery.edition_id for each in leases] for leases in (taken, at_once, again)] == [[1], [], [1]]
    assert taken[0].headers["webhook-id"] == again[0].headers["webhook-id"]


def test_outcome_of_a_lease_that_another_took_over(endpoint: WebhookEndpoint, server: Receiver) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    (late,) = _lease()
    with _later(seconds=31):
        _lease()

        webhook_queue.settle([webhook_queue.Outcome(late, webhooks.Reply(500, "late"))])

    assert _deliveries() == [(1, "waiting", 0, None)]


def test_attempt_that_began_too_late_is_not_made(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """Or another worker, which may have taken it over, would be overtaken by it."""
    publishing.publish(factories.TopicFactory.create(), by="ed")
    webhook_queue.fan_out(claims_matching)
    (lease,) = _lease(seconds=-1)

    outcome = webhook_queue.attempt(lease)
    webhook_queue.settle([outcome])

    assert (outcome.reply, server.received, _deliveries()) == (None, [], [(1, "waiting", 0, None)])


def test_one_endpoint_does_not_take_every_place(db: None, server: Receiver) -> None:
    endpoints = [factories.WebhookEndpointFactory.create(url=server.address()) for _ in range(3)]
    WebhookEndpoint.objects.filter(pk=endpoints[2].pk).update(failing_since=timezone.now())
    publishing.publish_all([factories.TopicFactory.create() for _ in range(10)], by="ed")
    webhook_queue.fan_out(claims_matching)

    taken = Counter(lease.delivery.endpoint_id for lease in _lease(8))
    more = Counter(lease.delivery.endpoint_id for lease in _lease(9, busy=taken))

    assert sum(taken.values()) == 8
    assert max((taken + more)[endpoint.pk] for endpoint in endpoints[:2]) == 6
    assert (taken + more)[endpoints[2].pk] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_turn_do_not_grow(
    endpoint: WebhookEndpoint, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(count)], by="ed")

    # Head, endpoints behind; lock, editions, deliveries, position; two of the transaction.
    with django_assert_num_queries(8):
        webhook_queue.fan_out(claims_matching)
    # Whether any; the healthy, the failing; the lease; two of the transaction.
    with django_assert_num_queries(6):
        assert len(_lease()) == count


def test_replay(endpoint: WebhookEndpoint, server: Receiver) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(3)], by="ed")
    _work()
    chosen = list(WebhookDelivery.objects.filter(edition__in=[1, 3]).values_list("pk", flat=True))
    WebhookDelivery.objects.filter(edition=3).update(state="failed", attempts=10)

    count = webhooks.replay(chosen)
    _work()

    assert count == 2
    assert [json.loads(each.body)["data"]["sequence"] for each in server.received] == [1, 2, 3, 1, 3]
    assert server.received[0].headers["webhook-id"] == server.received[3].headers["webhook-id"]
    assert _deliveries() == [(sequence, "delivered", 1, 200) for sequence in (1, 2, 3)]


def test_replay_of_what_may_be_under_way(endpoint: WebhookEndpoint, server: Receiver) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(2)], by="ed")
    webhook_queue.fan_out(claims_matching)
    WebhookDelivery.objects.filter(edition=2).update(due_at=timezone.now() + timedelta(hours=1))
    _lease(1)

    count = webhooks.replay(list(WebhookDelivery.objects.values_list("pk", flat=True)))

    assert (count, [lease.delivery.edition_id for lease in _lease()]) == (1, [2])


def test_ping(endpoint: WebhookEndpoint, server: Receiver) -> None:
    server.answers = [(202, {}, b"pong")]

    reply = webhooks.ping(endpoint)

    body = json.loads(server.received[0].body)
    assert (reply.status, reply.text, body["type"], body["data"]) == (202, "pong", "ping", {})
    assert Edition.objects.count() == WebhookDelivery.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("bogus=1", "There is no filter bogus. Choose of: q, "),
        ("speaker=a&speaker=b", "Write filters as name=value, each once, with & between."),
        ("speaker", "Write filters as name=value, each once, with & between."),
        ("speaker=", "Write filters as name=value, each once, with & between."),
        ("&&", "Write filters as name=value, each once, with & between."),
        ("conclusive=maybe", "conclusive: "),
        ("claimed_after=x", "claimed_after: "),
        ("q=%00", "q: "),
    ],
)
def test_filter_that_is_wrong(query: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the sentence is looked at)
        claims_matching(query)

    assert str(caught.value).startswith(sentence)
