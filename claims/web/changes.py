"""What changed between two public documents, as a reader sees it: values in words, the changed words marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import TextChoices
from django.utils.translation import pgettext

from claims import enums
from claims.domain.comparing import Difference, differences
from claims.domain.record import Document
from claims.templatetags.dates import partial_date
from claims.templatetags.words import language_label
from claims.web.members import path_in_words

# Beyond so many words in a text, finding those that changed would cost more than it shows.
MOST_WORDS = 1000
DATES = {"made on", "due from", "due by", "reviewed on", "published on", "date"}
# By the path without its numbers, or by its last member where that says enough.
VOCABULARIES: dict[str, type[TextChoices]] = {
    "kind": enums.ClaimKind,
    "relations › kind": enums.RelationKind,
    "source › kind": enums.SourceKind,
    "speaker › kind": enums.SpeakerKind,
    "stance": enums.Stance,
    "medium": enums.Medium,
    "wording": enums.Wording,
    "act": enums.AttributionAct,
    "granularity": enums.DueGranularity,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, and whether the other side lacks it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One changed member: its name, and both sides in parts; an empty list for nothing."""

    name: str
    before: list[Part]
    after: list[Part]


def changes(before: Document, after: Document) -> list[Change]:
    """What differs between two documents of one object, in the order in which a page shows it."""
    return [_in_words(difference) for difference in differences(before, after)]


def _in_words(difference: Difference) -> Change:
    kind = re.sub(r" \d+\b", "", difference.path)
    before, after = (_value(kind, text) for text in (difference.before, difference.after))
    return Change(path_in_words(difference.path), *marked(before, after))


def _value(kind: str, text: str) -> str:
    last = kind.rpartition(" › ")[2]
    if last in DATES:
        return partial_date(text)
    if last == "language" and text:
        return language_label(text)
    if last == "conclusive":
        return {"yes": pgettext("in a comparison", "yes"), "no": pgettext("in a comparison", "no")}.get(text, text)
    two = " › ".join(kind.split(" › ")[-2:])
    vocabulary = VOCABULARIES.get(two) or VOCABULARIES.get(last)
    return str(dict(vocabulary.choices).get(text, text)) if vocabulary else text


def marked(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts, of which those that the other side lacks are marked."""
    old, new = _words(before), _words(after)
    if not old or not new or len(old) + len(new) > MOST_WORDS:
        return _whole(before), _whole(after)
    steps = SequenceMatcher(None, old, new).get_opcodes()
    left = [Part("".join(old[i1:i2]), tag != "equal") for tag, i1, i2, _, _ in steps if i1 < i2]
    right = [Part("".join(new[j1:j2]), tag != "equal") for tag, _, _, j1, j2 in steps if j1 < j2]
    # Where hardly anything is common, marks between single words would only confuse.
    if not _enough_in_common(left, right):
        return _whole(before), _whole(after)
    return left, right


def _words(text: str) -> list[str]:
    """Words and the blanks between them, so that joining them gives the text again."""
    return re.findall(r"\s+|\S+", text)


def _whole(text: str) -> list[Part]:
    return [Part(text, changed=True)] if text else []


def _enough_in_common(*sides: list[Part]) -> bool:
    def lengths(side: list[Part]) -> Iterator[int]:
        return (len(part.text.strip()) for part in side if not part.changed)

    return any(3 * sum(lengths(side)) >= sum(len(part.text.strip()) for part in side) for side in sides)
