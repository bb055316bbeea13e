"""Plain text from whatever a file holds where text should be, with a finding for all that was not plain text."""

import re
from html import unescape
from typing import Any

from claims.domain.incoming import Finding
from claims.validators import FORBIDDEN

# Elements that a page's text is written with; “a <b and c> d” is no element.
ELEMENTS = (
    "a abbr article aside b blockquote br center cite code div em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hr i iframe img li main mark ol p pre q s section small span strike strong sub sup table tbody td th tr u "
    "ul video"
)
INLINE = frozenset("a abbr b cite code em font i mark q s small span strong sub sup u".split())  # noqa: SIM905
MARKUP = re.compile(rf"</?({ELEMENTS.replace(' ', '|')})(?:[\s/][^<>]{{0,2000}})?>", re.IGNORECASE)
HIDDEN = {
    f"</{name}": re.compile(rf"<{name}\b[^<>]{{0,2000}}>.{{0,10000}}?</{name}\s*>", re.IGNORECASE | re.DOTALL)
    for name in ("script", "style")
}
SUSPICIOUS = re.compile(r"[&<\x00-\x1f\x7f\ud800-\udfff]")
LONGEST = 2**16  # characters that are looked at: no field keeps nearly as many
EMPTY: tuple[Any, ...] = (None, "", [], {})
SHOWN = 300  # characters of a value that a report quotes
# Where an object's own text stands, most likely first.
NAMES = ("name", "@value", "value", "text", "alternateName", "headline", "title", "label", "url", "@id")


def shown(value: Any) -> str:
    """A value as a report quotes it: storable, on one line, and short."""
    text = value if isinstance(value, str) else repr(value) if value is not None else ""
    return " ".join(FORBIDDEN.sub("�", text[: 4 * SHOWN]).split())[:SHOWN]


def text_of(value: Any, field: str, findings: list[Finding], *, most: int) -> str:
    """One line of plain text of at most `most` characters; "" for what holds none."""
    if type(value) is str and len(value) <= most and not SUSPICIOUS.search(value):
        return " ".join(value.split())
    found = _found(value, field, findings)
    text = plain(found[:LONGEST], field, findings)
    if len(text) <= most and len(found) <= LONGEST:
        return text
    findings.append(Finding(field, shown(text), f"It has more than {most:,} characters. The rest was cut."))
    return f"{text[: most - 1].rstrip()}…" if text else ""


def plain(text: str, field: str, findings: list[Finding]) -> str:
    """Without markup, entities and what cannot be stored, on one line."""
    cleaned = text
    if "<" in text or "&" in text:
        # Twice: what is escaped in dumps has often been escaped already, tags and all.
        for _ in range(2):
            cleaned = unescape(_without_markup(cleaned))
        cleaned = _without_markup(cleaned)
    if cleaned != text:
        findings.append(Finding(field, shown(text), "HTML was made plain text."))
    if FORBIDDEN.search(cleaned):
        findings.append(Finding(field, shown(cleaned), "Control characters were taken out."))
        cleaned = FORBIDDEN.sub(" ", cleaned)
    return " ".join(cleaned.split())


def _without_markup(text: str) -> str:
    """What begins a line of its own parts words; what stands in one does not."""
    lowered = text.lower()
    for end, hidden in HIDDEN.items():
        if end in lowered:  # looking for the end of each that has none would take long
            text = hidden.sub(" ", text)
    return MARKUP.sub(lambda tag: "" if tag[1].lower() in INLINE else " ", text)


def _found(value: Any, field: str, findings: list[Finding]) -> str:
    """The text in a value, however deep it stands."""
    given = value
    for _ in range(8):  # a list in an object in a list is as far as mistakes go
        match value:
            case None:
                break
            case str():
                _report_shape(given, value, field, findings)
                return value
            case bool():
                break
            case int() | float():
                return str(value)[:100]
            case list():
                value = next((item for item in value if item not in EMPTY), None)
            case dict():
                value = next((value[name] for name in NAMES if value.get(name) not in EMPTY), None)
            case _:
                break
    if _holds(given):
        findings.append(Finding(field, shown(given), "This is no text. It was left out."))
    return ""


def _holds(given: Any) -> bool:
    """Whether a value is more than an empty list, or an object that only says what it would be."""
    if given == {}:
        return True
    members = [value for name, value in given.items() if name != "@type"] if isinstance(given, dict) else given
    return any(value not in EMPTY for value in members) if isinstance(members, list) else members is not None


def _report_shape(given: Any, found: str, field: str, findings: list[Finding]) -> None:
    if not isinstance(given, str):
        what = "a list" if isinstance(given, list) else "an object"
        findings.append(Finding(field, shown(given), f"This is {what} where text should be.", shown(found)))
