from datetime import datetime, timedelta, timezone

import pytest

from claims.templatetags.dates import due_window, instant, partial_date, period


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
