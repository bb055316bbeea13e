"""The one way in which structured data gets into a page."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Within a JSON string these read the same, and nothing in them can end the script element or open a comment.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.simple_tag
def structured_data(data: dict[str, Any]) -> SafeString:
    """A JSON-LD block of `data`, which may hold any text."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
