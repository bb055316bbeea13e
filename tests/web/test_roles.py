from datetime import date

import pytest

from claims.web.roles import role_line

TODAY = date(2019, 7, 2)


def role(start: str | None, end: str | None) -> dict[str, str | None]:
    return {"title": "Envoy", "start": start, "end": end}


def test_role_line_of_roles_in_a_row() -> None:
    line = role_line([role("2017", "2017"), role("2018-01-01", None), role(None, "2016")], TODAY)

    spans = [(span.begins, span.length, span.is_open) for span in line.spans]
    assert (line.first_year, line.last_year) == (2017, 2019)
    assert spans == [(0.0, 33.3, False), (33.4, 50.0, True), (None, 0, False)]


@pytest.mark.parametrize(
    ("start", "end"),
    [("2019-07-02", "2019-07-02"), ("2019", None), ("2030-01", None), ("0001", "9999"), ("9999-12-31", None)],
)
def test_role_line_of_one_role_lies_within_the_line(start: str, end: str | None) -> None:
    [span] = role_line([role(start, end)], TODAY).spans

    assert span.begins is not None
    assert 0 <= span.begins < 100
    assert span.length >= 1


def test_role_line_without_dates() -> None:
    line = role_line([role(None, None)], TODAY)

    assert (line.spans[0].begins, line.first_year) == (None, None)


def test_role_line_of_many_shows_the_newest_and_folds_the_rest() -> None:
    line = role_line([role(str(year), str(year)) for year in range(2001, 2011)], TODAY)

    assert [span.role["start"] for span in line.shown] == [str(year) for year in range(2010, 2002, -1)]
    assert [span.role["start"] for span in line.folded] == ["2002", "2001"]


def test_role_line_of_few_stays_in_the_order_of_time() -> None:
    line = role_line([role(str(year), str(year)) for year in range(2001, 2009)], TODAY)

    assert (line.shown, line.folded) == (line.spans, [])
