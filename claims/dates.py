"""Dates known to the day, the month or only the year: the EDTF level 0 forms `2019-02-09`, `2019-02` and `2019`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

FORM = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A span of whole days, as precise as what is known: a day, a month or a year."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Raises ValueError when `text` is not one of the three forms or names no day of the calendar."""
        match = FORM.fullmatch(text)
        if not match:
            raise ValueError(f"“{text}” is not a date. Write 2019-02-09, 2019-02 or 2019.")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise ValueError(f"“{text}” is not a day of the calendar.") from None
        return cls(year, month, day)

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join(
            part
            for part in (
                f"{self.year:04}",
                f"{self.month:02}" if self.month else "",
                f"{self.day:02}" if self.day else "",
            )
            if part
        )


def overlaps(on: str, start: str, end: str) -> bool:
    """Whether `on` may lie within `start`..`end`. All are EDTF text; an empty bound is open.

    A span known only to the year is given the benefit of the doubt: 2019 overlaps 2019-06 to 2020.
    """
    moment = PartialDate.parse(on)
    begins_in_time = not start or PartialDate.parse(start).earliest <= moment.latest
    ends_in_time = not end or moment.earliest <= PartialDate.parse(end).latest
    return begins_in_time and ends_in_time
