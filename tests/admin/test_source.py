import pytest
from django.test import Client

from claims.models import Source
from tests import factories
from tests.admin.forms import complaints, path, save

VALUES = {"title": "Where they will meet", "publisher": "The Paper", "kind": "article", "language": "en"}


def test_address_that_is_recorded_already(desk: Client, db: None) -> None:
    existing = factories.SourceFactory.create(title="<Hanoi>", url="https://paper.example/hanoi")

    page = save(desk, path("source", "add"), **VALUES, url="https://PAPER.example:443/hanoi")

    link = f'<a href="{path("source", "change", existing.pk)}">&lt;Hanoi&gt;</a>'
    assert complaints(page) == [f"This address is already recorded: {link}. Use that source."]
    assert page.content.decode().count(link) == 1
    assert Source.objects.get() == existing


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"publisher": ""}, "This field is required."),
        (
            {"archived_at_0": "2019-03-01", "archived_at_1": "10:00"},
            "An archiving time needs the address of the archived copy.",
        ),
        ({"content_hash": "abc"}, "Write the SHA-256 as 64 hexadecimal digits in lower case."),
        ({"published_on": "2019-13"}, "“2019-13” is not a day of the calendar."),
    ],
)
def test_add_with_a_mistake(desk: Client, db: None, values: dict[str, str], expected: str) -> None:
    page = save(desk, path("source", "add"), **VALUES | values)

    assert complaints(page) == [expected]
    assert not Source.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://paper.example/", "paper.example/x", "https://"])
def test_address_that_is_none(desk: Client, db: None, url: str) -> None:
    page = save(desk, path("source", "add"), **VALUES, url=url)

    assert len(complaints(page)) == 1
    assert not Source.objects.exists()


def test_save_of_an_existing_one_does_not_find_itself(desk: Client, db: None) -> None:
    source = factories.SourceFactory.create()

    response = save(desk, path("source", "change", source.pk), title="Renamed")

    source.refresh_from_db()
    assert (response["Location"], source.title) == (path("source", "changelist"), "Renamed")
