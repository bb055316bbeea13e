"""What a request would rather have, among what there is (RFC 9110, section 12.5)."""

from collections.abc import Sequence
from functools import lru_cache

# The forms in which a claim is sent. The first is for those who have no preference, and the only one of other pages.
FORMS = ("text/html", "application/ld+json", "text/markdown")
ENCODINGS = ("br", "gzip")


@lru_cache(maxsize=256)
def preferred_form(accept: str) -> str:
    """One of FORMS, whatever `Accept` says: where nothing fits, HTML is a better answer than 406."""
    weights = _weights(accept)

    def weight(form: str) -> float:
        ranges = (form, f"{form.partition('/')[0]}/*", "*/*")
        return next((weights[name] for name in ranges if name in weights), 0)

    return _heaviest(FORMS, [weight(form) for form in FORMS]) or FORMS[0]


@lru_cache(maxsize=256)
def preferred_encoding(accept_encoding: str) -> str:
    """`br`, `gzip`, or "" for bytes as they are, which everybody takes."""
    weights = _weights(accept_encoding)
    return _heaviest(ENCODINGS, [weights.get(name, weights.get("*", 0)) for name in ENCODINGS])


def _heaviest(names: Sequence[str], weights: Sequence[float]) -> str:
    """The first of the names that weigh most, "" when none weighs anything."""
    heaviest = max(weights)
    return names[weights.index(heaviest)] if heaviest > 0 else ""


def _weights(header: str) -> dict[str, float]:
    """By name in lower case, from 0 to 1. Parameters other than `q` do not count."""
    weights = {}
    for item in header.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        values = [value for key, _, value in (part.partition("=") for part in parameters) if key.strip() == "q"]
        weights[name] = _quality(values[0]) if values else 1.0
    return weights


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 0
    return quality if 0 <= quality <= 1 else 0
