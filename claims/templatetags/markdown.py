"""Texts of the newsroom that may have headings, lists, emphasis and links, as CommonMark (https://spec.commonmark.org).

HTML is never read, only written: whatever a text holds, what comes out has none but the elements of the rules below.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from claims.languages import in_language

register = template.Library()

RULES = ["heading", "list", "blockquote", "emphasis", "link", "autolink", "escape", "newline"]
# `//host` would lead to another site by an address that looks like one of ours.
OURS, OTHERS = ("/", "#"), ("https://", "http://", "mailto:")


class _Renderer(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        return url.lower().startswith(OTHERS) or (url.startswith(OURS) and not url.startswith("//"))


_MARKDOWN = _Renderer("zero", {"breaks": True, "maxNesting": 20}).enable(RULES)


@register.filter
def markdown(text: str, level: int = 2) -> SafeString:
    """`level`: that of the text's largest heading (`# …`) on the page."""
    return _rendered(text, int(level), get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=256)
def _rendered(text: str, level: int, language: str) -> SafeString:
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) - 1 + level)}"
        for child in token.children or []:
            _mark_external(child)
            _lead_to(child, language)
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return mark_safe(html)  # noqa: S308 (see the module)


def _mark_external(token: Any) -> None:
    if token.type == "link_open" and str(token.attrGet("href")).lower().startswith("http"):
        token.attrSet("rel", "noopener external")
        token.attrSet("class", "external")


def _lead_to(token: Any, language: str) -> None:
    """A link to a page of ours stays in the language of the page that it is on, unless it names another."""
    if token.type == "link_open" and str(token.attrGet("href")).startswith("/"):
        token.attrSet("href", in_language(str(token.attrGet("href")), language))
