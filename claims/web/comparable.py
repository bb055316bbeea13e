"""Documents as two editions are compared in the language of a page."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from claims.domain.record import Document
from claims.enums import RecordKind
from claims.web.translations import PARTS, TO_THE_LETTER, is_own, translation_of


def comparable(document: Document) -> Document:
    """The document with its texts in the language of the page and nothing added: what editions are compared by.

    What it says in yet other languages stays in `translations`, so that no change goes unseen.
    """
    language = get_language() or settings.LANGUAGE_CODE
    shown: Document = _replaced(document, language)
    if document.get("type") != RecordKind.CLAIM or "text" not in document:
        return shown
    row = translation_of(document, language)
    if is_own(document, language):
        shown["text"] = document["text"]
    for name, members in PARTS:
        if shown[name]:
            shown[name] |= {member: row[member] for member in members if row.get(member)}
    return shown


def _replaced(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return [_replaced(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    row = translation_of(value, language)
    said = {name: row[name] for name in value if name not in {"language", TO_THE_LETTER} and row.get(name)}
    shown = {name: _replaced(item, language) for name, item in value.items() if name != "translations"} | said
    others = [other for other in value.get("translations", ()) if other is not row]
    beside = {name: row[name] for name in (TO_THE_LETTER, "words") if row.get(name)}
    others += [{"language": row["language"], **beside}] if beside else []
    return shown | ({"translations": others} if others else {})
