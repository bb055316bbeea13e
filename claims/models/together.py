"""Several reads in one query: a page that shows many small lists asks the database once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Value

WIDTH = 3  # columns
Row = tuple[str, ...]


def texts(rows: "models.QuerySet[Any]", *columns: Any) -> "models.QuerySet[Any, Row]":
    """The rows as up to three columns of text, for `together`. `columns`: names of fields, or expressions of text."""
    fill = [Value("", output_field=models.TextField()) for _ in range(WIDTH - len(columns))]
    return rows.values_list(*columns, *fill)


def documents(rows: "models.QuerySet[Any]") -> "models.QuerySet[Any, Row]":
    """The documents of the current editions of rows of the projection, for `together`."""
    return texts(rows, "edition__document")


def together(*querysets: "models.QuerySet[Any, Row]") -> list[list[Row]]:
    """The rows of each, in its order; all of them are of `texts`. One query, or none where nothing can be found."""
    parts: list[list[Row]] = [[] for _ in querysets]
    statements: list[str] = []
    parameters: list[Any] = []
    using = querysets[0].db
    for number, rows in enumerate(querysets):
        try:
            statement, given = rows.query.get_compiler(using=using).as_sql()
        except EmptyResultSet:
            continue
        # Numbered as they come, since a union promises no order.
        statements.append(f"SELECT {number} AS part, ROW_NUMBER() OVER () AS place, q.* FROM ({statement}) q")  # noqa: S608
        parameters += given
    for part, _place, *row in _rows(using, statements, parameters):
        parts[part].append(tuple(row))
    return parts


def _rows(using: str, statements: Sequence[str], parameters: Sequence[Any]) -> list[Any]:
    if not statements:
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(statements)} ORDER BY 1, 2", parameters)
        return list(cursor.fetchall())
