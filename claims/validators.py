"""Validators for text that comes from outside."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from claims import addresses
from claims.dates import PartialDate
from claims.visible import is_blank

# Control characters other than tab and line breaks, and halves of surrogate pairs: no database or JSON carries all.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

validate_language = RegexValidator(
    r"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", "Write a language tag such as en, ko or pt-BR (BCP 47)."
)
validate_wikidata_id = RegexValidator(r"\AQ[1-9][0-9]{0,11}\Z", "Write a Wikidata item such as Q42.")
validate_sha256 = RegexValidator(r"\A[0-9a-f]{64}\Z", "Write the SHA-256 as 64 hexadecimal digits in lower case.")


def validate_text(value: str) -> None:
    """Refuse characters that cannot be stored or shown, and text of which nothing can be seen.

    Blanks alone are left to what demands a text: a quotation may be surrounded by nothing else.
    """
    found = FORBIDDEN.search(value)
    if found:
        raise ValidationError(f"Character {found.start() + 1} is a control character. Remove it.")
    if is_blank(value) and not value.isspace():
        raise ValidationError("Nothing can be seen of this text: it has only invisible characters. Write it anew.")


def validate_partial_date(value: str) -> None:
    try:
        PartialDate.parse(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def validate_address(value: str) -> None:
    """Accept http(s) addresses only: a `javascript:` or `data:` link must never reach a page."""
    try:
        addresses.require_valid(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error
