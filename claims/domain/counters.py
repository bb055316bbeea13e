"""Counters in the database that many processes add to, one statement each, without waiting for anyone who writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection

from claims.models import RateWindow

PATIENCE = 50  # milliseconds

ADD_TO_WINDOW = (
    "INSERT INTO claims_ratewindow (subject, minute, used) VALUES (%s, %s, %s)"
    " ON CONFLICT (subject, minute) DO UPDATE SET used = claims_ratewindow.used + EXCLUDED.used RETURNING used"
)
# From the table of keys, since one may have been deleted after it was counted.
ADD_TO_USAGE = (
    "INSERT INTO claims_keyusage (key_id, day, requests, refused)"
    " SELECT id, %s, %s, %s FROM claims_partnerkey WHERE id = %s"
    " ON CONFLICT (key_id, day) DO UPDATE SET requests = claims_keyusage.requests + EXCLUDED.requests,"
    " refused = claims_keyusage.refused + EXCLUDED.refused"
)


def add_to_window(subject: str, minute: int, used: int) -> int:
    """What all processes have counted in this minute, with these `used`. Raises DatabaseError when it is busy."""
    with impatient(), connection.cursor() as cursor:
        cursor.execute(ADD_TO_WINDOW, [subject, minute, used])
        (total,) = cursor.fetchone()
    return int(total)


def add_to_usage(key: int, day: date, requests: int, refused: int) -> None:
    """Raises DatabaseError when the database is busy."""
    with impatient(), connection.cursor() as cursor:
        cursor.execute(ADD_TO_USAGE, [connection.ops.adapt_datefield_value(day), requests, refused, key])


def sweep_windows(before: int) -> None:
    """Take out the minutes before this one. Raises DatabaseError when the database is busy."""
    with impatient():
        RateWindow.objects.filter(minute__lt=before).delete()


@contextmanager
def impatient() -> Iterator[None]:
    """SQLite has one writer at a time, and an import may be it for long: whoever reads does not wait for it."""
    if connection.vendor != "sqlite":
        yield
        return
    patience = int(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
