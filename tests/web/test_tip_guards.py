"""What keeps the inbox readable without any third party: each guard, the flood that it stops, and what it lets through.

Whoever is stopped is told why, and gets the form back with what they wrote.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from claims.domain import tips
from claims.models import Tip
from claims.web.tip_form import new_stamp
from tests import factories
from tests.web.pages import page_of
from tests.web.test_tips import START, TEXT, send

pytestmark = pytest.mark.django_db


def _other(number: int) -> Client:
    return Client(REMOTE_ADDR=f"198.51.100.{number}")


def _assert_stopped(response: Any, status: int, problem: str, text: str = TEXT) -> None:
    page = page_of(response)
    assert (response.status_code, problem in page.text) == (status, True)
    assert page.all("textarea")[0] is not None
    assert text in page.text


def test_program_that_fills_in_everything_is_stopped_by_the_hidden_field(client: Client) -> None:
    _assert_stopped(send(client, website="https://spam.example"), 400, "so this looks like a program.")

    assert Tip.objects.count() == 0


def test_program_that_answers_at_once_is_stopped_by_the_time(client: Client) -> None:
    with time_machine.travel(START, tick=False):
        response = client.post("/tips/", {"text": TEXT, "stamp": new_stamp(), "send": "1"})

    _assert_stopped(response, 400, "That was very fast.")
    assert Tip.objects.count() == 0


def test_form_that_is_kept_and_sent_for_days_is_stopped_by_its_age(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        stamp = new_stamp()
        clock.shift(timedelta(days=2))
        response = client.post("/tips/", {"text": TEXT, "stamp": stamp, "send": "1"})

    _assert_stopped(response, 400, "This form is too old.")
    assert Tip.objects.count() == 0


def test_form_that_is_sent_again_with_another_text_is_the_first_tip_still(client: Client) -> None:
    stamp = new_stamp()
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10), tick=False):
        for text in (TEXT, "Something else entirely."):
            client.post("/tips/", {"text": text, "stamp": stamp, "send": "1"})

    assert [tip.text for tip in Tip.objects.all()] == [TEXT]


def test_advertisement_is_stopped_by_its_links(client: Client) -> None:
    text = "see http://a.example " * 6

    _assert_stopped(send(client, text=text), 400, "There are too many links in it.", text="see http://a.example")
    assert Tip.objects.count() == 0


@pytest.mark.parametrize(
    "again",
    [TEXT, TEXT.upper(), f"  {TEXT}\r\n\r\n", TEXT.replace(" ", "  ").replace(".", "!!!"), TEXT.replace("o", "ó")],
)
def test_same_words_from_one_sender_are_stopped_the_second_time(client: Client, again: str) -> None:
    first = send(client)

    _assert_stopped(
        send(client, text=again), 409, "You have sent us this today, and we have it.", again.split(maxsplit=1)[0]
    )
    assert (first.status_code, [tip.text for tip in Tip.objects.all()]) == (302, [TEXT])


def test_same_words_from_many_senders_are_stopped_once_there_are_enough(client: Client) -> None:
    codes = [send(_other(number)).status_code for number in range(tips.MOST_OF_SAME)]

    _assert_stopped(send(client), 409, "Several people have sent us just this today, and we have it.")
    assert (codes, Tip.objects.count()) == ([302] * 3, 3)


def test_same_words_with_something_more_are_a_new_tip(client: Client) -> None:
    send(client)

    assert send(client, text=f"{TEXT} It was on TV 1.").status_code == 302


def test_same_words_are_a_new_tip_on_another_day_and_after_it_was_withdrawn(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        first = send(client)
        client.post(first["Location"])
        second = send(client)
        clock.shift(timedelta(days=1, minutes=1))
        third = send(client)

    assert [second.status_code, third.status_code, Tip.objects.count()] == [302, 302, 2]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({"text": "", "url": "https://a.example/1"}, {"text": "", "url": "http://www.a.example/1/?utm_source=x"}, 409),
        ({"text": "", "url": "https://a.example/1"}, {"text": "", "url": "https://a.example/2"}, 302),
        ({"text": "🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥"}, {"text": "🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥"}, 409),
        ({"text": "🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥"}, {"text": "💧💧💧💧💧💧💧💧💧💧"}, 302),
        ({"text": "모든 다리가 폐쇄되었다고 한다."}, {"text": "모든 다리가 폐쇄되었다고  한다"}, 409),
        ({"text": "كل الجسور مغلقة."}, {"text": "كل الجسور مفتوحة."}, 302),
    ],
)
def test_what_says_the_same(client: Client, one: dict[str, str], other: dict[str, str], code: int) -> None:
    send(client, **one)

    assert send(client, **other).status_code == code


def test_sender_who_writes_anew_each_time_is_stopped_by_the_rate_of_one(client: Client) -> None:
    codes = [send(client, text=f"{TEXT} {number}").status_code for number in range(tips.MOST_OF_ONE)]

    _assert_stopped(send(client, text=f"{TEXT} 9"), 429, "You have sent us several claims today.")
    assert (codes, send(_other(1)).status_code) == ([302] * 5, 302)


def test_flood_of_many_senders_and_texts_is_stopped_by_the_rate_of_all(client: Client) -> None:
    factories.TipFactory.create_batch(tips.MOST_OF_ALL)

    _assert_stopped(send(client), 429, "Please try again in an hour.")
    assert Tip.objects.count() == tips.MOST_OF_ALL
