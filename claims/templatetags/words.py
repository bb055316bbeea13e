"""What readers see instead of the values that documents hold."""

from django import template
from django.db.models import TextChoices
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext_lazy as _

from claims import enums
from claims.visible import in_a_line

register = template.Library()

OPENS = tuple("\"'“‘«„「『([")
CLOSES = tuple("\"'”’»」』)].,;:!?…")

OUTGOING = {
    "repeats": _("This claim repeats"),
    "contradicts": _("This claim contradicts"),
    "updates": _("This claim updates"),
    "narrows": _("This claim narrows"),
}
INCOMING = {
    "repeats": _("repeats this claim"),
    "contradicts": _("contradicts this claim"),
    "updates": _("updates this claim"),
    "narrows": _("narrows this claim"),
}


@register.filter
def word(value: str, vocabulary: str) -> str:
    """The label of a value of one of `claims.enums`: `{{ evidence.stance|word:"Stance" }}`."""
    choices: type[TextChoices] = getattr(enums, vocabulary)
    return str(dict(choices.choices).get(value, value))


register.filter("in_a_line", in_a_line, is_safe=True)


@register.filter
def what_this_claim_does(kind: str) -> str:
    """What the claim of a page does to a related one, whose text follows."""
    return str(OUTGOING.get(kind, kind))


@register.filter
def what_it_does_to_this_claim(kind: str) -> str:
    """What a related claim, whose text comes before, does to the claim of a page."""
    return str(INCOMING.get(kind, kind))


@register.filter
def leading_in(prefix: str) -> str:
    """The words before a quotation, with the blank that belongs between them unless a mark opens it."""
    return f"… {prefix}" if prefix.endswith(OPENS) else f"… {prefix} "


@register.filter
def leading_out(suffix: str) -> str:
    """The words after a quotation, with the blank that belongs between them unless a mark closes it."""
    return f"{suffix} …" if suffix.startswith(CLOSES) else f" {suffix} …"


@register.filter
def grouped(number: int) -> str:
    """1234567 as the language of the page writes it: 1,234,567. For counts: years and numbers of editions are names."""
    # Django's formats have a mark for Arabic, and no word on where it goes.
    return f"{number:,}".replace(",", pgettext("between each three digits of a number", ","))


@register.filter
def language_label(tag: str) -> str:
    """`ko`: Korean, in the language of the page, where Django's `language_name` is in English.

    A language that has no name here keeps its tag.
    """
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag
