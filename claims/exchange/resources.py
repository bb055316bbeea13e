"""The JSON of one public object: its stored document as it is, with its current edition put in front.

No document is decoded on the way: the text is joined from parts that need no escaping.
"""

from datetime import datetime
from operator import itemgetter

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

position = itemgetter(0)


def resource(row: Row) -> str:
    _, first_published_at, action, digest, number, published_at, sequence, document = row
    return (
        f'{{"edition":{{"action":"{action}","digest":"{digest}",'
        f'"first_published_at":"{timestamp(first_published_at)}","number":{number},'
        f'"published_at":"{timestamp(published_at)}","sequence":{sequence}}},{document[1:]}'
    )
