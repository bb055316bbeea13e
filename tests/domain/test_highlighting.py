from typing import Any

import pytest

from claims.domain.highlighting import LENGTH, marked, passage
from claims.domain.query import parse
from claims.domain.search import Search


def _shown(pieces: list[tuple[str, bool]]) -> str:
    return "".join(f"[{text}]" if hit else text for text, hit in pieces)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("summit", "The Summits.", "The [Summits]."),
        ('"the summit"', "At the summit, the summits.", "At [the summit], the summits."),
        ("denuclear*", "Denuclearization now.", "[Denuclearization] now."),
        ("한", "남북한은", "남북[한은]"),
        ("북한", "남북한은 북한", "남[북한]은 [북한]"),
        ("정상회담", "남북정상회담을", "남북[정상회담]을"),
        ("elysee", "L’Élysée.", "L’[Élysée]."),
        ("kim", "Kim's test", "[Kim's] test"),
        ("-summit test", "A summit test", "A summit [test]"),
        ("speaker:kim test", "Kim's test", "Kim's [test]"),
        ("text:kim", "Kim's test", "[Kim's] test"),
        ("covid-19", "COVID-19 <b>", "[COVID-19] <b>"),
        ("nothing", "", ""),
    ],
)
def test_marked_text(query: str, text: str, expected: str) -> None:
    pieces, _ = marked(text, "en", Search(parse(query), ("en",)), "claim")

    assert _shown(pieces) == expected


def test_marked_text_holds_words() -> None:
    search = Search(parse("summit river speaker:summit"), ("en",))

    assert marked("The summits.", "en", search, "claim")[1] == {search.query.wanted[0]}


def _document(*quotations: str, rationale: str = "") -> dict[str, Any]:
    evidence = [{"quotation": quotation, "note": None} for quotation in quotations]
    return {"language": "en", "appearances": [], "verdict": {"evidence": evidence, "rationale": rationale}}


def test_passage_holds_most_of_the_words() -> None:
    document = _document("A lake.", "A lake and a river.", rationale="River, lake. Lake, river.")

    assert _shown(passage(document, Search(parse("lake river"), ("en",)))) == "A [lake] and a [river]."


def test_passage_is_cut_around_the_first_word() -> None:
    document = _document(f"{'before ' * 100}a lake {'behind ' * 100}")

    shown = _shown(passage(document, Search(parse("lake"), ("en",))))

    assert shown.startswith("… before ")
    assert shown.endswith("behind …")
    assert "a [lake] behind" in shown
    assert len(shown) <= LENGTH + 8


def test_passage_without_blanks_is_cut_anywhere() -> None:
    shown = _shown(passage(_document("가" * 500 + "북한" + "나" * 500), Search(parse("북한"))))

    assert "가[북한]나" in shown
    assert len(shown) <= LENGTH + 8


def test_passage_of_none() -> None:
    assert passage(_document("A lake."), Search(parse("river"), ("en",))) == []
