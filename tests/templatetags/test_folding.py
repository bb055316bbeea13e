from typing import Any

import pytest

from claims.templatetags import folding


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("a bridge", 8), ("다리", 4), ("桥 ok", 5), ("جسر", 3)])
def test_columns(text: str, columns: int) -> None:
    assert folding.columns(text) == columns


def _claim(**texts: Any) -> dict[str, Any]:
    given = {"text": "", "name": "", "title": "", "summary": ""} | texts
    role = {"title": given["title"], "organisation": {"name": ""}}
    speaker = {"name": given["name"], "roles": [role]}
    return {"text": given["text"], "speaker": speaker, "verdict": {"summary": given["summary"]}}


@pytest.mark.parametrize(
    ("texts", "folded"),
    [
        ({}, False),
        ({"text": "x" * folding.MOST_TEXT}, False),
        ({"text": "x" * (folding.MOST_TEXT + 1)}, True),
        ({"text": "다" * (folding.MOST_TEXT // 2 + 1)}, True),
        ({"name": "x" * (folding.MOST_SPEAKER - 20), "title": "x" * 20}, True),
        ({"summary": "x" * (folding.MOST_SUMMARY + 1)}, True),
    ],
)
def test_head_is_folded_when_it_says_more_than_a_screen(texts: dict[str, str], folded: bool) -> None:
    assert folding.is_folded(_claim(**texts)) == folded


def test_claim_without_verdict_is_folded_by_its_text() -> None:
    claim = _claim(text="x" * 300)
    del claim["verdict"]

    assert folding.is_folded(claim)
