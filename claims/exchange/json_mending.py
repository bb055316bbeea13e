"""JSON with small mistakes, without its end, or several values of it where one is due: what can be read is read."""

import json
import re
from html import unescape
from typing import Any

from claims.domain.incoming import Finding
from claims.exchange.plain_text import shown

# What JavaScript takes and JSON does not, but for the texts, in which both may stand. A text without an end goes on to
# that of the file, so that nothing is looked at twice.
TEXT = r'"(?:[^"\\]|\\.)*+"?'
COMMENT = re.compile(rf"{TEXT}|//[^\n]*+|/\*(?:[^*]|\*(?!/)){{0,10000}}+\*/", re.DOTALL)
TRAILING_COMMA = re.compile(rf"{TEXT}|,(?=\s*+[}}\]])", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPED_HTML = re.compile(r"\s*(?:[{\[]\s*)+(?:&quot;|&#0{0,5}34;|&#x0{0,5}22;)", re.IGNORECASE)
BETWEEN = re.compile(r"[\s,;]*")
LIST_OF_OBJECTS = re.compile(r"\[(?=\s*\{)")
STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]', re.DOTALL)
CLOSING = {"{": "}", "[": "]"}
MOST_TRIES = 8  # of lists in a cut document, each of which might be the one that was cut
DECODER = json.JSONDecoder(strict=False)


def parsed(text: str) -> tuple[Any, list[Finding]]:
    """The value, or None with a finding that says where the text is no JSON. Small mistakes are mended."""
    try:
        return json.loads(text), []
    except RecursionError:
        return None, [Finding("", shown(text), "It is nested too deeply.", refused=True)]
    except ValueError as error:
        problem = str(error)
    if ESCAPED_HTML.match(text):
        value, findings = parsed(unescape(text))
        return value, [Finding("", shown(text), "This is JSON that was escaped as HTML. It was read."), *findings]
    try:
        plain = TRAILING_COMMA.sub(_unless_text, COMMENT.sub(_unless_text, text))
        value = json.loads(ESCAPE.sub(_escape, plain), strict=False)
    except (ValueError, RecursionError):
        return None, [Finding("", shown(text), f"This is not JSON: {problem}."[:300], refused=True)]
    return value, [Finding("", shown(text), f"This is not quite JSON, and was mended: {problem}."[:300])]


def _unless_text(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else " "


def _escape(match: re.Match[str]) -> str:
    """What JSON does not escape, such as an apostrophe, stands for itself."""
    return match[0] if match[1] in '"\\/bfnrtu' else match[1]


def one_after_the_other(text: str) -> list[Any]:
    """The values of a text that is two or more of them; none where anything else is between them."""
    found, at = [], 0
    try:
        while at < len(text):
            value, end = DECODER.raw_decode(text, at)
            found.append(value)
            at = _after(BETWEEN, text, end)
    except (ValueError, RecursionError):
        return []
    return found if len(found) > 1 else []


def before_the_cut(text: str) -> tuple[Any, int]:
    """What a document without its end holds: the list that was cut, as far as its objects are whole, in what was
    around it. With the number of characters before the cut; None and 0 where no object is whole."""
    at = 0
    for _ in range(MOST_TRIES):
        if not (match := LIST_OF_OBJECTS.search(text, at)):
            break
        end, is_whole = _last_object(text, match.end())
        if is_whole:
            at = end
        elif end == match.end():
            at = end  # its first object was cut already: perhaps in a list of its own
        else:
            return _closed(text, match.end(), end)
    return None, 0


def _last_object(text: str, at: int) -> tuple[int, bool]:
    """Where the last whole object of the list ends, or else the list itself, and whether that is so."""
    end, at = at, _after(BETWEEN, text, at)
    try:
        while True:
            if text[at : at + 1] == "]":
                return at + 1, True
            _, end = DECODER.raw_decode(text, at)
            at = _after(BETWEEN, text, end)
    except (ValueError, RecursionError):
        return end, False


def _closed(text: str, inside: int, end: int) -> tuple[Any, int]:
    """The document up to `end`, with everything closed that was open at `inside`."""
    open_: list[str] = []
    for match in STRUCTURE.finditer(text, 0, inside):
        if match[0] in CLOSING:
            open_.append(match[0])
        elif match[0] in "}]" and open_:
            open_.pop()
    closing = "".join(CLOSING[mark] for mark in reversed(open_))
    value, _ = parsed(text[:end] + closing)
    return value, end if value is not None else 0


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
