"""Webhooks as they run: publishers, workers that are killed, a receiver, each a process or a server of its own."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.receivers import Received, Response, raw_server, receiver
from tests.sites import ROOT, Site, new_site

pytestmark = pytest.mark.process

PREPARED = 4  # editions: a speaker and three claims
EACH = 80
NEAR = {"OUTGOING_PRIVATE_NETWORKS": "127.0.0.0/8"}
SUBSCRIBE = """
from claims.domain import webhook_messages
from claims.models import Partner, WebhookEndpoint
partner, _ = Partner.objects.get_or_create(name="Partner", email="partner@example.org")
print(webhook_messages.secret(WebhookEndpoint.objects.create(partner=partner, url="{url}")))
"""
ROTATE = """
from claims.domain import webhooks
from claims.models import WebhookEndpoint
print(webhooks.rotate_secret(WebhookEndpoint.objects.get()))
"""
STATES = """
from claims.models import WebhookDelivery
print(*WebhookDelivery.objects.order_by().values_list("state", flat=True).distinct())
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with new_site(tmp_path) as site:
        site.run("-m", "tests.processes.prepare")
        yield site


def _shell(site: Site, code: str) -> str:
    return site.manage("shell", "-v0", "-c", code).stdout.strip()


def _worker(site: Site, *options: str) -> subprocess.Popen[str]:
    return site.start("manage.py", "run_worker", "--time-limit", "1", *options, **NEAR)


def _until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.01)


def _ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    output, errors = process.communicate(timeout=30)
    return process.returncode, output, errors


def _sequences(received: list[Received]) -> list[int]:
    return [json.loads(each.body)["data"]["sequence"] for each in received]


def _verified(secret: str, each: Received) -> object:
    return Webhook(secret).verify(each.body, {name.lower(): value for name, value in each.headers.items()})


def test_nothing_is_lost_when_workers_are_killed_while_others_publish(site: Site) -> None:
    """At least once, in order per object, one id per edition, each signed by both secrets after a rotation."""
    last = PREPARED + 2 * EACH
    with receiver() as server:
        taken: Response = (200, {}, b"")
        server.answers = [*[taken] * 20, (503, {}, b""), taken]
        old = _shell(site, SUBSCRIBE.format(url=server.address()))
        new = _shell(site, ROTATE)
        writers = [site.start("-m", "tests.processes.publish", "update", name, str(EACH)) for name in ("one", "other")]
        workers = [_worker(site), _worker(site)]
        for number in (25, 70):
            _until(lambda number=number: len(server.received) > number)  # type: ignore[misc]
            workers[0].kill()
            workers[0].communicate()
            workers = [workers[1], _worker(site)]
        _until(lambda: len(set(_sequences(server.received[:]))) == last)
        assert [_ended(writer)[0::2] for writer in writers] == [(0, "")] * 2
        _until(lambda: _shell(site, STATES) == "delivered")
        for worker in workers:
            worker.terminate()
        assert [_ended(worker) for worker in workers] == [(0, "", "")] * 2

    _assert_in_order(server.received)
    for each in server.received:
        assert _verified(old, each) == _verified(new, each) == json.loads(each.body)


def _assert_in_order(received: list[Received]) -> None:
    by_object, ids = defaultdict(list), defaultdict(set)
    for each in received:
        data = json.loads(each.body)["data"]
        by_object[data["id"]].append(data["number"])
        ids[each.headers["webhook-id"]].add(data["sequence"])
    # Sent again where a worker was killed between the answer and putting it down; never after a later one.
    assert [numbers for numbers in by_object.values() if numbers != sorted(numbers)] == []
    assert all(set(numbers) == set(range(1, max(numbers) + 1)) for numbers in by_object.values())
    assert (len(by_object), {len(sequences) for sequences in ids.values()}) == (4, {1})


def test_receivers_that_hang_hold_up_no_other(site: Site) -> None:
    """As many as a worker has places, and each with more than one message."""
    with receiver() as server, raw_server(lambda line: time.sleep(60)) as port:
        for number in range(8):
            _shell(site, SUBSCRIBE.format(url=f"http://127.0.0.1:{port}/{number}"))
        _shell(site, SUBSCRIBE.format(url=server.address()))
        worker = site.start("manage.py", "run_worker", **NEAR)

        _until(lambda: len(set(_sequences(server.received[:]))) == PREPARED, seconds=10)

        worker.kill()
        worker.communicate()

    assert set(_sequences(server.received)) == set(range(1, PREPARED + 1))


def test_worker_that_is_told_to_stop_finishes_what_is_under_way(site: Site) -> None:
    with receiver() as server:
        server.delay = 0.5
        _shell(site, SUBSCRIBE.format(url=server.address()))
        worker = _worker(site, "--concurrency", "1")
        _until(lambda: server.received)

        worker.terminate()
        ended = _ended(worker)

        states = _shell(site, "from claims.models import *; print(WebhookDelivery.objects.filter(status=200).count())")
    assert (ended, states, len(server.received)) == ((0, "", ""), "1", 1)


def test_worker_ends_with_the_process_that_started_it(site: Site, tmp_path: Path) -> None:
    """As under `make run`, also where the server is killed."""
    command = f"{sys.executable} manage.py run_worker --with-parent $$ & echo $! > {tmp_path}/pid; exec sleep 60"
    parent = subprocess.Popen(
        ["sh", "-c", command], cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    _until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().endswith("\n"))
    time.sleep(2)

    parent.kill()
    output, _ = parent.communicate(timeout=20)  # ends once the worker, too, has closed its output

    assert output == b""


def test_name_that_leads_to_a_private_network(site: Site) -> None:
    with receiver() as server:
        _shell(site, SUBSCRIBE.format(url=server.address(host="localhost")))

        site.manage("run_worker", "--once")

        answers = _shell(site, "from claims.models import *; print(*WebhookDelivery.objects.values_list('answer'))")
    assert server.received == []
    assert "localhost leads to" in answers
    assert "which is not on the public internet" in answers
