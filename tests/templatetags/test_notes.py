import pytest
from django.utils import translation

from claims.models import Edition
from claims.templatetags.notes import Note, note_of

TRANSLATED = '[{"language":"ko-KR","note":"바로잡음"}]'


@pytest.mark.parametrize(
    ("language", "translations", "shown"),
    [
        ("ko", TRANSLATED, Note("바로잡음", "ko")),
        ("ar", TRANSLATED, Note("Corrected", "en")),
        ("en", TRANSLATED, Note("Corrected", "en")),
        ("ko", None, Note("Corrected", "en")),
    ],
)
def test_note_of_an_edition(language: str, translations: str | None, shown: Note) -> None:
    with translation.override(language):
        assert note_of(Edition(note="Corrected", note_translations=translations)) == shown
