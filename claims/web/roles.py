"""The roles of a speaker on a line of time."""

from dataclasses import dataclass
from datetime import date

from claims.dates import PartialDate
from claims.domain.record import Document

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Span:
    """Where a role lies on the line: its beginning and length in percent. None where neither date is known."""

    role: Document
    begins: float | None = None
    length: float = 0
    is_open: bool = False  # still held, or its end is not known


@dataclass(frozen=True, slots=True)
class RoleLine:
    spans: list[Span]
    first_year: int | None
    last_year: int | None

    @property
    def shown(self) -> list[Span]:
        """In the order of time; of many, the newest ones, the newest first."""
        return self.spans if len(self.spans) <= MOST_SHOWN else self.spans[: -MOST_SHOWN - 1 : -1]

    @property
    def folded(self) -> list[Span]:
        """The earlier ones of many."""
        return [] if len(self.spans) <= MOST_SHOWN else self.spans[-MOST_SHOWN - 1 :: -1]


def role_line(roles: list[Document], today: date) -> RoleLine:
    """A role that is known only to a month or year covers all of it, as its words say."""
    known = {number: _days(role, today) for number, role in enumerate(roles) if role["start"]}
    if not known:
        return RoleLine([Span(role) for role in roles], None, None)
    first = date(min(start for start, _ in known.values()).year, 1, 1)
    last = date(max(end for _, end in known.values()).year, 12, 31)
    whole = (last - first).days
    spans = [
        Span(
            role,
            min(round(100 * (known[number][0] - first).days / whole, 1), 99),
            max(round(100 * (known[number][1] - known[number][0]).days / whole, 1), 1),
            not role["end"],
        )
        if number in known
        else Span(role)
        for number, role in enumerate(roles)
    ]
    return RoleLine(spans, first.year, last.year)


def _days(role: Document, today: date) -> tuple[date, date]:
    start = PartialDate.parse(role["start"]).earliest
    end = PartialDate.parse(role["end"]).latest if role["end"] else max(today, start)
    return start, end
