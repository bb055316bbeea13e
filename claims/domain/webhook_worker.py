"""The loop of a worker: threads send, and the thread that runs the loop alone talks to the database."""

import logging
import os
import threading
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from claims.domain import indexing, webhook_pruning
from claims.domain import webhook_pausing as pausing
from claims.domain import webhook_queue as queue
from claims.domain.webhook_filtering import ClaimsMatching
from claims.domain.webhooks import TIME_LIMIT

logger = logging.getLogger(__name__)

POLL = 0.5  # seconds between two looks at the queue when there is nothing to do
PROMPT = 1  # seconds after which an attempt gives its place to another
CARE = 1  # seconds between two looks at dead endpoints while there is much to do
TIDY = 3600  # seconds from when nothing was left to tidy up until it is looked for again
PATIENCE = 5  # seconds until the database is asked again when it did not answer


@dataclass(frozen=True, slots=True)
class Attempt:
    endpoint: int
    began: float  # of the monotonic clock


@dataclass
class Worker:
    """Works off webhooks. Set `stopping` to have it finish what is under way and return.

    It makes up to `concurrency` attempts at a time. One that lasts for more than PROMPT gives its place to another, as
    long as there are at most MOST_LASTING such for each place: receivers that hang hold up nobody else.
    """

    claims_matching: ClaimsMatching
    concurrency: int = 8
    seconds: float = TIME_LIMIT
    stopping: threading.Event = field(default_factory=threading.Event)
    _running: dict["Future[queue.Outcome]", Attempt] = field(default_factory=dict)
    _outcomes: list[queue.Outcome] = field(default_factory=list)
    _tidy_at: float = 0  # of the monotonic clock
    _care_at: float = 0

    def run(self, *, once: bool = False) -> None:
        """Until `stopping`, or with `once` until nothing is due any more."""
        with ThreadPoolExecutor((1 + queue.MOST_LASTING) * self.concurrency) as threads:
            while not self.stopping.is_set() or self._running or self._outcomes:
                self._collect()
                try:
                    found = self._turn(threads)
                except (OperationalError, InterfaceError) as error:
                    self._without_database(error)
                    continue
                if not found and not self._running:
                    if once:
                        return
                    close_old_connections()
                    self.stopping.wait(POLL)

    def _collect(self) -> None:
        """The outcomes of attempts that have ended, or that end within a moment."""
        done = wait(self._running, timeout=POLL, return_when=FIRST_COMPLETED).done if self._running else set()
        for future in done:
            del self._running[future]
            self._outcomes.append(future.result())

    def _turn(self, threads: ThreadPoolExecutor) -> bool:
        """Put down outcomes, tidy up, look for editions, take what is due, tell owners. Whether there was work."""
        queue.settle(self._outcomes)
        self._outcomes.clear()
        if self.stopping.is_set():
            return False
        tidied = self._tidy()
        seen = queue.fan_out(self.claims_matching)
        leases = self._lease()
        for lease in leases:
            self._running[threads.submit(queue.attempt, lease)] = Attempt(lease.delivery.endpoint_id, time.monotonic())
        told = self._care(idle=not (seen or leases))
        return bool(tidied or seen or leases or told)

    def _lease(self) -> list[queue.Lease]:
        late = time.monotonic() - PROMPT
        busy = Counter(each.endpoint for each in self._running.values())
        lasting = Counter(each.endpoint for each in self._running.values() if each.began < late)
        aside = min(lasting.total(), queue.MOST_LASTING * self.concurrency)
        return queue.lease(
            self.concurrency - (busy.total() - aside),
            concurrency=self.concurrency,
            busy=busy,
            lasting=lasting,
            seconds=self.seconds,
        )

    def _care(self, *, idle: bool) -> bool:
        """Pause dead endpoints and tell owners, when there is time, and every second in any case."""
        if not idle and time.monotonic() < self._care_at:
            return False
        self._care_at = time.monotonic() + CARE
        pausing.pause_dead()
        return pausing.tell()

    def _tidy(self) -> bool:
        """Forget old deliveries, and merge the index of words: a little each turn, so that nothing waits for it."""
        if time.monotonic() < self._tidy_at:
            return False
        there_is_more = webhook_pruning.prune() == webhook_pruning.BATCH
        if indexing.merge_some() or there_is_more:
            return True
        self._tidy_at = time.monotonic() + TIDY
        return False

    def _without_database(self, error: Exception) -> None:
        """A database that restarts must not end the workers. What was under way is kept, or its lease runs out."""
        logger.warning("The database did not answer (%s). Trying again in %s seconds.", error, PATIENCE)
        connections.close_all()
        self.stopping.wait(PATIENCE)
        if self.stopping.is_set():
            self._outcomes.clear()


def stop_with_parent(stopping: threading.Event, parent: int) -> None:
    """Set `stopping` once the process that started this one, `parent`, has ended, however and however early."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(POLL)
        stopping.set()

    threading.Thread(target=watch, daemon=True).start()
