"""Dates of every shape, as EDTF level 0: to the day where that can be known, else only to the month or the year.

All readings of a date are worked out, and what they have in common is kept: 1-5-2020 is a day of May or of January,
so 2020 is kept, unless the mapping says in which order the file writes day and month, or the language of the text does:
whoever writes Portuguese means the first of May.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from claims.dates import PartialDate
from claims.domain.incoming import Finding
from claims.exchange.date_readings import Reading, readings
from claims.exchange.plain_text import EMPTY, shown

ORDERS = ("dmy", "mdy", "ymd")
# Languages that write the day first wherever they are spoken, as CLDR has it. English does and does not, by country.
DAY_FIRST = {
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "et", "fi", "fr", "gl", "gu", "he", "hi", "hr",
    "hy", "id", "is", "it", "ka", "kn", "ml", "mr", "ms", "nb", "nl", "nn", "no", "pa", "pl", "pt", "ro", "ru", "sk",
    "sl", "sq", "sr", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi",
}  # fmt: skip
DAY_FIRST_THERE = {"en-au", "en-gb", "en-ie", "en-in", "en-nz", "en-za"}
MONTH_FIRST = {"es-us", "es-pr", "es-pa"}
EXACT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?", re.ASCII)
# Of direction, of no width, and joiners, which only say how letters are drawn.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u2066\u2067\u2068\u2069\ufeff"))
LONGEST = 100
EARLIEST = 1500  # year: of what lies before, nearly all is of the Islamic calendars, or stands for no date at all
UNREADABLE = "This is no date that can be read. It was left out."


def date_of(value: Any, field: str, findings: list[Finding], *, order: str = "", language: str = "") -> str:
    """EDTF level 0 text, or "" for what is no date. `order` is how the file writes numbers, one of ORDERS, if known.

    Without it, what can be read in several ways is read as is usual in `language` (BCP 47), with a finding.
    """
    value = _one(value, field, findings)
    if value in EMPTY:
        return ""
    text = _digits(str(value)[: LONGEST + 1]).strip()
    day = _valid(*map(int, text[:10].split("-"))) if EXACT.fullmatch(text) else None
    if day and str(day) == text[:10]:
        return _checked(str(day), value, field, findings, silent=True)
    if not text:
        return ""
    dates = _valid_dates(readings(text, order)) if len(text) <= LONGEST else set()
    usual = _valid_dates(readings(text, "dmy")) if len(dates) > 1 and _is_day_first(language) else set()
    if len(usual) == 1 and int(min(usual)[:4]) >= EARLIEST:
        (date,) = usual
        message = f"Read with the day first, as is usual in this language ({language}). A mapping's date_order rules."
        findings.append(Finding(field, shown(value), message, date))
        return date
    if len(dates) > 1 and int(min(dates)[:4]) >= EARLIEST:
        kept = _common(dates)
        findings.append(Finding(field, shown(value), "Day, month and year cannot be told apart.", kept))
        return kept
    return _checked(min(dates, default=""), value, field, findings, silent=bool(order))


def _is_day_first(language: str) -> bool:
    tag = language.lower()
    code = tag.partition("-")[0]
    return code in DAY_FIRST or tag in DAY_FIRST_THERE or (code == "es" and tag not in MONTH_FIRST)


def _one(value: Any, field: str, findings: list[Finding]) -> Any:
    """What may be a date in a value that should be one: its text or number, or None with a finding."""
    given = value
    if isinstance(value, list):
        filled = [item for item in value if item not in EMPTY]
        value = filled[0] if filled else None
        if len(filled) > 1:
            findings.append(Finding(field, shown(given), "There are several dates. The first was taken."))
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    if isinstance(value, bool | list | dict):
        findings.append(Finding(field, shown(given), UNREADABLE))
        return None
    return value


def _checked(date: str, value: Any, field: str, findings: list[Finding], *, silent: bool) -> str:
    quoted = shown(value)
    if not date:
        findings.append(Finding(field, quoted, UNREADABLE))
    elif int(date[:4]) < EARLIEST:
        findings.append(Finding(field, quoted, "The year is long ago, or of another calendar. It was left out."))
        return ""
    elif int(date[:4]) > timezone.now().year + 1:
        findings.append(Finding(field, quoted, "The date lies far ahead.", date))
    elif not silent and date != quoted:
        findings.append(Finding(field, quoted, "This is not written as 2019-02-09.", date))
    return date


def _digits(text: str) -> str:
    """With digits of any script as ASCII, and without what cannot be seen."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.translate(INVISIBLE))


def _valid_dates(found: Iterable[Reading]) -> set[str]:
    return {str(date) for reading in found if (date := _valid(*reading))}


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
