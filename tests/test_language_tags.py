import pytest

from claims.language_tags import spellings


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", {"en"}),
        ("EN", {"en"}),
        ("en-US", {"en-US"}),
        ("EN-us", {"en-US", "en-us"}),
        ("zh-hant-tw", {"zh-Hant-TW", "zh-hant-tw"}),
        ("de-CH-1996", {"de-CH-1996"}),
        ("es-419", {"es-419"}),
        ("-", {"-"}),
        ("", {""}),
    ],
)
def test_spellings_of_a_tag(tag: str, expected: set[str]) -> None:
    assert spellings(tag) == expected
