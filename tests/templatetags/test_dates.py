from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import translation

from claims.templatetags.dates import day, due_window, instant, moment, partial_date, period


@pytest.mark.parametrize(
    ("known", "shown"),
    [("2019-02-09", "9 February 2019"), ("2019-02", "February 2019"), ("2019", "2019"), ("", ""), (None, "")],
)
def test_partial_date_is_no_more_precise_than_known(known: str | None, shown: str) -> None:
    assert partial_date(known) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (None, "2019-02-27", "by 27 February 2019"),
        ("2019-02-27", "2019-02-27", "on 27 February 2019"),
        ("2019-02-17", "2019-02-23", "from 17 to 23 February 2019"),
        ("2019-02-17", "2019-03-02", "from 17 February to 2 March 2019"),
        ("2018-12-17", "2019-01-02", "from 17 December 2018 to 2 January 2019"),
        ("2019-02-01", "2019-02-28", "in February 2019"),
        ("2019-01-01", "2019-12-31", "in 2019"),
        ("2019-01-01", "2021-12-31", "from 2019 to 2021"),
        ("2019-02-01", "2019-03-31", "from February to March 2019"),
        ("2018-12-01", "2019-03-31", "from December 2018 to March 2019"),
    ],
)
def test_due_window_reads_as_a_person_would_say_it(start: str | None, end: str, shown: str) -> None:
    assert due_window(start, end) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2014", "2018-05", "2014 to May 2018"),
        ("2014", "2014", "2014"),
        ("2014", None, "from 2014"),
        (None, "2018-05-01", "until 1 May 2018"),
        (None, None, ""),
    ],
)
def test_period_of_a_role(start: str | None, end: str | None, shown: str) -> None:
    assert period(start, end) == shown


def test_instant_is_a_time_as_html_writes_it() -> None:
    time = datetime(2019, 3, 2, 9, 30, 1, 123456, tzinfo=timezone(timedelta(hours=9)))

    assert instant(time) == "2019-03-02T00:30:01Z"


@pytest.mark.parametrize(
    ("language", "known", "shown"),
    [
        ("ko", "2019-02-09", "2019년 2월 9일"),
        ("ko", "2019-02", "2019년 2월"),
        ("ko", "2019", "2019년"),
        ("ar", "2019-02-09", "9 فبراير 2019"),
        ("ar", "2019-02", "فبراير 2019"),
        ("ar", "2019", "2019"),
    ],
)
def test_partial_date_in_another_language(language: str, known: str, shown: str) -> None:
    with translation.override(language):
        assert partial_date(known) == shown


@pytest.mark.parametrize(
    ("start", "end", "korean", "arabic"),
    [
        (None, "2019-02-27", "2019년 2월 27일까지", "في موعد أقصاه 27 فبراير 2019"),
        ("2019-02-27", "2019-02-27", "2019년 2월 27일", "في 27 فبراير 2019"),
        ("2019-02-17", "2019-02-23", "2019년 2월 17일부터 23일까지", "من 17 إلى 23 فبراير 2019"),
        ("2019-02-17", "2019-03-02", "2019년 2월 17일부터 3월 2일까지", "من 17 فبراير إلى 2 مارس 2019"),
        (
            "2018-12-17",
            "2019-01-02",
            "2018년 12월 17일부터 2019년 1월 2일까지",
            "من 17 ديسمبر 2018 إلى 2 يناير 2019",
        ),
        ("2019-02-01", "2019-02-28", "2019년 2월 중", "خلال فبراير 2019"),
        ("2019-01-01", "2021-12-31", "2019년부터 2021년까지", "من 2019 إلى 2021"),
        ("2019-02-01", "2019-03-31", "2019년 2월부터 3월까지", "من فبراير إلى مارس 2019"),
    ],
)
def test_due_window_in_other_languages(start: str | None, end: str, korean: str, arabic: str) -> None:
    with translation.override("ko"):
        assert due_window(start, end) == korean
    with translation.override("ar"):
        assert due_window(start, end) == arabic


def test_moment_in_other_languages() -> None:
    at = datetime(2019, 2, 9, 8, 5, tzinfo=UTC)

    assert [moment(at), day(at), moment(None), day(None)] == ["9 February 2019, 08:05 UTC", "9 February 2019", "", ""]
    with translation.override("ko"):
        assert moment(at) == "2019년 2월 9일 08:05 UTC"
