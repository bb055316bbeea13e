"""What the head of a claim's page folds up on a phone, so that the finding is on its first screen."""

import unicodedata

from django import template

from claims.domain.record import Document

register = template.Library()

# In columns, below which the head of a claim fits on 390 by 844 pixels as it is.
LONG = 160  # of a claim, which is set smaller then
MOST_TEXT, MOST_SPEAKER, MOST_SUMMARY = 220, 100, 230


@register.filter
def columns(text: str) -> int:
    """How wide it is, in Latin letters: those of Chinese, Japanese and Korean take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


@register.filter
def is_long(text: str) -> bool:
    return columns(text) > LONG


@register.filter
def is_folded(claim: Document) -> bool:
    """Whether there is more to say of who said what than one screen holds beside the finding."""
    verdict = claim.get("verdict")
    speaker = claim["speaker"]
    roles = "".join(f", {role['title']}, {role['organisation']['name']}" for role in speaker["roles"])
    return (
        columns(claim["text"]) > MOST_TEXT
        or columns(speaker["name"] + roles) > MOST_SPEAKER
        or (verdict is not None and columns(verdict["summary"]) > MOST_SUMMARY)
    )
