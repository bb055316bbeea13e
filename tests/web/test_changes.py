from typing import Any

import pytest

from claims.domain.record import Document
from claims.web.changes import Change, Part, changes, marked


def _document(**members: Any) -> Document:
    return {"schema": 1, "type": "claim", "id": "0", **members}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"kind": "fact"}, {"kind": "opinion"}, ("Kind", "Fact", "Opinion")),
        ({"claimed_on": "2019-02-09"}, {"claimed_on": None}, ("Made on", "9 February 2019", "")),
        ({"language": "en"}, {"language": "ko"}, ("Language", "English", "Korean")),
        (
            {"appearances": [{"medium": "spoken", "date": None}]},
            {"appearances": [{"medium": "written", "date": None}]},
            ("Appearances 1 › medium", "Spoken", "Written"),
        ),
        (
            {"relations": [{"kind": "updates"}]},
            {"relations": [{"kind": "narrows"}]},
            ("Relations 1 › kind", "Updates", "Narrows"),
        ),
        (
            {"evidence": [{"stance": "supports"}]},
            {"evidence": [{"stance": "context"}]},
            ("Evidence 1 › stance", "Supports", "Gives context"),
        ),
        ({"words": "2019-02-09"}, {"words": "2019-02"}, ("Words", "2019-02-09", "2019-02")),
        ({"text": "So."}, {}, ("Text", "So.", "")),
    ],
)
def test_changes_in_words(before: Document, after: Document, expected: tuple[str, str, str]) -> None:
    name, old, new = expected

    assert changes(_document(**before), _document(**after)) == [
        Change(name, [Part(old, changed=True)] if old else [], [Part(new, changed=True)] if new else [])
    ]


def test_marked_words_that_changed() -> None:
    assert marked("It is not so, we think.", "It is so, we think.") == (
        [Part("It is", changed=False), Part(" not", changed=True), Part(" so, we think.", changed=False)],
        [Part("It is", changed=False), Part(" so, we think.", changed=False)],
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [("A b c d e.", "V w x y z."), ("", "All new."), ("word " * 600, "word " * 601), ("   ", "So.")],
    ids=["nothing in common", "nothing before", "too long", "blanks"],
)
def test_marked_as_a_whole(before: str, after: str) -> None:
    left, right = marked(before, after)

    assert (left, right) == ([Part(before, changed=True)] if before else [], [Part(after, changed=True)])


@pytest.mark.parametrize(
    ("before", "after"), [("a\n\nb  c", "a\n\nb d"), ("a " * 400, "b a " * 200), ("\u202ea b", "\u202ea c")]
)
def test_marked_loses_nothing(before: str, after: str) -> None:
    left, right = marked(before, after)

    assert ("".join(part.text for part in left), "".join(part.text for part in right)) == (before, after)
