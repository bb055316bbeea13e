"""How often keys were used, by day (UTC): gathered in each process and written every few seconds."""

import atexit
import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Sum

from claims.domain import counters
from claims.models import KeyUsage, Partner

INTERVAL = 10  # seconds between two writings while requests come
LATEST = 15  # seconds until what was counted is written although none comes

# By key and day: requests, and those of them that were refused because the rate was used up.
_requests: Counter[tuple[int, date]] = Counter()
_refused: Counter[tuple[int, date]] = Counter()
_lock = threading.Lock()
_written = 0.0
_timer: threading.Timer | None = None  # writes what was counted last, when no further request comes


def note(key: int, *, refused: bool, now: float) -> None:
    """Count one request with `key` at `now` (seconds since 1970)."""
    place = key, datetime.fromtimestamp(now, UTC).date()
    with _lock:
        _requests[place] += 1
        _refused[place] += refused
        _start_timer()


def _start_timer() -> None:
    """Unless one runs. One that was started before this process was forked does not, and says so."""
    global _timer  # noqa: PLW0603
    if _timer is None or not _timer.is_alive():
        _timer = threading.Timer(LATEST, _write_at_last)
        _timer.daemon = True
        _timer.start()


def _write_at_last() -> None:
    global _timer  # noqa: PLW0603
    write()
    connection.close()  # of this thread, which ends
    with _lock:
        _timer = None
        if _requests:  # counted meanwhile, or the database was busy
            _start_timer()


def write_if_due(now: float) -> None:
    """Write what was counted, unless that was done a few seconds ago. Costs nothing where nothing was counted."""
    global _written  # noqa: PLW0603  (one moment for the process)
    if _requests and not 0 <= now - _written < INTERVAL:
        _written = now
        write()


@atexit.register
def write() -> None:
    """Write what was counted; when the database is busy, it stays for the next time."""
    with _lock:
        requests, refused = _requests.copy(), _refused.copy()
        _requests.clear()
        _refused.clear()
    for (key, day), count in requests.items():
        try:
            counters.add_to_usage(key, day, count, refused[key, day])
        except DatabaseError:
            with _lock:
                _requests[key, day] += count
                _refused[key, day] += refused[key, day]


def forget_all() -> None:
    """As when a process starts."""
    global _written, _timer  # noqa: PLW0603
    _written = 0.0
    with _lock:
        if _timer:
            _timer.cancel()
        _timer = None
        _requests.clear()
        _refused.clear()


def by_day(partner: Partner, *, days: int, now: datetime) -> list[dict[str, Any]]:
    """`day`, `requests` and `refused` of all keys together, for those of the last days that saw any, newest first."""
    first = now.astimezone(UTC).date() - timedelta(days=days - 1)
    used = KeyUsage.objects.filter(key__partner=partner, day__gte=first).values("day")
    sums = used.annotate(requests=Sum("requests"), refused=Sum("refused")).order_by("-day")
    return [{"day": row["day"], "requests": row["requests"], "refused": row["refused"]} for row in sums]
