from typing import Any

import pytest

from claims.domain.errors import ImportRefusedError
from claims.exchange.importing_columns import Unmapped, by_own_names
from claims.exchange.mapping import FIELDS, Mapping

MAPPING = Mapping(fields={"text": ("claim", "alt.text"), "url": (3,)})


def _told(columns: Any, **options: Any) -> list[tuple[str, str]]:
    return [(finding.value, finding.message[:20]) for finding in Unmapped(MAPPING).among(columns, **options)]


def test_columns_that_nothing_takes_are_named() -> None:
    assert _told(["claim", "a", "url", "", "b"], named=True) == [("a, b", "Nothing takes a, b. ")]
    assert _told(["So.", "x", "https://x.example", "y"]) == [("1, 2, 4", "Nothing takes 1, 2, ")]


def test_members_that_nothing_takes_are_named_unless_they_are_empty() -> None:
    row = {"claim": "So.", "alt": {"text": "So."}, "a": 1, "b": None, "c": ""}

    assert _told(row) == [("a", "Nothing takes a. It ")]


def test_each_is_named_once() -> None:
    unmapped = Unmapped(MAPPING)

    told = [unmapped.among(row) for row in ({"a": 1}, {"a": 1}, {"a": 1, "b": 2})]

    assert [[finding.value for finding in findings] for findings in told] == [["a"], [], ["b"]]


def test_file_with_columns_without_end_is_not_remembered_whole() -> None:
    unmapped = Unmapped(MAPPING)

    told = [unmapped.among({f"a{number}": 1}) for number in range(3000)]

    assert 900 < sum(map(len, told)) < 1100


def test_columns_with_the_names_of_our_fields() -> None:
    assert by_own_names(Mapping(), ["text", "url", "x"], only=["text", "url", "x"]).fields == {
        "text": ("text",),
        "url": ("url",),
    }
    assert by_own_names(Mapping(), ["text"]).fields.keys() == set(FIELDS)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["claim"], "At least “text” is needed"),
        (["edition", "id", "slug", "text", "verdict"], "This is an export of this software"),
        (["sequence", "id", "previous_digest", "digest"], "This is an export of this software"),
    ],
)
def test_columns_without_a_mapping_that_cannot_be_read(columns: list[str], message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        by_own_names(Mapping(), columns)
