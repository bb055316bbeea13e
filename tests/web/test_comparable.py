from django.utils import translation

from claims.web.comparable import comparable
from tests.web.test_translations import CLAIM


def test_comparable_has_the_texts_of_the_language_and_the_others_as_they_are() -> None:
    rows = [
        *CLAIM["translations"],
        {"language": "ar", "text": "هو كذلك.", "summary": "", "rationale": "", "criterion": ""},
    ]

    with translation.override("ko"):
        shown = comparable(CLAIM | {"translations": rows})

    assert shown == CLAIM | {
        "text": "그렇다.",
        "speaker": {"name": "김", "roles": []},
        "verdict": {"summary": "아니다.", "rationale": "We looked."},
        "translations": rows[1:],
    }


def test_comparable_keeps_what_stands_beside_a_quotation() -> None:
    said = {"quotation": "It is.", "locator": "p. 1"}
    row = {"language": "ko", "quotation": "그렇다.", "locator": "1쪽"}

    with translation.override("ko"):
        shown = comparable({"appearances": [said | {"translations": [row]}]})

    assert shown["appearances"] == [
        {"quotation": "It is.", "locator": "1쪽", "translations": [{"language": "ko", "quotation": "그렇다."}]}
    ]
