"""How many requests a minute someone may make, whatever number of processes and machines they go to.

A process counts for itself and posts to the database in steps of a twentieth of the rate, smaller ones as the rest
gets small; each post tells it what all have counted. So few requests write, and who asks seldom never does. What may
be let through beyond the rate is less than a twentieth of it for each process. While the database takes no posts
(it is down, or someone writes for long), a process goes by its own count alone.
"""

import threading
from dataclasses import dataclass, field

from django.db import DatabaseError

from claims.domain import counters

WINDOW = 60  # seconds
STEPS = 20
MOST = 20_000  # subjects that a process remembers
KEPT = 5  # minutes


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands after a request: how many of `rate` `remain` until `reset`, in seconds."""

    allowed: bool
    rate: int
    remaining: int
    reset: int


@dataclass(slots=True)
class Count:
    """What this process knows of one subject in one minute."""

    minute: int = 0
    known: int = 0  # by all, as of the last post
    unposted: int = 0
    post_at: int = 1
    lock: threading.Lock = field(default_factory=threading.Lock)


_counts: dict[str, Count] = {}
_swept = 0


def take(subject: str, rate: int, *, now: float) -> Standing:
    """Count one request of `subject` at `now` (seconds since 1970), if it may be made."""
    minute, second = divmod(int(now), WINDOW)
    if len(_counts) > MOST:
        _forget(minute)
    count = _counts.setdefault(subject, Count())
    with count.lock:
        if count.minute != minute:
            count.minute, count.known, count.unposted, count.post_at = minute, 0, 0, _step(rate, 0)
        allowed = count.known + count.unposted < rate
        if allowed:
            count.unposted += 1
            if count.unposted >= count.post_at:
                _post(subject, count, rate)
        remaining = max(0, rate - count.known - count.unposted)
    return Standing(allowed, rate, remaining, WINDOW - second)


def forget_all() -> None:
    """As when a process starts."""
    global _swept  # noqa: PLW0603
    _swept = 0
    _counts.clear()


def _step(rate: int, known: int) -> int:
    return max(1, min(rate // STEPS, (rate - known) // 4))


def _post(subject: str, count: Count, rate: int) -> None:
    try:
        count.known = counters.add_to_window(subject, count.minute, count.unposted)
        count.unposted = 0
        _sweep(count.minute)
    except DatabaseError:
        pass  # counted on, and posted with the next step
    count.post_at = count.unposted + _step(rate, count.known)


def _sweep(minute: int) -> None:
    global _swept  # noqa: PLW0603  (one number for the process)
    if minute >= _swept + KEPT:
        _swept = minute
        counters.sweep_windows(minute - KEPT)


def _forget(minute: int) -> None:
    """Keep those of this minute; none if these alone are too many: what they posted is in the database."""
    kept = {subject: count for subject, count in list(_counts.items()) if count.minute == minute}
    _counts.clear()
    if len(kept) <= MOST // 2:
        _counts.update(kept)
