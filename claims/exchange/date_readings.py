"""What a text may mean as a date: each reading a year, a month and a day, valid or not."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import product

from django.utils import timezone

from claims.exchange.month_names import key, months

# Year, month and day; a month or a day of 0 is not known.
Reading = tuple[int, int, int]

# A time and all that follows it, and a time alone, after which the date may come.
CLOCK = re.compile(
    r"(?:T|[\s,–-]+)(?:(?:at|à|às|um|a las?)\s+)?\d{1,2}[:h]\d{2}.*|(?<=\d)T(?:\d{2}.*)?$", re.IGNORECASE | re.DOTALL
)
CLOCK_ALONE = re.compile(
    r"(?:\b(?:at|à|às|um|a las?)\s+)?\b\d{1,2}[:h]\d{2}(?::\d{2})?"
    r"(?:\s*(?:[ap]\.?\s?m\b\.?|[صم](?!\w)|hs?\b))?[\s,|–-]*",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.\s](\d{1,2})(?:[-/.\s](\d{1,2}))?)?\.?", re.ASCII)
EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?")
NUMBERS = re.compile(r"(\d{1,2})\s*([-/.\s])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?", re.ASCII)
WITHIN = re.compile(r"(?<![\d/.-])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?![\d/-])")
MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
ROMAN = re.compile(r"(\d{1,2})[-/.\s]+(I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})[-/.\s]+(\d{4})", re.ASCII | re.IGNORECASE)
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# Digits of the seconds since 1970, of which recent years have so many, to how many there are in one.
EPOCHS = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}
LONG_AGO = 10**8  # seconds: 1973


def readings(text: str, order: str) -> list[Reading]:
    """All that the text, with ASCII digits, may mean. `order` is how numbers are written: dmy, mdy, ymd, or ""."""
    if text.lstrip("-").replace(".", "", 1).isdecimal() and (found := list(_plain_number(text))):
        return found
    if match := EAST_ASIAN.search(text):
        return [_whole(match.groups())]
    without_times = (pattern.sub(" ", text).strip(" ,;|") for pattern in (CLOCK, CLOCK_ALONE))
    return next((found for date in without_times if (found := list(_of_date(date, order)))), [])


def _of_date(date: str, order: str) -> Iterator[Reading]:
    if match := ROMAN.fullmatch(date):
        yield int(match[3]), ROMAN_MONTHS.index(match[2].upper()) + 1, int(match[1])
    elif found := list(_in_numbers(date, order)):
        yield from found
    elif _months_named(_words(date)):
        yield from _with_words(date)
    else:
        within = {match[0] for match in WITHIN.finditer(date)}
        if len(within) == 1:  # “Publicado em 10/02/22”
            yield from _in_numbers(within.pop(), order)


def _in_numbers(date: str, order: str) -> Iterator[Reading]:
    if match := YEAR_FIRST.fullmatch(date):
        year, month, day = _whole(match.groups())
        yield (year, day, month) if month > 12 >= day > 0 else (year, month, day)
    elif match := NUMBERS.fullmatch(date):
        first, separator, second, third = match.groups()
        yield from _by_order(first, second, third, order or ("dmy" if separator == "." else ""))
    elif match := MONTH_AND_YEAR.fullmatch(date):
        yield int(match[2]), int(match[1]), 0


def _whole(parts: Iterable[str | None]) -> Reading:
    year, month, day = (int(part or 0) for part in parts)
    return year, month, day


def _plain_number(text: str) -> Iterator[Reading]:
    """A year, yyyymmdd, or seconds (or parts of them) since 1970 up to now."""
    whole = text.partition(".")[0]
    if len(whole) == 4 and "." not in text:
        yield int(whole), 0, 0
    elif len(whole) == 8 and "." not in text and _is_day(*_split(whole)):
        yield _split(whole)
    elif len(whole) in EPOCHS and text[0] != "-":
        seconds = int(whole) // EPOCHS[len(whole)]
        if LONG_AGO < seconds < timezone.now().timestamp() + 366 * 86_400:
            moment = datetime.fromtimestamp(seconds, UTC)
            yield moment.year, moment.month, moment.day


def _split(digits: str) -> Reading:
    return int(digits[:4]), int(digits[4:6]), int(digits[6:])


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= 31


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
    words = _words(text)
    named = _months_named(words)
    numbers = [word for word in words if word.isdecimal()]
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if not years and len(days) == 2:  # 9-Feb-19
        years, days = [_full_year(f"{days[1]:02}")], days[:1]
    if len(years) == 1 and len(days) <= 1:
        for month, day in product(named, days or [0]):
            yield years[0], month, day


def _words(text: str) -> list[str]:
    return re.findall(r"\d+|[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff'’]*[^\W\d_]*)*", key(text.replace("-", " ")))


def _months_named(words: list[str]) -> set[int]:
    known = months()
    for count in (2, 1):  # “تشرين الأول” before “الأول”
        phrases = [" ".join(words[at : at + count]) for at in range(len(words) - count + 1)]
        found = [known[phrase] for phrase in phrases if phrase in known]
        if found:
            return set(frozenset.intersection(*found) or ())
    return set()
