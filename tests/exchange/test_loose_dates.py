from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.dates import PartialDate
from claims.domain.incoming import Finding
from claims.exchange.loose_dates import date_of

OTHERWISE = "This is not written as 2019-02-09."
APART = "Day, month and year cannot be told apart."
UNREADABLE = "This is no date that can be read. It was left out."


def _read(value: Any, order: str = "") -> tuple[str, list[str]]:
    findings: list[Finding] = []
    date = date_of(value, "date", findings, order=order)
    return date, [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2019-02-09", "2019-02-09"),
        ("2019-02-09T23:30:00+09:00", "2019-02-09"),
        ("2019-02-09 23:30", "2019-02-09"),
        ("2019-02", "2019-02"),
        ("2019", "2019"),
        (None, ""),
        ("", ""),
        ([], ""),
        ([None, ""], ""),
    ],
)
def test_date_without_finding(value: Any, date: str) -> None:
    assert _read(value) == (date, [])


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("19-10-2020", "2020-10-19"),
        ("Wed, 10 Mar 2021 12:00:00 +0000", "2021-03-10"),
        ("10 de mar. de 2021", "2021-03-10"),
        ("१० फ़र॰ २०२१", "2021-02-10"),
        ("4-4-2020", "2020-04-04"),
        ("9.2.2019", "2019-02-09"),
        ("2019/2/9", "2019-02-09"),
        ("2019-13-05", "2019-05-13"),
        ("2019-00-00", "2019"),
        ("02/2019", "2019-02"),
        ("20190209", "2019-02-09"),
        (1549670400, "2019-02-09"),
        ("1549670400", "2019-02-09"),
        ("1549670400000", "2019-02-09"),
        ("Feb 9, 2019", "2019-02-09"),
        ("Feb. 9th, 2019 at 10:30 am", "2019-02-09"),
        ("Sat, 09 Feb 2019 12:00:00 GMT", "2019-02-09"),
        ("9-Feb-19", "2019-02-09"),
        ("February 2019", "2019-02"),
        ("9 de febrero de 2019", "2019-02-09"),
        ("9 de março de 2019", "2019-03-09"),
        ("9 février 2019 à 10h30", "2019-02-09"),
        ("٩ فبراير ٢٠١٩", "2019-02-09"),
        ("5 تشرين الأول 2020", "2020-10-05"),
        ("٢٠١٩/٠٢/٠٩", "2019-02-09"),
        ("१५ अगस्त २०२१", "2021-08-15"),
        ("१५-०८-२०२१", "2021-08-15"),
        ("2019年2月9日", "2019-02-09"),
        ("2019년 2월 9일", "2019-02-09"),
        ("\u200f2019/2/9\u200e", "2019-02-09"),
        ("9 फर\u200dवरी 2022", "2022-02-09"),
        ("9 अक्\u200cतूबर 2022", "2022-10-09"),
        ("9 फ़रवरी 2022", "2022-02-09"),
        ("15 يوليوز 2022", "2022-07-15"),
        ("15 غشت 2022", "2022-08-15"),
        ("9 شتنبر 2022", "2022-09-09"),
        ("9 نونبر 2022", "2022-11-09"),
        ("9 دجنبر 2022", "2022-12-09"),
        ("9 جانفي 2022", "2022-01-09"),
        ("9 فيفري 2022", "2022-02-09"),
        ("9 أوت 2022", "2022-08-09"),
        ("9 كانون الثاني 2022", "2022-01-09"),
        ("9 كانون الثاني/يناير 2022", "2022-01-09"),
        ("الأحد 9 تشرين ثاني، 2022", "2022-11-09"),
        ("9 ديسمبر/كانون الأول 2022", "2022-12-09"),
        ("٩ مارسٍ ٢٠٢٢", "2022-03-09"),
        ("5:30 م - 9 يناير 2022", "2022-01-09"),
        ("10:15 PM | 9 Jan 2022", "2022-01-09"),
        ("14h32 19/02/2022", "2022-02-19"),
        ("9/II/2022", "2022-02-09"),
        ("9.xii.2022", "2022-12-09"),
        ("Publicado em 19/02/2022 14h32", "2022-02-19"),
        ("Actualizado: 2022-02-09", "2022-02-09"),
        (1644364800.5, "2022-02-09"),
        ("1644364800000000000", "2022-02-09"),
    ],
)
def test_date_of_another_shape_is_read_and_reported(value: Any, date: str) -> None:
    assert _read(value) == (date, [OTHERWISE])


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("1-5-2020", "2020"),
        ("2/9/2019", "2019"),
        ("16-01-21T06:08:00", ""),
        ("02-01-03", ""),
        ("5 listopada 2020", "2020"),
        ("Publicado em 10/02/22 14h32", ""),
        ("Publicado em 10/02/2022 14h32", "2022"),
    ],
)
def test_date_with_several_readings_keeps_what_they_share(value: str, kept: str) -> None:
    assert _read(value) == (kept, [APART])


@time_machine.travel("2026-11-25")
@pytest.mark.parametrize(
    ("value", "order", "date"),
    [
        ("1-5-2020", "dmy", "2020-05-01"),
        ("1-5-2020", "mdy", "2020-01-05"),
        ("16-01-21T06:08:00", "dmy", "2021-01-16"),
        ("16-01-21", "ymd", "2016-01-21"),
        ("09/02/68", "dmy", "1968-02-09"),
        ("Publicado em 10/02/22 14h32", "dmy", "2022-02-10"),
    ],
)
def test_order_of_the_file_settles_it(value: str, order: str, date: str) -> None:
    assert _read(value, order) == (date, [])


@time_machine.travel("2026-11-25")
@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "None",
        "nan",
        "31-02-2019",
        "0000-00-00",
        "2021-02-30",
        "-1",
        "9" * 22,
        "9" * 40,
        9999999999999999999999,
        "9999999999",
        "99999999",
        "x" * 5000,
        "١",
        "9 of 2019 in 2020",
        "9/XIII/2022",
        "5:30 م",
        "Publicado 10/02/2022, actualizado 11/02/2022",
        {},
        {"x": 1},
        True,
        [[]] * 2 + [["2022"]],
    ],
)
def test_what_is_no_date_is_left_out(value: Any) -> None:
    assert _read(value) == ("", [UNREADABLE])


@pytest.mark.parametrize(
    "value", ["1442/03/15", "١٤٤٢-٠٣-١٥", "1399", "15-03-1442", "1-5-1442", "0001-01-01T00:00:00Z", "12 مارس 1499"]
)
def test_year_of_another_calendar_is_none_of_ours(value: str) -> None:
    assert _read(value) == ("", ["The year is long ago, or of another calendar. It was left out."])


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(alphabet="0123456789٢२ -/.:,TIVXhpmم年월janeiroفبراير\u200c", max_size=40),
    order=st.sampled_from(["", "dmy", "ymd"]),
)
def test_any_text_is_read_or_left_out(text: str, order: str) -> None:
    date, _ = _read(text, order)

    assert date == "" or str(PartialDate.parse(date)) == date


def test_date_in_a_list_or_an_object() -> None:
    assert (_read(["2019-02-09"])[0], _read({"@value": "2019-02-09"})[0]) == ("2019-02-09", "2019-02-09")


def test_several_dates_are_reported() -> None:
    assert _read(["2019-02-09", "2020"]) == ("2019-02-09", ["There are several dates. The first was taken."])


@pytest.mark.parametrize(
    ("value", "language", "date"),
    [
        ("10/02/2022", "pt", "2022-02-10"),
        ("10/02/2022", "pt-BR", "2022-02-10"),
        ("Publicado em 10/02/22 14h32", "pt", "2022-02-10"),
        ("10-02-2022", "es-AR", "2022-02-10"),
        ("١٠/٠٢/٢٠٢٢", "ar", "2022-02-10"),
        ("१०/०२/२०२२", "hi-IN", "2022-02-10"),
        ("10/02/2022", "en-GB", "2022-02-10"),
        ("10/02/2022", "en", "2022"),
        ("10/02/2022", "en-US", "2022"),
        ("10/02/2022", "es-US", "2022"),
        ("10/02/2022", "", "2022"),
        ("10/02/2022", "fil", "2022"),
    ],
)
def test_language_tells_the_order_where_it_is_one(value: str, language: str, date: str) -> None:
    findings: list[Finding] = []

    assert date_of(value, "date", findings, language=language) == date
    assert [finding.outcome for finding in findings] == [date]


def test_order_of_the_mapping_goes_before_that_of_the_language() -> None:
    assert date_of("10/02/2022", "date", [], order="mdy", language="pt") == "2022-10-02"


def test_date_that_has_one_reading_keeps_it_in_any_language() -> None:
    assert date_of("02/22/2022", "date", [], language="pt") == "2022-02-22"
