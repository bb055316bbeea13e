from typing import Any

import pytest

from claims.domain.comparing import Difference, differences
from claims.domain.record import Document

KIM = {"type": "speaker", "id": "1", "slug": "kim", "name": "Kim", "on": "2019", "roles": []}
LEE = {**KIM, "id": "2", "slug": "lee", "name": "Lee"}
FALSE = {"type": "rating", "slug": "false", "label": "False", "definition": "Not so.", "scale": {"id": "3"}}
TRUE = {**FALSE, "slug": "true", "label": "True", "definition": "So."}
ARMS = {"type": "topic", "id": "4", "slug": "arms", "name": "Arms"}
TRADE = {"type": "topic", "id": "5", "slug": "trade", "name": "Trade"}


def _document(**members: Any) -> Document:
    return {"schema": 1, "type": "claim", "id": "0", **members}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"text": "So."}, {"text": "So."}, []),
        ({"text": "So."}, {"text": "Not so."}, [("text", "So.", "Not so.")]),
        ({"claimed_on": None}, {"claimed_on": "2019"}, [("made on", "", "2019")]),
        ({"claimed_on": None}, {"claimed_on": ""}, []),
        ({"conclusive": True}, {"conclusive": False}, [("conclusive", "yes", "no")]),
        ({"value": 1}, {"value": 2}, [("value", "1", "2")]),
        ({"speaker": KIM}, {"speaker": LEE}, [("speaker", "Kim", "Lee")]),
        ({"speaker": KIM}, {"speaker": {**KIM, "name": "Gim"}}, [("speaker › name", "Kim", "Gim")]),
        ({"speaker": KIM}, {"speaker": {**LEE, "name": "Kim"}}, [("speaker", "Kim (kim)", "Kim (lee)")]),
        (
            {"speaker": KIM},
            {"speaker": {**KIM, "roles": [{"title": "Envoy"}]}},
            [("speaker › roles 1 › title", "", "Envoy")],
        ),
        (
            {"verdict": None},
            {"verdict": {"rating": FALSE, "summary": "No."}},
            [("verdict › rating", "", "False"), ("verdict › summary", "", "No.")],
        ),
        ({"verdict": {"rating": FALSE}}, {"verdict": {"rating": TRUE}}, [("verdict › rating", "False", "True")]),
        ({"verdict": {"summary": "No."}}, {"verdict": None}, [("verdict › summary", "No.", "")]),
        ({"topics": [TRADE]}, {"topics": [ARMS, TRADE]}, [("topics 1", "", "Arms")]),
        ({"topics": [ARMS, TRADE]}, {"topics": [TRADE]}, [("topics 1", "Arms", "")]),
        ({"authors": ["A", "B"]}, {"authors": ["A", "C", "D"]}, [("authors 2", "B", "C"), ("authors 3", "", "D")]),
        ({"topics": []}, {"topics": None}, []),
        (
            {"evidence": [{"note": "One."}]},
            {"evidence": [{"note": "Zero."}, {"note": "One."}]},
            [("evidence 1 › note", "", "Zero.")],
        ),
    ],
)
def test_differences(before: Document, after: Document, expected: list[tuple[str, str, str]]) -> None:
    assert differences(_document(**before), _document(**after)) == [Difference(*row) for row in expected]


def test_differences_from_nothing() -> None:
    assert differences(None, _document(text="So.", topics=[], speaker=KIM)) == [
        Difference("text", "", "So."),
        Difference("speaker", "", "Kim"),
    ]


def test_differences_to_nothing() -> None:
    assert differences(_document(text="So."), None) == [Difference("text", "So.", "")]
