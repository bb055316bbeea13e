"""The JSON of one public object: its stored document as it is, with its current edition put in front.

No document is decoded on the way: the text is joined from parts that need no escaping.
"""

from operator import itemgetter

from django.db.models import F, TextField
from django.db.models.functions import Cast

NAMES = (
    "first_sequence",
    "first_published_at",
    "edition__action",
    "edition__digest",
    "edition__number",
    "edition__published_at",
    "edition__sequence",
    "edition__document",
)
# Times as the databases write them: making them times and texts again takes as long as all the rest.
COLUMNS = tuple(Cast(name, TextField()) if name.endswith("published_at") else F(name) for name in NAMES)
# A row of these columns, read without making model instances: lists are what partners read most.
Row = tuple[int, str, str, str, int, str, int, str]

position = itemgetter(0)
edition = itemgetter(NAMES.index("edition__sequence"))
document = itemgetter(NAMES.index("edition__document"))


def resource(row: Row) -> str:
    _, first_published_at, action, digest, number, published_at, sequence, text = row
    return (
        f'{{"edition":{{"action":"{action}","digest":"{digest}",'
        f'"first_published_at":"{_rfc3339(first_published_at)}","number":{number},'
        f'"published_at":"{_rfc3339(published_at)}","sequence":{sequence}}},{text[1:]}'
    )


def _rfc3339(stored: str) -> str:
    """As `record.timestamp`, of `2019-02-22 09:30:00` in UTC, with or without a fraction and a zone."""
    fraction = stored[20:].partition("+")[0] if stored[19:20] == "." else ""
    return f"{stored[:10]}T{stored[11:19]}.{fraction:0<6}Z"
