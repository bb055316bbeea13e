from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from claims import validators

INVISIBLE = "Nothing can be seen of this text: it has only invisible characters. Write it anew."
BLANKS = "An address holds no blanks and no invisible characters. Write a blank as %20."


def complaints(validate: Callable[[str], None], value: str) -> list[str]:
    try:
        validate(value)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    ("validate", "value"),
    [
        (validators.validate_text, "Zeile\neins\r\n\tzwei"),
        (validators.validate_text, "김정은 🙂 עברית"),
        (validators.validate_text, " "),
        (validators.validate_text, "\u200bQ1\u200b"),
        (validators.validate_text, "—"),
        (validators.validate_text, "\u0627\u200c\u0628"),
        (validators.validate_partial_date, "2019-02"),
        (validators.validate_address, "https://paper.example/a"),
        (validators.validate_address, "https://북한.example/김?q=हिंदी"),
        (validators.validate_address, "http://[2001:db8::1]:8080/a_(b)"),
        (validators.validate_language, "en"),
        (validators.validate_language, "pt-BR"),
        (validators.validate_language, "zh-Hant-TW"),
        (validators.validate_wikidata_id, "Q42"),
        (validators.validate_sha256, "0" * 64),
    ],
)
def test_validator_accepts_a_right_value(validate: Callable[[str], None], value: str) -> None:
    assert complaints(validate, value) == []


@pytest.mark.parametrize(
    ("validate", "value", "sentence"),
    [
        (validators.validate_text, "a\x00b", "Character 2 is a control character. Remove it."),
        (validators.validate_text, "\x1b[31m", "Character 1 is a control character. Remove it."),
        (validators.validate_text, "ab\ud800", "Character 3 is a control character. Remove it."),
        (validators.validate_text, "\x7f", "Character 1 is a control character. Remove it."),
        *(
            (validators.validate_text, text, INVISIBLE)
            for text in ("\u200b", "\u202e", "\ufeff", "\u2066 ", "\U000e0041")
        ),
        *((validators.validate_text, text, INVISIBLE) for text in ("\u3164", "\u2800", "\u034f", "\ufe0f\u200d\u00ad")),
        *(
            (validators.validate_address, address, BLANKS)
            for address in (
                "http://a b/",
                "http://\u202e.example/",
                "https://paper.example/a b",
                "https://paper.example/\u200b",
                "https://paper.example/a\n",
                "https://paper.example/\u3000",
            )
        ),
        (validators.validate_address, "https://a<b>.example/", "This address names no host."),
        (validators.validate_address, 'https://a".example/', "This address names no host."),
        (validators.validate_partial_date, "9 Feb", "“9 Feb” is not a date. Write 2019-02-09, 2019-02 or 2019."),
        (validators.validate_partial_date, "2019-02-30", "“2019-02-30” is not a day of the calendar."),
        (
            validators.validate_address,
            "javascript:alert(1)",
            "This is not a web address. It must start with http:// or https://.",
        ),
        (validators.validate_language, "en\n", "Write a language tag such as en, ko or pt-BR (BCP 47)."),
        (validators.validate_language, "English", "Write a language tag such as en, ko or pt-BR (BCP 47)."),
        (validators.validate_wikidata_id, "Q0", "Write a Wikidata item such as Q42."),
        (validators.validate_wikidata_id, "q42", "Write a Wikidata item such as Q42."),
        (validators.validate_sha256, "F" * 64, "Write the SHA-256 as 64 hexadecimal digits in lower case."),
        (validators.validate_sha256, "f" * 63, "Write the SHA-256 as 64 hexadecimal digits in lower case."),
    ],
)
def test_validator_refuses_a_wrong_value(validate: Callable[[str], None], value: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate(value)

    assert caught.value.messages == [sentence]
