import pytest

from claims.domain import publishing
from claims.domain.matching import MOST_WORDS, similar, terms_of
from tests import factories

pytestmark = pytest.mark.django_db


def published(*texts: str) -> None:
    publishing.publish_all([factories.ClaimFactory.create(text=text) for text in texts], by="ed")


def found(text: str, url: str = "") -> list[str]:
    return [document["text"] for document in similar(text, url)]


def test_similar_ranks_by_shared_words() -> None:
    published("Denuclearization begins in March.", "The summit takes place in Hanoi.", "Bread is cheap.")

    assert found("Someone says the summit in Hanoi is about denuclearization") == [
        "Denuclearization begins in March.",
        "The summit takes place in Hanoi.",
    ]


def test_similar_finds_korean_by_parts_of_words() -> None:
    published("북한은 비핵화에 동의했다.", "남한의 경제가 성장했다.")

    assert found("북한이 비핵화를 약속했다고 합니다") == ["북한은 비핵화에 동의했다."]


def test_similar_finds_by_the_address_of_a_source() -> None:
    claim = factories.ClaimFactory.create(text="It is so.")
    factories.AppearanceFactory.create(claim=claim, source__url="https://www.paper.example/a?utm_source=x")
    factories.AppearanceFactory.create(source__url="https://paper.example/b")
    publishing.publish(claim, by="ed")

    assert found("", "http://paper.example/a/") == ["It is so."]
    assert found("", "http://paper.example/b") == []


@pytest.mark.parametrize("text", ["", "a b c", "👍👍", "\u202e", "%%%% ____", "' OR 1=1 --", "x" * 2000, "wort " * 400])
def test_similar_to_text_like_nothing(text: str) -> None:
    published("The summit takes place in Hanoi.")

    assert found(text) == []


def test_similar_finds_other_forms_of_words() -> None:
    published("Denuclearization begins in March.", "Bread is cheap.")

    assert found("denuclearizing began") == ["Denuclearization begins in March."]


def test_similar_weighs_rare_words_more() -> None:
    published("Tomorrow Kaesong opens.", *(f"Negotiations restart on day {number}." for number in range(5)))

    assert found("Negotiations on Kaesong")[0] == "Tomorrow Kaesong opens."


def test_terms_are_few_and_the_longest() -> None:
    terms = terms_of(" ".join("abcdefghijklmnopqrstuvwxyz"[:length] for length in range(1, 26)))

    assert len(terms) == MOST_WORDS
    assert min(len(term.word) for term in terms) == 14
