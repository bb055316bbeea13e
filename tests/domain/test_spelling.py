import pytest

from claims.domain.spelling import distance, nearest

KIMS = [{"kim", "jong", "un"}, {"kim", "yong", "chol"}, {"kim", "hyok", "chol"}, {"kim", "yo", "jong"}]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("biegun", "biegun", 0),
        ("bigun", "biegun", 1),
        ("beigun", "biegun", 1),
        ("biegum", "biegun", 1),
        ("begum", "biegun", 2),
        ("bgm", "biegun", 3),
        ("trump", "biegun", 3),
        ("김정운", "김정은", 1),
    ],
)
def test_distance_counts_letters(one: str, other: str, expected: int) -> None:
    assert distance(one, other, 2) == expected


@pytest.mark.parametrize(
    ("word", "written", "expected"),
    [
        ("yonh", {"yonh"}, ["yong"]),
        ("kin", {"kin"}, ["kim"]),
        ("chul", {"kim", "yong", "chul"}, ["chol"]),
        ("jonh", {"kim", "jonh", "un"}, ["jong"]),
        ("kim", {"kim"}, []),
        ("trump", {"trump"}, []),
    ],
)
def test_nearest_words_of_names(word: str, written: set[str], expected: list[str]) -> None:
    assert nearest(word, KIMS, written) == expected


def test_nearest_prefers_the_name_whose_other_words_were_written() -> None:
    names = [{"mara", "lind"}, {"otto", "lint"}]

    assert nearest("linx", names, {"linx"}) == ["lind", "lint"]
    assert nearest("linx", names, {"otto", "linx"}) == ["lint"]


def test_nearest_offers_few() -> None:
    assert nearest("lina", [{f"lin{letter}"} for letter in "bcdefgh"], {"lina"}) == ["linb", "linc", "lind"]
