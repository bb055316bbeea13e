import time
from typing import Any

import pytest

from claims.domain.incoming import Finding
from claims.exchange.json_nodes import MOST, Nodes

KIM = {"@type": "Person", "@id": "#kim", "name": "Kim"}


def _embedded(node: dict[str, Any], *others: Any) -> tuple[dict[str, Any], list[Finding]]:
    findings: list[Finding] = []
    return Nodes([node, *others]).embedded(node, findings), findings


def test_references_stand_for_what_they_refer_to() -> None:
    claim = {"@id": "#claim", "author": {"@id": "#kim"}}

    assert _embedded({"itemReviewed": [{"@id": "#claim"}], "author": "#kim", "url": "#kim"}, claim, KIM) == (
        {"itemReviewed": [claim | {"author": KIM}], "author": KIM, "url": "#kim"},
        [],
    )


def test_what_several_nodes_say_of_one_thing_belongs_together() -> None:
    more = {"@id": "#kim", "name": "Other", "jobTitle": "Minister"}

    assert _embedded({"author": {"@type": "Person", "@id": "#kim"}}, KIM, more)[0]["author"] == {
        **KIM,
        "jobTitle": "Minister",
    }


def test_nodes_nearer_by_come_first() -> None:
    review = {"author": {"@id": "#kim"}, "publisher": {"@id": "#far"}}
    around = Nodes([{"@id": "#kim", "name": "Another"}, {"@id": "#far", "name": "Far"}])

    embedded = Nodes([review, KIM], around).embedded(review, [])

    assert (embedded["author"]["name"], embedded["publisher"]["name"]) == ("Kim", "Far")


def test_references_in_a_circle_end() -> None:
    one, two = {"@id": "#1", "about": {"@id": "#2"}}, {"@id": "#2", "about": [{"@id": "#1"}, {"@id": "#2"}]}

    embedded, _ = _embedded({"author": {"@id": "#1"}}, one, two)

    assert embedded["author"]["about"]["about"][0]["@id"] == "#1"


def test_reference_to_nothing_is_reported() -> None:
    embedded, findings = _embedded({"author": {"@id": "https://x.example/#a"}, "mainEntityOfPage": {"@id": "#page"}})

    assert embedded["author"] == {"@id": "https://x.example/#a"}
    assert findings == [Finding("author", "https://x.example/#a", "It refers to something that is not in the file.")]


def test_nodes_stay_as_they_were() -> None:
    review = {"author": {"@id": "#kim"}}

    _embedded(review, KIM)

    assert review == {"author": {"@id": "#kim"}}


@pytest.mark.parametrize(
    "nodes",
    [
        [{"@id": f"#{n}", "a": [{"@id": f"#{n + 1}"}] * MOST} for n in range(1000)],
        [{"@id": "#0", f"a{n}": n} for n in range(50_000)],
        [{"@id": "#0", "a": [{"b": n} for n in range(50_000)]}],
    ],
)
def test_document_made_to_take_time_takes_none(nodes: list[Any]) -> None:
    start = time.process_time()

    found = Nodes(nodes)
    for _ in range(50):
        found.embedded({"author": {"@id": "#0"}}, [])

    assert time.process_time() - start < 3
