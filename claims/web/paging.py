"""Pages by key: a link says where the next page begins, so that a page a thousand deep costs what the first does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

M = TypeVar("M", bound=models.Model)

CURSOR = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Newest first. `newer` and `older` are query strings, or None where there is nothing more."""

    items: Sequence[M]
    newer: str | None
    older: str | None


def page_of(rows: "models.QuerySet[M]", key: str, parameters: QueryDict, size: int) -> Page[M]:
    """The page of `rows` before (older than) or after (newer than) a value of `key`, a unique number that grows.

    Raises ValueError when a cursor is no number.
    """
    before, after = _cursor(parameters, "before"), _cursor(parameters, "after")
    if after is not None and before is None:
        nearest = list(rows.filter(**{f"{key}__gt": after}).order_by(key)[: size + 1])
        items, has_newer, has_older = nearest[:size][::-1], len(nearest) > size, True
    else:
        bounded = rows if before is None else rows.filter(**{f"{key}__lt": before})
        nearest = list(bounded.order_by(f"-{key}")[: size + 1])
        items, has_newer, has_older = nearest[:size], before is not None, len(nearest) > size
    return Page(
        items,
        newer=_address(parameters, "after", getattr(items[0], key)) if items and has_newer else None,
        older=_address(parameters, "before", getattr(items[-1], key)) if items and has_older else None,
    )


def without(parameters: QueryDict, *names: str) -> QueryDict:
    """A copy without the parameters of these names."""
    copy = parameters.copy()
    for name in names:
        copy.pop(name, None)
    return copy


def _cursor(parameters: QueryDict, name: str) -> int | None:
    text = parameters.get(name)
    if not text:
        return None
    if not CURSOR.fullmatch(text):
        raise ValueError(_("This link to a page of the list is not valid."))
    return int(text)


def _address(parameters: QueryDict, name: str, cursor: int) -> str:
    address = without(parameters, "before", "after")
    address[name] = str(cursor)
    return f"?{address.urlencode()}"
