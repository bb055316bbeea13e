"""Lists, newest first, a page at a time.

A page begins at a position in the record, which no later publication moves: walking the pages neither skips nor
repeats anything while others publish, and page 1,000 costs what page 1 costs.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from claims.api.base import json_response
from claims.api.parameters import whole_number
from claims.web.public_address import public_address

Row = TypeVar("Row")

PAGE_SIZE = 50
MAXIMUM = 200
CURSOR = re.compile(r"(older|newer)-than-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Older or newer than the object at a position; partners pass it on as they got it."""

    direction: str
    position: int

    @classmethod
    def read(cls, text: str) -> "Cursor":
        match = CURSOR.fullmatch(text)
        if not match:
            raise ValueError("Take the cursor from the `next` or `previous` address of an answer.")
        return cls(match[1], int(match[2]))

    def __str__(self) -> str:
        return f"{self.direction}-than-{self.position}"


PARAMETERS = {"cursor": Cursor.read, "page_size": whole_number(1, MAXIMUM)}


def newest_first(
    rows: QuerySet[Any, Row],
    position: Callable[[Row], int],
    *,
    cursor: Cursor | None = None,
    page_size: int = PAGE_SIZE,
) -> tuple[list[Row], Cursor | None, Cursor | None]:
    """One page of `rows`, whose primary key is their `position`, and the cursors to newer and to older ones. One query.

    Something newer than an `older-than` page, or older than a `newer-than` one, is where the reader came from.
    """
    backwards = cursor is not None and cursor.direction == "newer"
    if cursor:
        rows = rows.filter(**{"pk__gt" if backwards else "pk__lt": cursor.position})
    found = list(rows.order_by("pk" if backwards else "-pk")[: page_size + 1])
    more, page = len(found) > page_size, found[:page_size]
    if backwards:
        page.reverse()
    has_newer, has_older = (more, True) if backwards else (cursor is not None, more)
    came_from = cursor.position if cursor else 0
    newer = Cursor("newer", position(page[0]) if page else max(came_from - 1, 0))
    older = Cursor("older", position(page[-1]) if page else came_from + 1)
    return page, newer if has_newer else None, older if has_older else None


def listing(results: Iterable[str], **members: object) -> HttpResponse:
    """A list: `members`, and the results, which are JSON already."""
    head = json.dumps(members, separators=(",", ":")).encode()
    # Encoded one by one: a single letter beyond Latin would make the whole page a wide string, slow to join and encode.
    return json_response(b'%b,"results":[%b]}' % (head[:-1], b",".join([text.encode() for text in results])))


def address(request: HttpRequest, name: str, value: object) -> str:
    """The absolute address of this very list with one of its parameters changed."""
    query = request.GET.copy()
    query[name] = str(value)
    return public_address(request, f"{request.path}?{query.urlencode()}")


def page_of(request: HttpRequest, results: Iterable[str], newer: Cursor | None, older: Cursor | None) -> HttpResponse:
    """A page of a list that runs from the newest to the oldest."""
    following = address(request, "cursor", older) if older else None
    previous = address(request, "cursor", newer) if newer else None
    return listing(results, next=following, previous=previous)
