"""A claim as Markdown (CommonMark): for notes, for chats, and for programs that read text.

Whatever stands in a document is text here: nothing of it becomes a heading, a link, an image or HTML.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from claims.domain.record import Document
from claims.enums import Stance
from claims.validators import FORBIDDEN

# What could begin something within a line: emphasis, code, links, HTML, entities, the end of a heading, and in other
# dialects strike-through, formulas, or a link made of a bare address.
INLINE = re.compile(r"([\\`*_\[\]<>&~@#$]|:(?=//)|(?<=www)\.)")
# What could begin a block at the beginning of a line.
BLOCK = re.compile(r"^([+\-=]|[0-9]{1,9}(?=[.)]))")
PARAGRAPHS = re.compile(r"\n\s*\n")
URL_SAFE = "/:?#@!$&'*+,;=%~-._[]"


def escaped(text: str | None) -> str:
    """`text` as one line that reads as it is."""
    line = " ".join(FORBIDDEN.sub("", text or "").split())
    return BLOCK.sub(_escaped_start, INLINE.sub(r"\\\1", line))


@dataclass(frozen=True, slots=True)
class Manner:
    """How readers of a language read a date (EDTF text) and the name of a language (BCP 47)."""

    date: Callable[[str], str]
    language: Callable[[str], str]


def markdown(document: Document, *, address: str, site_name: str, manner: Manner, edition: str = "") -> str:
    """In the language in force, of a document that is localised for it.

    `address` is the absolute address of the claim's page; `edition` says in words which edition this is.
    """
    sections = (
        _head(document, manner),
        _finding(document["verdict"], manner),
        _evidence(document["verdict"]),
        _appearances(document["appearances"], manner),
        _others(document.get("external_reviews", [])),
        _foot(address, site_name, edition),
    )
    return "\n\n".join(part for section in sections for part in section if part) + "\n"


def _head(document: Document, manner: Manner) -> Iterator[str]:
    yield f"# {escaped(document['text'])}"
    yield _hint(document["text_language"], manner)
    speaker = document["speaker"]
    titles = [text for role in speaker["roles"] for text in (role["title"], role["organisation"]["name"])]
    named = pgettext("between items of a list", ", ").join([speaker["name"], *titles])
    on = f" ({manner.date(document['claimed_on'])})" if document["claimed_on"] else ""
    yield _("**Claimed by** %(speaker)s") % {"speaker": escaped(named + on)}


def _finding(verdict: Document | None, manner: Manner) -> Iterator[str]:
    if verdict is None:
        yield _("**Not reviewed yet.** We have recorded this claim and have not looked into it.")
        return
    rating = verdict["rating"]
    finding = {"rating": escaped(rating["label"]), "summary": escaped(verdict["summary"])}
    yield _("**Our finding: %(rating)s.** %(summary)s") % finding
    yield _hint(verdict["summary_language"], manner)
    meaning = {"day": manner.date(verdict["reviewed_on"]), "definition": escaped(rating["definition"])}
    yield _("Reviewed on %(day)s. “%(rating)s” means: %(definition)s") % (finding | meaning)
    paragraphs = [escaped(text) for text in PARAGRAPHS.split(verdict["rationale"] or "")]
    if any(paragraphs):
        yield _heading(_("How we found it"))
        yield _hint(verdict["rationale_language"], manner)
        yield from paragraphs


def _hint(language: str, manner: Manner) -> str:
    """That a text is not translated; "" where it is in the language in force."""
    if language.partition("-")[0] == get_language():
        return ""
    hint = _("not translated: in %(language)s") % {"language": manner.language(language)}
    return f"*{escaped(hint)}*"


def _evidence(verdict: Document | None) -> Iterator[str]:
    if verdict and verdict["evidence"]:
        yield _heading(_("Evidence"))
        yield _bullets(_passage(item, str(Stance(item["stance"]).label)) for item in verdict["evidence"])


def _appearances(appearances: list[Document], manner: Manner) -> Iterator[str]:
    if appearances:
        yield _heading(_("Where it was said"))
        yield _bullets(_passage(item, manner.date(item["date"]) if item["date"] else "") for item in appearances)


def _passage(item: Document, label: str) -> str:
    source, translated = item["source"], _("Our translation")
    words = [
        f"“{escaped(item['quotation'])}”" if item["quotation"] else "",
        f"({translated}: {escaped(meaning)})" if (meaning := item.get("quotation_translated")) else "",
        escaped(item.get("note")),
    ]
    what = " ".join(filter(None, words))
    saved = _link(_("archived copy"), source["archived_url"])
    archived = f" ({saved})" if source["archived_url"] else ""
    said = f"{escaped(label)}: " if label else ""
    where = f"{_link(source['title'], source['url'])}, {escaped(source['publisher'])}{archived}"
    return f"{said}{where}{f'. {what}' if what else ''}"


def _others(reviews: list[Document]) -> Iterator[str]:
    if reviews:
        yield _heading(_("What others found"))
        yield _bullets(f"{_link(item['publisher'], item['url'])}: “{escaped(item['rating'])}”" for item in reviews)


def _foot(address: str, site_name: str, edition: str) -> Iterator[str]:
    yield "---"
    yield f"{escaped(site_name)}, {_link(address, address)}{f', {escaped(edition)}' if edition else ''}"


def _heading(text: str) -> str:
    return f"## {escaped(text)}"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _link(text: str, url: str | None) -> str:
    """Only to http(s) addresses; any other stays text."""
    if not url or not url.startswith(("http://", "https://")):
        return escaped(text)
    return f"[{escaped(text)}](<{quote(url, safe=URL_SAFE)}>)"


def _escaped_start(found: re.Match[str]) -> str:
    start = found.group(0)
    return f"{start}\\" if start.isdigit() else f"\\{start}"
