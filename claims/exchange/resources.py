"""The JSON of one public object: its stored document as it is, with its current edition put in front.

No document is decoded on the way: the text is joined from parts that need no escaping.
"""

from datetime import datetime
from operator import itemgetter

from django.db.models import F, TextField
from django.db.models.functions import Cast

from claims.domain.record import timestamp

COLUMNS = (
    "first_sequence",
    "first_published_at",
    "edition__action",
    "edition__digest",
    "edition__number",
    "edition__published_at",
    "edition__sequence",
    "edition__document",
)
# A row of these columns, read without making model instances: lists are what partners read most.
Row = tuple[int, datetime, str, str, int, datetime, int, str]

# The same, with times as the databases write them: making them times and texts again takes as long as all the rest.
STORED_COLUMNS = tuple(Cast(name, TextField()) if name.endswith("published_at") else F(name) for name in COLUMNS)
StoredRow = tuple[int, str, str, str, int, str, int, str]

position = itemgetter(0)


def resource(row: Row) -> str:
    pk, first, action, digest, number, published, sequence, document = row
    return _written((pk, timestamp(first), action, digest, number, timestamp(published), sequence, document))


def resource_as_stored(row: StoredRow) -> str:
    pk, first, action, digest, number, published, sequence, document = row
    return _written((pk, _rfc3339(first), action, digest, number, _rfc3339(published), sequence, document))


def _rfc3339(stored: str) -> str:
    """As `record.timestamp`, of `2019-02-22 09:30:00` in UTC, with or without a fraction and a zone."""
    fraction = stored[20:].partition("+")[0] if stored[19:20] == "." else ""
    return f"{stored[:10]}T{stored[11:19]}.{fraction:0<6}Z"


def _written(row: StoredRow) -> str:
    _, first_published_at, action, digest, number, published_at, sequence, document = row
    return (
        f'{{"edition":{{"action":"{action}","digest":"{digest}",'
        f'"first_published_at":"{first_published_at}","number":{number},'
        f'"published_at":"{published_at}","sequence":{sequence}}},{document[1:]}'
    )
