"""Counting requests, in one process and as several that share a database."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from claims.domain import counters, rates
from claims.domain.rates import take
from claims.models import RateWindow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]
NOON = 29_000_000 * 60.0  # the first second of a minute


def taken(count: int, rate: int, now: float = NOON) -> int:
    """How many of so many requests may be made."""
    return sum(take("someone", rate, now=now).allowed for _ in range(count))


def another_process() -> None:
    rates.forget_all()


@pytest.mark.parametrize("rate", [1, 2, 19, 20, 100, 999])
def test_rate_of_one_process_is_exact(rate: int) -> None:
    assert taken(rate + 50, rate) == rate
    assert RateWindow.objects.get().used == rate


def test_standing_counts_down_to_the_end_of_the_minute() -> None:
    standings = [take("someone", 2, now=NOON + 15.9) for _ in range(3)]

    assert [(s.allowed, s.rate, s.remaining, s.reset) for s in standings] == [
        (True, 2, 1, 45),
        (True, 2, 0, 45),
        (False, 2, 0, 45),
    ]


def test_next_minute_begins_anew() -> None:
    assert (taken(10, 5), taken(10, 5, NOON + 59.9), taken(10, 5, NOON + 60)) == (5, 0, 5)


def test_subjects_have_rates_of_their_own() -> None:
    assert (taken(9, 5), take("other", 5, now=NOON).remaining) == (5, 4)


def test_another_process_knows_what_was_posted() -> None:
    first = taken(100, 100)
    another_process()
    second = taken(100, 100)

    assert (first, second) == (100, 5)  # a step, before it hears of the first
    another_process()
    assert taken(100, 1) == 1


@pytest.mark.parametrize("processes", [2, 5])
def test_overshoot_is_below_a_twentieth_for_each_process(processes: int) -> None:
    known: list[dict[str, rates.Count]] = [{} for _ in range(processes)]
    allowed = 0
    for _ in range(200):
        for counts in known:
            rates._counts = counts
            allowed += take("someone", 400, now=NOON).allowed

    assert 400 <= allowed < 400 + processes * 20


def test_few_requests_write(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert taken(14, 300) == 14
    with CaptureQueriesContext(connection) as captured:
        assert taken(300, 300) == 286
    assert sum(query["sql"].startswith("INSERT") for query in captured) <= 40
    with django_assert_num_queries(0):  # who is refused costs nothing
        assert taken(1000, 300) == 0


def test_old_minutes_are_swept() -> None:
    for minute in range(3):
        taken(5, 5, NOON + 600 * minute)

    assert [row.minute for row in RateWindow.objects.all()] == [29_000_020]


def test_database_that_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object) -> int:
        raise DatabaseError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(counters, "add_to_window", busy)
        assert taken(70, 100) == 70
    assert (taken(100, 100), RateWindow.objects.get().used) == (30, 100)


def test_subjects_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MOST", 10)
    for number in range(100):
        take(f"subject {number}", 1000, now=NOON)
    assert len(rates._counts) <= 11
    take("someone", 1000, now=NOON + 60)
    take("someone else", 1000, now=NOON + 60)

    assert len(rates._counts) <= 11
