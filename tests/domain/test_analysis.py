import threading

import pytest

from claims.domain.analysis import pieces, stemmer_for, stems, tokens


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Élysée", ("elysee",)),
        ("Straße", ("strasse",)),
        ("Korea's", ("korea",)),
        ("Korea’S", ("korea",)),
        ("남북한", ("남북", "북한", "한")),
        ("한", ("한",)),
        ("ﾃｽﾄ", ("テス", "スト", "ト")),
        ("G20정상", ("g20", "정상", "상")),
        ("اَلسَّلام", ("السلام",)),
        ("שָׁלוֹם", ("שלום",)),
        ("W" * 200, ("w" * 64,)),
    ],
)
def test_pieces_of_a_word(word: str, expected: tuple[str, ...]) -> None:
    assert pieces(word) == expected


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("summits", "en", ("en_summit",)),
        ("summits", "en-GB", ("en_summit",)),
        ("Summits", "ko", ("en_summit",)),
        ("économies", "fr", ("fr_econom",)),
        ("préparées", "fr", ("fr_prepar", "fr_prepare")),
        ("дороги", "ru", ("ru_дорог",)),
        ("дороги", "en", ("ru_дорог",)),
        ("bøker", "nb", ("no_bøk",)),
        ("남북한", "ko", ()),
        ("1949", "en", ()),
        ("word", "", ("en_word",)),
    ],
)
def test_stems_by_language_and_script(word: str, language: str, expected: tuple[str, ...]) -> None:
    assert stems(word, language) == expected


def test_stemmer_of_a_script_that_none_reads() -> None:
    assert stemmer_for("ქართული", "ka") == ""


def test_tokens_stand_where_they_are_found() -> None:
    text = "«Kim's» 남북한, covid-19!"

    found = [(token.text, text[token.start : token.end]) for token in tokens(text, "en")]

    assert found == [
        ("kim", "Kim's"),
        ("남북", "남북"),
        ("북한", "북한"),
        ("한", "한"),
        ("covid", "covid"),
        ("19", "19"),
    ]


def test_stems_from_several_threads_at_once() -> None:
    words = [f"{'ab' * length}ations" for length in range(1, 25)]
    expected = [stems(word, "en") for word in words]
    stems.cache_clear()
    found: list[list[tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: found.append([stems.__wrapped__(word, "en") for word in words]))
        for _ in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 8
