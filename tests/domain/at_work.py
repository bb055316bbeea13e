"""A worker at work on webhooks, as tests drive it, and what came of it."""

import json
from collections import Counter
from datetime import timedelta

import time_machine
from django.utils import timezone

from claims.domain import webhook_queue
from claims.domain.webhook_worker import Worker
from claims.filters import claims_matching
from claims.models import WebhookDelivery
from tests.receivers import Receiver


def work() -> None:
    """All that is due, by one thread, so that the order is that of the queue."""
    Worker(claims_matching, concurrency=1).run(once=True)


def later(**time: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**time), tick=True)


def received(server: Receiver) -> list[tuple[str, int]]:
    """(kind and action, number) of what was sent, in order."""
    bodies = [json.loads(each.body) for each in server.received]
    return [(body["type"], body["data"]["number"]) for body in bodies]


def deliveries() -> list[tuple[int, str, int, int | None]]:
    return list(WebhookDelivery.objects.order_by("edition").values_list("edition", "state", "attempts", "status"))


def lease(
    free: int = 9, *, seconds: float = 15, busy: Counter[int] | None = None, lasting: Counter[int] | None = None
) -> list[webhook_queue.Lease]:
    return webhook_queue.lease(
        free, concurrency=8, busy=busy or Counter(), lasting=lasting or Counter(), seconds=seconds
    )


def sequences(server: Receiver) -> list[int]:
    """Of the editions that were sent, in order."""
    return [json.loads(each.body)["data"]["sequence"] for each in server.received]


def fan_out() -> None:
    webhook_queue.fan_out(claims_matching)
