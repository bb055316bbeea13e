"""What differs between two public documents, in words for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from claims.domain.record import Document, canonical

# Members that tell machines what an object is. A reader sees the name beside them.
TECHNICAL = frozenset({"schema", "type", "id", "on", "retracted"})
# What stands for a whole object that is named.
NAMES = ("name", "title", "text", "label")
WORDS = {
    "claimed_on": "made on",
    "due_start": "due from",
    "due_end": "due by",
    "url": "address",
    "slug": "public address",
    "wikidata_id": "Wikidata id",
    "content_hash": "SHA-256 of the saved content",
    "archived_url": "archived address",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One member that changed: where it stands, and what it said before and says after ("" for nothing)."""

    path: str
    before: str
    after: str


def differences(before: Document | None, after: Document | None) -> list[Difference]:
    """The changed members of a document. None stands for what readers do not get."""
    return list(_members("", before or {}, after or {}))


def _members(path: str, before: Document, after: Document) -> Iterator[Difference]:
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in TECHNICAL:
            yield from _compare(_join(path, _words(name)), before.get(name), after.get(name))


def _compare(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if _is_group(before, after):
        yield from _members(path, before or {}, after or {})
    elif isinstance(before, list) or isinstance(after, list):
        yield from _entries(path, before or [], after or [])
    elif _say(before) != _say(after):
        yield Difference(path, _say(before), _say(after))
    elif _has_name(before) and before != after:  # another of the same name
        yield Difference(path, *(f"{_say(side)} ({side.get('slug', '')})" for side in (before, after)))


def _is_group(before: Any, after: Any) -> bool:
    """Whether to compare member by member; where another object is named than before, its name says it all."""
    sides = [side for side in (before, after) if side is not None]
    if not all(isinstance(side, dict) for side in sides):
        return False
    same = len({(side.get("id"), side.get("type") == "rating" and side["slug"]) for side in sides}) == 1
    return not any(map(_has_name, sides)) or (len(sides) == 2 and same)


def _has_name(value: Any) -> bool:
    return isinstance(value, dict) and "type" in value and any(name in value for name in NAMES)


def _entries(path: str, before: list[Any], after: list[Any]) -> Iterator[Difference]:
    """Entries are matched by what they say, so that one added at the top is one difference."""
    old_texts, new_texts = [canonical(item) for item in before], [canonical(item) for item in after]
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for offset in range(max(i2 - i1, j2 - j1)):
            old = before[i1 + offset] if i1 + offset < i2 else None
            new = after[j1 + offset] if j1 + offset < j2 else None
            number = (i1 if new is None else j1) + offset + 1
            yield from _compare(f"{path} {number}", old, new)


def _join(path: str, name: str) -> str:
    return f"{path} › {name}" if path else name


def _words(name: str) -> str:
    return WORDS.get(name, name.replace("_", " "))


def _say(value: Any) -> str:
    """A value as text; of an object that is named, its name."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return str(next((value[name] for name in NAMES if name in value), canonical(value)))
    return str(value)
