"""Documents as readers of a language get them: translated where they are, and saying in which language each text is."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from claims.domain.record import Document
from claims.enums import RecordKind

# What somebody said stays as it was said; what it means stands beside it, as `quotation_translated`.
TO_THE_LETTER = "quotation"
# Which members of which part of a claim its translation replaces, beside its text.
PARTS = (("verdict", ("summary", "rationale")), ("forecast", ("criterion",)))


def read(text: str) -> Document:
    """The document that is stored as `text`, in the language of the page."""
    return localised(json.loads(text), translated='"translations"' in text)


def localised(document: Document, *, translated: bool = True) -> Document:
    """The document in the language of the page. `translated`: whether anything of it may have a translation."""
    language = get_language() or settings.LANGUAGE_CODE
    shown = _in_language(document, language) if translated else dict(document)
    row = translation_of(document, language)
    if document.get("type") == RecordKind.CLAIM and "text" in document:
        return shown | _claim(document, shown, row, language)
    if "aliases" in document and shown["name"] != document["name"]:
        others = [alias for alias in shown["aliases"] if alias["name"] != shown["name"]]
        shown["aliases"] = [{"name": document["name"], "language": None}, *others]
    return shown | {"description_language": _language_of(row, "description", language)}


def _in_language(value: Any, language: str) -> Any:
    """A copy in which texts are the translated ones, each with its language and original, and translations are gone.

    `label`, say, with `label_language` and `label_original`: absent where it is not translated.
    """
    if isinstance(value, list):
        return [_in_language(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    shown = {name: _in_language(item, language) for name, item in value.items() if name != "translations"}
    row = translation_of(value, language)
    for name in [name for name in shown if name != "language" and row.get(name)]:
        if name == TO_THE_LETTER:
            shown |= {f"{name}_translated": row[name]}
        else:
            shown |= {name: row[name], f"{name}_language": language, f"{name}_original": value[name]}
    return shown


def translation_of(value: Mapping[str, Any], language: str) -> Mapping[str, str]:
    rows = value.get("translations", ())
    return next((row for row in rows if row["language"].partition("-")[0] == language), {})


def _language_of(row: Mapping[str, str], name: str, language: str) -> str:
    """What is not translated is in the newsroom's own language."""
    return language if row.get(name) else settings.LANGUAGE_CODE


def _claim(document: Document, shown: Document, row: Mapping[str, str], language: str) -> Document:
    """Members that a claim's translation replaces, those of its finding among them, and the language of each."""
    use_own = is_own(document, language) or not row.get("text")
    parts: Document = {
        "text": document["text"] if use_own else row["text"],
        "text_language": document["language"] if use_own else language,
        "original": None if use_own else document["text"],
    }
    for name, members in PARTS:
        if shown[name]:
            said = {member: row[member] for member in members if row.get(member)}
            languages = {f"{member}_language": _language_of(row, member, language) for member in members}
            parts[name] = shown[name] | said | languages
    if shown["forecast"] and row.get("words"):  # the speaker's own: to the letter
        parts["forecast"]["words_translated"] = row["words"]
    return parts


def is_own(claim: Document, language: str) -> bool:
    return bool(claim["language"].partition("-")[0] == language)
