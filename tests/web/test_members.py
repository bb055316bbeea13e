import pytest
from django.utils import translation

from claims.api.v1.fields import paths
from claims.domain.comparing import TECHNICAL, WORDS
from claims.enums import RecordKind
from claims.web.members import MEMBERS, path_in_words

# They say which edition it is, and stand outside the document.
OF_EDITIONS = {"edition", "sequence", "number", "action", "digest", "published at", "first published at"}


def test_every_member_of_a_document_has_a_name() -> None:
    names = {name for kind in RecordKind for path in paths(kind) for name in path.split(".")} - TECHNICAL

    assert {WORDS.get(name, name.replace("_", " ")) for name in names} - OF_EDITIONS == set(MEMBERS)


@pytest.mark.parametrize(
    ("path", "english", "korean"),
    [
        ("text", "Text", "본문"),
        ("verdict › evidence 2 › note", "Verdict › evidence 2 › note", "검증 결과 › 근거 2 › 설명"),
        ("unheard of 3", "Unheard of 3", "Unheard of 3"),
    ],
)
def test_path_in_words(path: str, english: str, korean: str) -> None:
    assert path_in_words(path) == english
    with translation.override("ko"):
        assert path_in_words(path) == korean
