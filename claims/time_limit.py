"""How long a request of a reader may keep the database: what takes longer is stopped, on either engine."""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

INTERVAL = 0.25  # seconds between two looks
ROUNDS = 20  # without anything to watch, before nobody looks any more
CANCELLING = 2.0  # seconds that PostgreSQL may take to accept that a statement is to be stopped
RETRY_AFTER = "30"  # seconds: what takes too long now may not when fewer ask
QUERY_CANCELED = "57014"  # PostgreSQL's code

log = logging.getLogger(__name__)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what this thread's connection does when the time is over: it raises an error (see `was_stopped`) then."""
    watched = Watched(connections[DEFAULT_DB_ALIAS], time.monotonic() + seconds)
    WATCH.begin(watched)
    try:
        yield
    finally:
        WATCH.end(watched)


def was_stopped(error: DatabaseError) -> bool:
    """Whether it is for a time limit that a statement failed."""
    cause = error.__cause__
    interrupted = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
    return interrupted or getattr(cause, "sqlstate", None) == QUERY_CANCELED


@dataclass(eq=False)
class Watched:
    connection: Any
    due: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: bool = False

    def stop(self) -> None:
        """Unless it ended by itself meanwhile: nothing that comes later on the connection must be hit."""
        with self.lock:
            raw = self.connection.connection
            if not self.over and raw is not None:
                if self.connection.vendor == "postgresql":
                    raw.cancel_safe(timeout=CANCELLING)
                else:
                    raw.interrupt()

    def end(self) -> None:
        with self.lock:
            self.over = True


class Watch:
    """One thread that looks at all requests of the process every now and then: a timer for each would be a thread for
    each. It begins with the first request, and again with one that comes after a pause.
    """

    def __init__(self) -> None:
        self._watched: dict[Watched, None] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, watched: Watched) -> None:
        with self._lock:
            self._watched[watched] = None
            if self._thread is None or not self._thread.is_alive():  # as in a process that was forked since
                self._thread = threading.Thread(target=self._look, name="time limit", daemon=True)
                self._thread.start()

    def end(self, watched: Watched) -> None:
        with self._lock:
            self._watched.pop(watched, None)
        watched.end()

    def _look(self) -> None:
        idle = 0
        while idle < ROUNDS:
            time.sleep(INTERVAL)
            now = time.monotonic()
            with self._lock:
                idle = 0 if self._watched else idle + 1
                late = [watched for watched in self._watched if watched.due <= now]
                for watched in late:
                    del self._watched[watched]
                if idle == ROUNDS:
                    self._thread = None
            for watched in late:
                try:
                    watched.stop()
                except Exception:  # a connection that was lost or closed meanwhile does nothing any more
                    log.warning("A statement that takes too long could not be stopped.", exc_info=True)


WATCH = Watch()
