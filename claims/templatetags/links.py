"""Links to other people's pages."""

from urllib.parse import quote

from django import template

from claims.validators import FORBIDDEN

register = template.Library()

# A longer passage is named by its first and last words, so that the address stays usable.
WHOLE_WORDS = 12
END_WORDS = 5


@register.filter
def web_address(url: str | None) -> str:
    """The address if it is an http(s) one, otherwise "": the last gate before an `href`."""
    scheme, separator, rest = (url or "").partition("://")
    return url if url and separator and rest and scheme in {"http", "https"} and not FORBIDDEN.search(url) else ""


@register.filter
def passage(url: str | None, quotation: str | None) -> str:
    """The address with a text fragment, at which browsers scroll to the quotation and mark it.

    https://wicg.github.io/scroll-to-text-fragment/
    """
    address = web_address(url)
    words = (quotation or "").split()
    if not address or not words:
        return address
    if len(words) <= WHOLE_WORDS:
        directive = _encoded(words)
    else:
        directive = f"{_encoded(words[:END_WORDS])},{_encoded(words[-END_WORDS:])}"
    return f"{address}{'' if '#' in address else '#'}:~:text={directive}"


def _encoded(words: list[str]) -> str:
    # `-` marks context in a text directive, and quote() lets it pass.
    return quote(" ".join(words), safe="").replace("-", "%2D")
