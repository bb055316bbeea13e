"""From the record to deliveries: which editions, in which order, how often, and by which worker."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing, record, webhook_queue, webhooks
from claims.filters import claims_matching
from claims.models import Claim, PublishedClaim, WebhookDelivery, WebhookEndpoint
from tests import factories
from tests.domain import at_work
from tests.histories import changed
from tests.receivers import Receiver


def test_every_edition_is_delivered_in_order(endpoint: WebhookEndpoint, server: Receiver, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.correct(changed(claim, text="It was so."), by="ed", reason="Wrong.")
    publishing.retract(claim, by="ed", reason="Wrong, too.")

    at_work.work()

    assert at_work.received(server) == [
        ("speaker.published", 1),
        ("claim.published", 1),
        ("claim.corrected", 2),
        ("claim.retracted", 3),
    ]
    assert at_work.deliveries() == [(sequence, "delivered", 1, 200) for sequence in (1, 2, 3, 4)]
    assert at_work.sequences(server) == [1, 2, 3, 4]
    endpoint.refresh_from_db()
    assert endpoint.position == 4


def test_work_is_done_once(endpoint: WebhookEndpoint, server: Receiver, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    for _ in range(3):
        at_work.work()

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

    at_work.work()

    endpoint.refresh_from_db()
    assert (at_work.received(server), endpoint.position) == (expected, record.head())


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

    at_work.work()

    assert at_work.received(server) == [("claim.updated", 2), ("claim.updated", 3)]
    assert _shown() == before


def _shown() -> list[tuple[str, int]]:
    return sorted(PublishedClaim.objects.values_list("text", "edition"))


def test_filter_and_a_publication_between_two_of_its_questions(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """As under PostgreSQL's READ COMMITTED, where each statement sees what was committed before it."""
    WebhookEndpoint.objects.update(kinds=["claim"], filters="q=Mars")
    claim = factories.ClaimFactory.create(text="Mars is made of cheese.")
    publishing.publish(claim, by="ed")
    waiting = [changed(claim, text="Venus is made of cheese.")]

    def publish_between(execute: Any, sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if waiting and sql.startswith("SELECT") and "claims_publishedclaim" in sql:
            publishing.publish(waiting.pop(), by="ed")
        return result

    with connection.execute_wrapper(publish_between):
        at_work.work()

    assert at_work.received(server) == [("claim.published", 1), ("claim.updated", 2)]


def test_filter_that_finds_a_claim_no_more(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """Who was told of a claim is told of its retraction, too, though it is on no list by then."""
    WebhookEndpoint.objects.update(kinds=["claim"], filters="q=Mars")
    told = factories.ClaimFactory.create(text="Mars is made of cheese.")
    untold = factories.ClaimFactory.create(text="Venus is made of cheese.")
    publishing.publish_all([told, untold], by="ed")
    at_work.work()
    for claim in (told, untold):
        publishing.retract(claim, by="ed", reason="A joke.")

    at_work.work()

    assert at_work.received(server) == [("claim.published", 1), ("claim.retracted", 2)]


def test_filter_that_is_not_understood_any_more(
    endpoint: WebhookEndpoint,
    server: Receiver,
    claim: Claim,
    mailoutbox: list[EmailMessage],
) -> None:
    WebhookEndpoint.objects.update(kinds=["claim"], filters="bogus=1")
    publishing.publish(claim, by="ed")

    at_work.work()

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

    at_work.work()
    first = at_work.deliveries()
    answers = list(WebhookDelivery.objects.order_by("edition").values_list("answer", flat=True))
    wait = WebhookDelivery.objects.earliest("edition").due_at - timezone.now()
    with at_work.later(seconds=7):
        at_work.work()

    assert first == [(1, "waiting", 1, 503), (2, "delivered", 1, 200), (3, "waiting", 0, None)]
    assert answers == ["Not \ufffd now.", "ok", ""]
    assert timedelta(seconds=2) < wait < timedelta(seconds=6)
    assert at_work.sequences(server) == [1, 2, 1, 3]
    assert server.received[0].headers["webhook-id"] == server.received[2].headers["webhook-id"]
    assert server.received[0].headers["webhook-timestamp"] < server.received[2].headers["webhook-timestamp"]
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


def test_delivery_is_given_up_after_ten_attempts(endpoint: WebhookEndpoint, server: Receiver) -> None:
    server.answers = [(500, {}, b"")]
    topic = factories.TopicFactory.create()
    publishing.publish(topic, by="ed")
    publishing.publish(changed(topic, name="Renamed"), by="ed")
    waits = []
    started = timezone.now()
    with time_machine.travel(started, tick=False) as clock:
        while WebhookDelivery.objects.filter(edition=1, state="delivered").exists() is False:
            at_work.work()
            delivery = WebhookDelivery.objects.get(edition=1)
            if delivery.state == "failed":
                break
            waits.append((delivery.due_at - timezone.now()).total_seconds())
            clock.move_to(delivery.due_at + timedelta(seconds=1))

    nominal = [5, 30, 120, 600, 3600, 10800, 21600, 43200, 86400]
    assert len(waits) == 9
    assert all(0.8 * n <= waited <= 1.2 * n for n, waited in zip(nominal, waits, strict=True))
    assert at_work.deliveries() == [(1, "failed", 10, 500), (2, "waiting", 1, 500)]


def test_leased_delivery_is_nobody_elses_until_the_lease_ends(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """A worker that was killed in the middle leaves nothing behind but the lease."""
    topic = factories.TopicFactory.create()
    publishing.publish(topic, by="ed")
    publishing.publish(changed(topic, name="Renamed"), by="ed")
    at_work.fan_out()

    taken = at_work.lease()
    at_once = at_work.lease()
    with at_work.later(seconds=31):
        again = at_work.lease()

    assert [[each.delivery.edition_id for each in leases] for leases in (taken, at_once, again)] == [[1], [], [1]]
    assert taken[0].headers["webhook-id"] == again[0].headers["webhook-id"]


def test_outcome_of_a_lease_that_another_took_over(endpoint: WebhookEndpoint, server: Receiver) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    at_work.fan_out()
    (late,) = at_work.lease()
    with at_work.later(seconds=31):
        at_work.lease()

        webhook_queue.settle([webhook_queue.Outcome(late, webhooks.Reply(500, "late"))])

    assert at_work.deliveries() == [(1, "waiting", 0, None)]


def test_attempt_that_began_too_late_is_not_made(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """Or another worker, which may have taken it over, would be overtaken by it."""
    publishing.publish(factories.TopicFactory.create(), by="ed")
    at_work.fan_out()
    (lease,) = at_work.lease(seconds=-1)

    outcome = webhook_queue.attempt(lease)
    webhook_queue.settle([outcome])

    assert (outcome.reply, server.received, at_work.deliveries()) == (None, [], [(1, "waiting", 0, None)])


def test_one_endpoint_does_not_take_every_place(db: None, server: Receiver) -> None:
    endpoints = [factories.WebhookEndpointFactory.create(url=server.address()) for _ in range(3)]
    WebhookEndpoint.objects.filter(pk=endpoints[2].pk).update(failing_since=timezone.now())
    publishing.publish_all([factories.TopicFactory.create() for _ in range(10)], by="ed")
    at_work.fan_out()

    taken = Counter(lease.delivery.endpoint_id for lease in at_work.lease(8))
    more = Counter(lease.delivery.endpoint_id for lease in at_work.lease(9, busy=taken))

    assert sum(taken.values()) == 8
    assert max((taken + more)[endpoint.pk] for endpoint in endpoints[:2]) == 6
    assert (taken + more)[endpoints[2].pk] == 1


def test_endpoint_that_has_nothing_under_way_gets_the_next_place(db: None, server: Receiver) -> None:
    """However much is due for the others, and for how long."""
    first, second = (factories.WebhookEndpointFactory.create(url=server.address()) for _ in range(2))
    publishing.publish_all([factories.TopicFactory.create() for _ in range(10)], by="ed")
    at_work.fan_out()
    taken = Counter(lease.delivery.endpoint_id for lease in at_work.lease(8))
    late = factories.WebhookEndpointFactory.create(url=server.address(), position=record.head())
    publishing.publish(factories.TopicFactory.create(), by="ed")
    at_work.fan_out()

    (lease,) = at_work.lease(1, busy=taken)

    assert (taken, lease.delivery.endpoint_id) == ({first.pk: 4, second.pk: 4}, late.pk)


def test_endpoints_that_keep_us_waiting_get_one_attempt_each(db: None, server: Receiver) -> None:
    slow, other = (factories.WebhookEndpointFactory.create(url=server.address()) for _ in range(2))
    publishing.publish_all([factories.TopicFactory.create() for _ in range(10)], by="ed")
    at_work.fan_out()

    taken = Counter(
        lease.delivery.endpoint_id for lease in at_work.lease(busy=Counter({slow.pk: 1}), lasting=Counter({slow.pk: 1}))
    )

    assert taken == {other.pk: 6}


@pytest.mark.parametrize(("lasting", "places"), [(0, 2), (2, 2), (23, 2), (24, 0)])
def test_endpoints_that_fail_share_a_quarter_of_the_places(
    db: None, server: Receiver, lasting: int, places: int
) -> None:
    for _ in range(5):
        factories.WebhookEndpointFactory.create(url=server.address(), failing_since=timezone.now())
    publishing.publish(factories.TopicFactory.create(), by="ed")
    at_work.fan_out()
    others = Counter({-number: 1 for number in range(1, lasting + 1)})

    leases = at_work.lease(8, busy=others, lasting=others)
    more = at_work.lease(8, busy=others + Counter(lease.delivery.endpoint_id for lease in leases), lasting=others)

    assert (len(leases), len(more)) == (places, 0)


@pytest.mark.parametrize("other", [500, 200])
def test_endpoint_that_is_gone_whatever_else_it_answered_at_that_moment(endpoint: WebhookEndpoint, other: int) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(3)], by="ed")
    at_work.fan_out()
    statuses = (other, 410, other)

    webhook_queue.settle(
        webhook_queue.Outcome(lease, webhooks.Reply(status, ""))
        for lease, status in zip(at_work.lease(), statuses, strict=True)
    )

    endpoint.refresh_from_db()
    assert endpoint.pause_reason == "It answered 410 Gone."


def test_address_is_that_which_the_object_has_now(endpoint: WebhookEndpoint, server: Receiver) -> None:
    """Another may have taken the one that it had in the edition that is sent."""
    topic = factories.TopicFactory.create(slug="old")
    publishing.publish(topic, by="ed")
    publishing.publish(changed(topic, slug="new"), by="ed")
    publishing.publish(factories.TopicFactory.create(slug="old"), by="ed")

    at_work.work()

    urls = [json.loads(each.body)["url"].rpartition("/topics/")[2] for each in server.received]
    assert urls == ["new/", "new/", "old/"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_turn_do_not_grow(
    endpoint: WebhookEndpoint, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    publishing.publish_all([factories.TopicFactory.create() for _ in range(count)], by="ed")

    # Head, endpoints behind; lock, editions, deliveries, position; two of the transaction.
    with django_assert_num_queries(8):
        at_work.fan_out()
    # Who is in turn; what is due; the lease; two of the transaction.
    with django_assert_num_queries(5):
        assert len(at_work.lease()) == count


def test_endpoint_that_was_deleted_while_an_attempt_was_under_way(endpoint: WebhookEndpoint) -> None:
    publishing.publish(factories.TopicFactory.create(), by="ed")
    at_work.fan_out()
    (lease,) = at_work.lease()
    endpoint.delete()

    webhook_queue.settle([webhook_queue.Outcome(lease, webhooks.Reply(500, "no"))])

    assert (WebhookEndpoint.objects.count(), WebhookDelivery.objects.count()) == (0, 0)


def test_more_editions_than_one_look_takes(endpoint: WebhookEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_queue, "BATCH", 2)
    publishing.publish_all([factories.TopicFactory.create() for _ in range(5)], by="ed")

    seen = [webhook_queue.fan_out(claims_matching) for _ in range(4)]

    assert (seen, [row[0] for row in at_work.deliveries()]) == ([2, 2, 1, 0], [1, 2, 3, 4, 5])
