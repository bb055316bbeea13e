"""What the site's own pages say until the newsroom publishes its own words."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from claims.enums import PageSlug

TEXTS = Path(__file__).with_name("texts")
FALLBACK = "en"


def default_page(slug: str) -> dict[str, str]:
    """`title`, `body` (Markdown) and `language` of a page, in the language in force where there is a text in it."""
    wanted = (get_language() or FALLBACK).partition("-")[0]
    language = wanted if (TEXTS / wanted / f"{slug}.md").is_file() else FALLBACK
    text = (TEXTS / language / f"{PageSlug(slug)}.md").read_text(encoding="utf-8")
    title, _, body = text.replace("{site_name}", settings.SITE_NAME).partition("\n\n")
    return {"title": title.removeprefix("# "), "body": body.strip(), "language": language}
