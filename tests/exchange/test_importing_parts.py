from typing import Any

import pytest

from claims.domain.incoming import Finding
from claims.exchange.importing_parts import address_of, language_of


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("en", "en"),
        ("pt_BR", "pt-BR"),
        ("AR", "ar"),
        ({"@type": "Language", "name": "Spanish", "alternateName": "es"}, "es"),
        (None, ""),
    ],
)
def test_language_by_its_tag(given: Any, tag: str) -> None:
    findings: list[Finding] = []

    assert (language_of(given, "inLanguage", findings), findings) == (tag, [])


@pytest.mark.parametrize(
    ("given", "tag"),
    [("Portuguese", "pt"), ("português", "pt"), ("العربية", "ar"), ("हिन्दी", "hi"), ("ESPAÑOL", "es"), ("Klingon", "")],
)
def test_language_by_its_name_is_reported(given: str, tag: str) -> None:
    findings: list[Finding] = []

    assert language_of(given, "inLanguage", findings) == tag
    assert [(finding.value, finding.outcome) for finding in findings] == [(given, tag)]


@pytest.mark.parametrize(
    "given",
    [
        {"@id": "https://c.example/1"},
        {"@type": "WebPage", "name": "Title", "url": "https://c.example/1", "@id": "https://c.example/1#page"},
    ],
)
def test_address_of_a_page_is_taken_before_its_name(given: Any) -> None:
    assert address_of(given, "url", []) == "https://c.example/1"
