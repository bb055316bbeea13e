"""A month of the calendar, as it is shown and as it stands in addresses (`2019-02`)."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from claims.domain.record import Document

Weeks = list[list["Day"]]


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: `day` is None where the week belongs to another month."""

    day: date | None
    claims: list[Document]
    is_today: bool


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """Years 1 to 9999."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=calendar.monthrange(self.year, self.month)[1] - 1)

    def weeks(self, claims: Iterable[Document], today: date) -> Weeks:
        """The month in weeks from Monday, each claim on the last day of its due window."""
        due: dict[str, list[Document]] = {}
        for claim in claims:
            due.setdefault(claim["forecast"]["due_end"], []).append(claim)
        days = [date(self.year, self.month, number) for number in range(1, self.last.day + 1)]
        cells = [Day(day, due.get(day.isoformat(), []), day == today) for day in days]
        empty = Day(None, [], is_today=False)
        cells = [empty] * self.first.weekday() + cells + [empty] * (6 - self.last.weekday())
        return [cells[start : start + 7] for start in range(0, len(cells), 7)]


class MonthConverter:
    """For addresses."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, text: str) -> Month:
        """Raises ValueError for what is no month, which answers 404."""
        month = Month(int(text[:4]), int(text[5:]))
        date(month.year, month.month, 1)
        return month

    def to_url(self, month: Month) -> str:
        return str(month)
