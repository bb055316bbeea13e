"""What the site's own pages say until the newsroom publishes its own words."""

from pathlib import Path

from django.conf import settings

from claims.enums import PageSlug

TEXTS = Path(__file__).with_name("texts")
FALLBACK = "en"


def default_page(slug: str, language: str) -> dict[str, str]:
    """`title`, `body` (Markdown) and `language` of a page, in `language` where there is a text in it."""
    wanted = language.partition("-")[0]
    found = wanted if (TEXTS / wanted / f"{slug}.md").is_file() else FALLBACK
    text = (TEXTS / found / f"{PageSlug(slug)}.md").read_text(encoding="utf-8")
    title, _, body = text.replace("{site_name}", settings.SITE_NAME).partition("\n\n")
    return {"title": title.removeprefix("# "), "body": body.strip(), "language": found}
