"""What readers see instead of the values that documents hold."""

from django import template
from django.db.models import TextChoices
from django.utils.translation import get_language_info

from claims import enums

register = template.Library()

OPENS = tuple("\"'“‘«„「『([")
CLOSES = tuple("\"'”’»」』)].,;:!?…")


@register.filter
def word(value: str, vocabulary: str) -> str:
    """The label of a value of one of `claims.enums`: `{{ evidence.stance|word:"Stance" }}`."""
    choices: type[TextChoices] = getattr(enums, vocabulary)
    return dict(choices.choices).get(value, value)


@register.filter
def leading_in(prefix: str) -> str:
    """The words before a quotation, with the blank that belongs between them unless a mark opens it."""
    return f"… {prefix}" if prefix.endswith(OPENS) else f"… {prefix} "


@register.filter
def leading_out(suffix: str) -> str:
    """The words after a quotation, with the blank that belongs between them unless a mark closes it."""
    return f"{suffix} …" if suffix.startswith(CLOSES) else f" {suffix} …"


@register.filter
def language_name(tag: str) -> str:
    """`ko`: Korean. A language that has no name here keeps its tag."""
    try:
        return str(get_language_info(tag)["name"])
    except KeyError:
        return tag
