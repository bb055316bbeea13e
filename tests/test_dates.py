from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.dates import PartialDate, overlaps

modest = settings(max_examples=50, deadline=None)


def _partial(day: date, precision: int) -> str:
    """`day` as it is written when known to the year (4 characters), the month (7) or the day (10)."""
    return day.isoformat()[:precision]


texts = st.builds(_partial, st.dates(), st.sampled_from([4, 7, 10]))
bounds = st.one_of(st.just(""), texts)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019-02-09", date(2019, 2, 9), date(2019, 2, 9)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_partial_date_spans_whole_days(text: str, earliest: date, latest: date) -> None:
    parsed = PartialDate.parse(text)

    assert (parsed.earliest, parsed.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", " 2019", "2019 ", "2019\n", "19", "2019-2", "2019-02-9", "2019/02/09", "2019-02-09-01", "٢٠١٩", "2019-02\x00"],
)
def test_partial_date_of_another_form(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as caught:
        PartialDate.parse(text)

    assert str(caught.value) == f"“{text}” is not a date. Write 2019-02-09, 2019-02 or 2019."


@pytest.mark.parametrize("text", ["2019-02-29", "2019-13", "2019-00", "2019-01-00", "0000", "2019-01-32"])
def test_partial_date_outside_the_calendar(text: str) -> None:
    with pytest.raises(ValueError, match="calendar") as caught:
        PartialDate.parse(text)

    assert str(caught.value) == f"“{text}” is not a day of the calendar."


@pytest.mark.parametrize(
    ("on", "start", "end", "expected"),
    [
        ("2019-02-09", "2018-08", "", True),
        ("2019-02-09", "", "", True),
        ("2019-02-09", "2019-02-09", "2019-02-09", True),
        ("2019-02-09", "2019-02-10", "", False),
        ("2019-02-09", "", "2019-02-08", False),
        ("2019", "2019-06", "2020", True),
        ("2019-05", "2019-06", "2020", False),
        ("2019-02", "", "2019", True),
        ("2020-01-01", "2018", "2019", False),
    ],
)
def test_overlaps_with_open_and_coarse_bounds(on: str, start: str, end: str, expected: bool) -> None:
    assert overlaps(on, start, end) is expected


@modest
@given(texts)
def test_partial_date_survives_being_written(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@modest
@given(texts)
def test_partial_date_begins_before_it_ends(text: str) -> None:
    parsed = PartialDate.parse(text)

    assert parsed.earliest <= parsed.latest


@modest
@given(texts, texts)
def test_overlaps_either_way_round(one: str, other: str) -> None:
    assert overlaps(one, other, other) is overlaps(other, one, one)


@modest
@given(texts, bounds, bounds)
def test_overlaps_more_with_an_open_bound(on: str, start: str, end: str) -> None:
    if overlaps(on, start, end):
        assert (overlaps(on, "", end), overlaps(on, start, "")) == (True, True)
