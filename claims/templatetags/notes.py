"""What readers are told of an edition, in the language of the page where it is there."""

import json
from typing import NamedTuple

from django import template
from django.conf import settings
from django.utils.translation import get_language

from claims.models import Edition

register = template.Library()


class Note(NamedTuple):
    text: str
    language: str


@register.simple_tag
def note_of(edition: Edition) -> Note:
    """The note; what is not translated is as the newsroom wrote it. Empty where there is none."""
    language = get_language() or settings.LANGUAGE_CODE
    for row in json.loads(edition.note_translations or "[]"):
        if row["language"].partition("-")[0] == language:
            return Note(row["note"], language)
    return Note(edition.note, settings.LANGUAGE_CODE)
