"""What readers of structured data require of a ClaimReview, as data.

- Google: https://developers.google.com/search/docs/appearance/structured-data/factcheck
- schema.org: https://schema.org/ClaimReview, https://schema.org/Claim, https://schema.org/Rating
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

Node = dict[str, Any]
Rule = Callable[[Any], bool]

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2})?")


def text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def address(value: Any) -> bool:
    """Absolute, of the web, and the same under https."""
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "\n" not in value and " " not in value


def day_or_moment(value: Any) -> bool:
    """ISO 8601: https://schema.org/Date and https://schema.org/DateTime; a year or month where no more is known."""
    try:
        return bool(PARTIAL_DATE.fullmatch(value) or datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def a(*types: str) -> Rule:
    """An object of one of these types, itself without fault."""
    return lambda value: isinstance(value, dict) and value.get("@type") in types


def each(rule: Rule) -> Rule:
    return lambda value: bool(value) and all(map(rule, value if isinstance(value, list) else [value]))


# Of each type: property, whether it is required (Google's word, or ours in the foundation's issue), and its rule.
PROPERTIES: dict[str, list[tuple[str, bool, Rule]]] = {
    "ClaimReview": [
        ("claimReviewed", True, text),
        ("reviewRating", True, a("Rating")),
        ("url", True, address),
        ("author", True, a("Organization", "NewsMediaOrganization", "Person")),
        ("datePublished", True, day_or_moment),
        ("dateModified", True, day_or_moment),
        ("itemReviewed", True, a("Claim")),
        ("inLanguage", False, text),
    ],
    "Rating": [
        ("alternateName", True, text),
        ("ratingValue", True, number),
        ("bestRating", True, number),
        ("worstRating", True, number),
        ("ratingExplanation", False, text),
    ],
    "Claim": [
        ("author", True, a("Organization", "Person")),
        ("datePublished", False, day_or_moment),
        ("firstAppearance", False, a("CreativeWork")),
        ("appearance", False, each(a("CreativeWork"))),
    ],
    "CreativeWork": [
        ("url", False, address),
        ("headline", True, text),
        ("datePublished", False, day_or_moment),
        ("publisher", False, a("Organization")),
    ],
    "Organization": [("name", True, text), ("url", False, address), ("sameAs", False, each(address))],
    "Person": [("name", True, text), ("jobTitle", False, text), ("sameAs", False, each(address))],
}
PROPERTIES["NewsMediaOrganization"] = PROPERTIES["Organization"]


def faults(node: Node, where: str = "") -> Iterator[str]:
    """What of the requirements this object, and each object in it, does not meet."""
    kind = node.get("@type", "")
    where = f"{where}{kind}"
    for name, required, rule in PROPERTIES.get(kind, []):
        if name not in node:
            if required:
                yield f"{where}: {name} is missing"
        elif not rule(node[name]):
            yield f"{where}: {name} is {node[name]!r}"
    if kind == "Rating" and not _in_order(node):
        yield f"{where}: the value is not between the worst and the best"
    for value in node.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from faults(inner, f"{where} > ")


def _in_order(rating: Node) -> bool:
    values = [rating.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    return all(map(number, values)) and values == sorted(values) and values[0] != values[2]  # type: ignore[type-var]
