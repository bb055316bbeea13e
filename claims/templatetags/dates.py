"""Dates as readers read them, never more precise than what is known."""

import calendar
from datetime import date

from django import template
from django.utils.formats import date_format

from claims.dates import PartialDate

register = template.Library()


@register.filter
def partial_date(text: str | None) -> str:
    """`2019-02-09`: 9 February 2019; `2019-02`: February 2019; `2019`: 2019; "" when unknown."""
    if not text:
        return ""
    known = PartialDate.parse(text)
    form = "j F Y" if known.day else "F Y" if known.month else "Y"
    return date_format(known.earliest, form)


@register.simple_tag
def due_window(start: str | None, end: str) -> str:
    """The window of a forecast, given as ISO days: “from 17 to 23 February 2019”, “in March 2019”, “by 1 May 2019”."""
    last = date.fromisoformat(end)
    if not start:
        return f"by {date_format(last, 'j F Y')}"
    first = date.fromisoformat(start)
    if first == last:
        return f"on {date_format(last, 'j F Y')}"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _whole_months(first, last)
    return f"from {date_format(first, _shortest(first, last, 'j'))} to {date_format(last, 'j F Y')}"


@register.simple_tag
def period(start: str | None, end: str | None) -> str:
    """How long a role was held: “2014 to May 2018”, “from 2014”, “until May 2018”, "" when neither is known."""
    if start and end:
        return f"{partial_date(start)} to {partial_date(end)}" if start != end else partial_date(start)
    if start:
        return f"from {partial_date(start)}"
    return f"until {partial_date(end)}" if end else ""


def _whole_months(first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"in {date_format(last, 'F Y')}"
    return f"from {date_format(first, _shortest(first, last, ''))} to {date_format(last, 'F Y')}"


def _shortest(first: date, last: date, day: str) -> str:
    """The parts of the first date that the last does not repeat."""
    if first.year != last.year:
        return f"{day} F Y".strip()
    return day if day and first.month == last.month else f"{day} F".strip()
