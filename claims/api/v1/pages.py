"""Lists, a page at a time, newest first unless otherwise asked.

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
from claims.api.parameters import Matching, Reader, WholeNumber
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


PARAMETERS: dict[str, Reader] = {
    "cursor": Matching(Cursor.read, {"pattern": f"^{CURSOR.pattern}$"}),
    "page_size": WholeNumber(1, MAXIMUM),
}


@dataclass(frozen=True, slots=True)
class Ordering:
    """By which column, a unique one that an index is on, and which way; `position` reads it from a row."""

    column: str = "pk"
    ascending: bool = False

    @property
    def forward(self) -> str:
        """The direction in which a walk goes on."""
        return "newer" if self.ascending else "older"


NEWEST_FIRST = Ordering()


def keyset(
    rows: QuerySet[Any, Row],
    position: Callable[[Row], int],
    *,
    cursor: Cursor | None = None,
    page_size: int = PAGE_SIZE,
    ordering: Ordering = NEWEST_FIRST,
) -> tuple[list[Row], Cursor | None, Cursor | None]:
    """One page of `rows`, whose column of the ordering is their `position`, and the cursors back and on. One query.

    Something on the other side of a page that a cursor led to is always there: it is where the reader came from.
    """
    backwards = cursor is not None and cursor.direction != ordering.forward
    ascending = ordering.ascending != backwards
    if cursor:
        rows = rows.filter(**{f"{ordering.column}__{'gt' if ascending else 'lt'}": cursor.position})
    found = list(rows.order_by(ordering.column if ascending else f"-{ordering.column}")[: page_size + 1])
    more, page = len(found) > page_size, found[:page_size]
    if backwards:
        page.reverse()
    has_before, has_after = (more, True) if backwards else (cursor is not None, more)
    first, last = _ends([position(row) for row in page], cursor, ordering)
    back = Cursor("older" if ordering.ascending else "newer", first)
    onward = Cursor(ordering.forward, last)
    return page, back if has_before else None, onward if has_after else None


def _ends(positions: list[int], cursor: Cursor | None, ordering: Ordering) -> tuple[int, int]:
    """Where the pages before and after begin; around the cursor when the page it led to is empty."""
    if positions:
        return positions[0], positions[-1]
    came_from = cursor.position if cursor else 0
    below, above = max(came_from - 1, 0), came_from + 1
    return (above, below) if ordering.ascending else (below, above)


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


def page_of(request: HttpRequest, results: Iterable[str], back: Cursor | None, onward: Cursor | None) -> HttpResponse:
    """A page of a list, with the addresses of the pages before and after."""
    following = address(request, "cursor", onward) if onward else None
    previous = address(request, "cursor", back) if back else None
    return listing(results, next=following, previous=previous)
