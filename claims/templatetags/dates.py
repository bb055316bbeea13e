"""Dates as readers read them, in the page's language and never more precise than what is known."""

import calendar
from datetime import UTC, date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.dates import PartialDate

register = template.Library()


@register.filter(expects_localtime=True)
def day(moment: date | datetime | None) -> str:
    """9 February 2019, in the site's time zone; "" for none."""
    return date_format(moment, pgettext("form of a date", "j F Y")) if moment else ""


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """9 February 2019, 17:04 KST; "" for none."""
    return date_format(value, pgettext("form of a date", "j F Y, H:i e")) if value else ""


@register.filter
def instant(value: datetime) -> str:
    """For the `datetime` of a `time` element, to the second: HTML does not know microseconds."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@register.filter
def partial_date(text: str | None) -> str:
    """`2019-02-09`: 9 February 2019; `2019-02`: February 2019; `2019`: 2019; "" when unknown."""
    if not text:
        return ""
    known = PartialDate.parse(text)
    if known.day:
        return day(known.earliest)
    return _month(known.earliest) if known.month else _year(known.earliest)


@register.simple_tag
def due_window(start: str | None, end: str) -> str:
    """The window of a forecast, given as ISO days: “from 17 to 23 February 2019”, “in March 2019”, “by 1 May 2019”."""
    last = date.fromisoformat(end)
    if not start:
        return _("by %(day)s") % {"day": day(last)}
    first = date.fromisoformat(start)
    if first == last:
        return _("on %(day)s") % {"day": day(last)}
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _whole_months(first, last)
    return _days(first, last)


@register.simple_tag
def period(start: str | None, end: str | None) -> str:
    """How long a role was held: “2014 to May 2018”, “from 2014”, “until May 2018”, "" when neither is known."""
    if start and end:
        words = {"first": partial_date(start), "last": partial_date(end)}
        return _("%(first)s to %(last)s") % words if start != end else partial_date(start)
    if start:
        return _("from %(first)s") % {"first": partial_date(start)}
    return _("until %(last)s") % {"last": partial_date(end)} if end else ""


def _days(first: date, last: date) -> str:
    """Two days as one phrase, in which nothing is said twice: which of them says month and year is the language's."""
    if first.year != last.year:
        return _from_to(day(first), day(last))
    words = {
        "first_day": first.day,
        "first_month": date_format(first, "F"),
        "last_day": last.day,
        "last_month": date_format(last, "F"),
        "year": last.year,
    }
    if first.month == last.month:
        return _("from %(first_day)s to %(last_day)s %(last_month)s %(year)s") % words
    return _("from %(first_day)s %(first_month)s to %(last_day)s %(last_month)s %(year)s") % words


def _whole_months(first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return _in(_year(first)) if first.year == last.year else _from_to(_year(first), _year(last))
    if first.year != last.year:
        return _from_to(_month(first), _month(last))
    if first.month == last.month:
        return _in(_month(last))
    words = {"first_month": date_format(first, "F"), "last_month": date_format(last, "F"), "year": last.year}
    return _("from %(first_month)s to %(last_month)s %(year)s") % words


def _in(span: str) -> str:
    return _("in %(month_or_year)s") % {"month_or_year": span}


def _from_to(first: str, last: str) -> str:
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}


def _month(span: date) -> str:
    return date_format(span, pgettext("form of a date", "F Y"))


def _year(span: date) -> str:
    return date_format(span, pgettext("form of a date", "Y"))
