"""Several processes behind several addresses share the rate of one key."""

import http.client
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sites import new_site

pytestmark = pytest.mark.process

RATE = 400
PROCESSES = 2
COUNT = """
import time
from claims.domain import usage
from claims.models import KeyUsage, PartnerKey
usage.LATEST = 0.1
for _ in range(2):
    usage.note(PartnerKey.objects.get().pk, refused=False, now=0)
    time.sleep(1)
    print(KeyUsage.objects.get().requests)
"""


def _hammer(address: str, secret: str, count: int) -> Counter[int]:
    """How often each status was answered."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    found: Counter[int] = Counter()
    for _ in range(count):
        connection.request("GET", "/api/v1/claims/?page_size=1", headers={"Authorization": f"Bearer {secret}"})
        answer = connection.getresponse()
        answer.read()
        found[answer.status] += 1
    connection.close()
    return found


def _early_in_a_minute(seconds: int) -> None:
    """Windows are minutes of the clock: what is counted here has to fall in one."""
    left = 60 - time.time() % 60
    if left < seconds:
        time.sleep(left + 0.1)


def test_processes_share_the_rate_of_a_key(tmp_path: Path) -> None:
    with new_site(tmp_path) as site:
        secret = site.run("-m", "tests.processes.make_key", str(RATE)).stdout.strip()
        with ExitStack() as servers, ThreadPoolExecutor() as threads:
            addresses = [servers.enter_context(site.served()) for _ in range(PROCESSES)]
            _early_in_a_minute(20)
            began = time.time() // 60
            asked = [threads.submit(_hammer, address, secret, RATE) for address in addresses]
            counts = sum((future.result() for future in asked), Counter[int]())
            ended = time.time() // 60
        used = site.run("-m", "tests.processes.key_usage").stdout.strip()

    assert (set(counts), counts.total()) == ({200, 429}, PROCESSES * RATE)
    assert RATE <= counts[200] < (RATE + PROCESSES * RATE // 20) * (1 + ended - began)
    assert used == f"{PROCESSES * RATE} {counts[429]}"  # to the last request of a process that ended


def test_usage_is_written_though_no_further_request_comes(tmp_path: Path) -> None:
    with new_site(tmp_path) as site:
        site.run("-m", "tests.processes.make_key", str(RATE))

        assert site.manage("shell", "-v0", "-c", COUNT).stdout.split() == ["1", "2"]
