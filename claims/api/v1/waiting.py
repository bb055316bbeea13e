"""Long-polling: holding a request open until the record grows."""

import threading
import time

from claims.domain import record

LONGEST = 30  # seconds
INTERVAL = 0.25  # seconds between two looks at the head
# A request that waits occupies a thread of the server, and `make run` has four in a process: readers keep the rest.
MOST = 2

_waiting: set[str] = set()
_lock = threading.Lock()


def head_beyond(after: int, seconds: int, *, who: str) -> tuple[int, bool]:
    """The head of the record as soon as it is beyond `after`, or after so many seconds.

    The second value is false when it was not waited for, because as many wait already as may, or one from the same
    address, `who`: nobody notices that a reader has left, so one that asks and leaves could take all places. Each look
    is a statement of its own, and no transaction is open between two of them.
    """
    head = record.head()
    if head > after or not seconds:
        return head, True
    with _lock:
        if who in _waiting or len(_waiting) == MOST:
            return head, False
        _waiting.add(who)
    try:
        return _wait(after, time.monotonic() + seconds), True
    finally:
        with _lock:
            _waiting.remove(who)


def _wait(after: int, deadline: float) -> int:
    while True:
        left = deadline - time.monotonic()
        time.sleep(max(0, min(INTERVAL, left)))
        head = record.head()
        if head > after or left <= INTERVAL:
            return head
