"""Dates of every shape, as EDTF level 0: to the day where that can be known, else only to the month or the year.

All readings of a date are worked out, and what they have in common is kept: 1-5-2020 is a day of May or of January,
so 2020 is kept, unless the mapping says in which order the file writes day and month.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

from django.utils import timezone

from claims.dates import PartialDate
from claims.domain.incoming import Finding
from claims.exchange.month_names import months
from claims.exchange.plain_text import shown
from claims.folding import fold

# Year, month and day; a month or a day of 0 is not known.
Reading = tuple[int, int, int]

ORDERS = ("dmy", "mdy", "ymd")
EXACT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?", re.ASCII)
CLOCK = re.compile(
    r"(?:T|[\s,–-]+)(?:(?:at|à|às|um|a las?)\s+)?\d{1,2}[:h]\d{2}.*|(?<=\d)T(?:\d{2}.*)?$", re.IGNORECASE | re.DOTALL
)
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.\s](\d{1,2})(?:[-/.\s](\d{1,2}))?)?\.?", re.ASCII)
EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?")
NUMBERS = re.compile(r"(\d{1,2})\s*([-/.\s])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?", re.ASCII)
MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u200b\ufeff"))
SECONDS, LONG_AGO = 10**9, 10**8  # of an epoch: 2001-09-09, 1973
LONGEST = 100


def date_of(value: Any, field: str, findings: list[Finding], *, order: str = "") -> str:
    """EDTF level 0 text, or "" for what is no date. `order` is how the file writes numbers, one of ORDERS, if known."""
    if isinstance(value, list | dict):
        value = (
            value[0] if isinstance(value, list) and value else value.get("@value") if isinstance(value, dict) else ""
        )
    if value is None or value == "" or isinstance(value, bool | list | dict):
        return ""
    text = _digits(str(value)[: LONGEST + 1]).strip()
    day = _valid(*map(int, text[:10].split("-"))) if EXACT.fullmatch(text) else None
    if str(day) == text[:10]:
        return _checked(str(day), value, field, findings, silent=True)
    if not text:
        return ""
    dates = _valid_dates(_readings(text, order)) if len(text) <= LONGEST else set()
    if len(dates) > 1:
        kept = _common(dates)
        findings.append(Finding(field, shown(value), "Day, month and year cannot be told apart.", kept))
        return kept
    return _checked(next(iter(dates), ""), value, field, findings, silent=bool(order))


def _checked(date: str, value: Any, field: str, findings: list[Finding], *, silent: bool) -> str:
    quoted = shown(value)
    if not date:
        findings.append(Finding(field, quoted, "This is no date that can be read. It was left out."))
    elif int(date[:4]) > timezone.now().year + 1:
        findings.append(Finding(field, quoted, "The date lies far ahead.", date))
    elif not silent and date != quoted:
        findings.append(Finding(field, quoted, "This is not written as 2019-02-09.", date))
    return date


def _digits(text: str) -> str:
    """With digits of any script as ASCII, and without marks of direction."""
    if text.isascii():
        return text
    text = text.translate(DIRECTION)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _readings(text: str, order: str) -> Iterator[Reading]:
    if text.lstrip("-").replace(".", "", 1).isdecimal() and (found := list(_plain_number(text, order))):
        yield from found
        return
    if match := EAST_ASIAN.search(text):
        yield _whole(match.groups())
        return
    date = CLOCK.sub("", text).strip(" ,;")
    if match := YEAR_FIRST.fullmatch(date):
        year, month, day = _whole(match.groups())
        yield (year, day, month) if month > 12 >= day > 0 else (year, month, day)
    elif match := NUMBERS.fullmatch(date):
        first, separator, second, third = match.groups()
        yield from _by_order(first, second, third, order or ("dmy" if separator == "." else ""))
    elif match := MONTH_AND_YEAR.fullmatch(date):
        yield int(match[2]), int(match[1]), 0
    else:
        yield from _with_words(date)


def _whole(parts: Iterable[str | None]) -> Reading:
    year, month, day = (int(part or 0) for part in parts)
    return year, month, day


def _plain_number(text: str, order: str) -> Iterator[Reading]:
    """A year, yyyymmdd, or seconds (or parts of them) since 1970."""
    whole = text.partition(".")[0].lstrip("-")
    if len(whole) == 4 and "." not in text:
        yield int(whole), 0, 0
    elif len(whole) == 8 and "." not in text and _valid(*_split(whole)):
        yield _split(whole)
    elif len(whole) >= 9 and text[0] != "-":
        seconds = int(whole)
        while seconds > 100 * SECONDS:
            seconds //= 1000
        if seconds > LONG_AGO:
            moment = datetime.fromtimestamp(seconds, UTC)
            yield moment.year, moment.month, moment.day


def _split(digits: str) -> Reading:
    return int(digits[:4]), int(digits[4:6]), int(digits[6:])


def _by_order(first: str, second: str, third: str, order: str) -> Iterator[Reading]:
    a, b = int(first), int(second)
    year = _full_year(third)
    if order in {"", "dmy"}:
        yield year, b, a
    if order in {"", "mdy"}:
        yield year, a, b
    if len(third) == 2 and order in {"", "ymd"}:
        yield _full_year(first), b, int(third)


def _full_year(digits: str) -> int:
    """Of two digits, the last such year that is not ahead."""
    if len(digits) > 2:
        return int(digits)
    now = timezone.now().year
    year = now - now % 100 + int(digits)
    return year if year <= now + 1 else year - 100


def _with_words(text: str) -> Iterator[Reading]:
    """“Feb 9, 2019”, “9 de febrero de 2019”, “٩ فبراير ٢٠١٩”: one name of a month, a year, and perhaps a day."""
    words = re.findall(r"\d+|[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff'’]*[^\W\d_]*)*", fold(text.replace("-", " ")))
    named = _months_named(words)
    numbers = [word for word in words if word.isdecimal()]
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if not years and len(days) == 2:  # 9-Feb-19
        years, days = [_full_year(f"{days[1]:02}")], days[:1]
    if len(years) == 1 and len(days) <= 1:
        for month, day in product(named, days or [0]):
            yield years[0], month, day


def _months_named(words: list[str]) -> set[int]:
    known = months()
    for count in (2, 1):  # “تشرين الأول” before “الأول”
        phrases = [" ".join(words[at : at + count]) for at in range(len(words) - count + 1)]
        found = [known[phrase] for phrase in phrases if phrase in known]
        if found:
            return set(frozenset.intersection(*found) or ())
    return set()


def _valid_dates(readings: Iterable[Reading]) -> set[str]:
    return {str(date) for reading in readings if (date := _valid(*reading))}


def _common(dates: Iterable[str]) -> str:
    """The year, or the year and the month, that all of them share."""
    kept: list[str] = []
    for parts in zip(*(date.split("-") for date in dates), strict=False):
        if len(set(parts)) > 1:
            break
        kept.append(parts[0])
    return "-".join(kept)


def _valid(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate.parse(
            f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
        )
    except ValueError:
        return None
