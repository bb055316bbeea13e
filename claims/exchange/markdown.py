"""A claim as Markdown (CommonMark): for notes, for chats, and for programs that read text.

Whatever stands in a document is text here: nothing of it becomes a heading, a link, an image or HTML.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from claims.domain.record import Document
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


def markdown(document: Document, *, address: str, site_name: str, edition: str = "") -> str:
    """`address` is the absolute address of the claim's page; `edition` says in words which edition this is."""
    sections = (
        _head(document),
        _finding(document["verdict"]),
        _evidence(document["verdict"]),
        _appearances(document["appearances"]),
        _others(document.get("external_reviews", [])),
        _foot(address, site_name, edition),
    )
    return "\n\n".join(part for section in sections for part in section if part) + "\n"


def _head(document: Document) -> Iterator[str]:
    yield f"# {escaped(document['text'])}"
    speaker = document["speaker"]
    roles = "".join(f", {role['title']}, {role['organisation']['name']}" for role in speaker["roles"])
    on = f" ({document['claimed_on']})" if document["claimed_on"] else ""
    yield f"**Claimed by** {escaped(speaker['name'] + roles + on)}"


def _finding(verdict: Document | None) -> Iterator[str]:
    if verdict is None:
        yield "**Not reviewed yet.** We have recorded this claim and have not looked into it."
        return
    rating = verdict["rating"]
    yield f"**Our finding: {escaped(rating['label'])}.** {escaped(verdict['summary'])}"
    yield f"Reviewed on {verdict['reviewed_on']}. “{escaped(rating['label'])}” means: {escaped(rating['definition'])}"
    paragraphs = [escaped(text) for text in PARAGRAPHS.split(verdict["rationale"] or "")]
    if any(paragraphs):
        yield "## How we found it"
        yield from paragraphs


def _evidence(verdict: Document | None) -> Iterator[str]:
    if verdict and verdict["evidence"]:
        yield "## Evidence"
        yield _bullets(_passage(item, item["stance"]) for item in verdict["evidence"])


def _appearances(appearances: list[Document]) -> Iterator[str]:
    if appearances:
        yield "## Where it was said"
        yield _bullets(_passage(item, item["date"] or "") for item in appearances)


def _passage(item: Document, label: str) -> str:
    source = item["source"]
    words = [f"“{escaped(item['quotation'])}”" if item["quotation"] else "", escaped(item.get("note"))]
    what = " ".join(filter(None, words))
    archived = f" ({_link('archived copy', source['archived_url'])})" if source["archived_url"] else ""
    said = f"{escaped(label.capitalize())}: " if label else ""
    where = f"{_link(source['title'], source['url'])}, {escaped(source['publisher'])}{archived}"
    return f"{said}{where}{f'. {what}' if what else ''}"


def _others(reviews: list[Document]) -> Iterator[str]:
    if reviews:
        yield "## What others found"
        yield _bullets(f"{_link(item['publisher'], item['url'])}: “{escaped(item['rating'])}”" for item in reviews)


def _foot(address: str, site_name: str, edition: str) -> Iterator[str]:
    yield "---"
    yield f"{escaped(site_name)}, {_link(address, address)}{f', {escaped(edition)}' if edition else ''}"


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
