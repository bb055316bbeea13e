"""The claim that a ClaimReview reviews (`itemReviewed`): its text, who made it, when and where.

https://schema.org/Claim
"""

from collections.abc import Iterator
from typing import Any

from claims.domain.incoming import Finding, IncomingSpeaker
from claims.exchange import importing_parts as parts
from claims.exchange.importing_parts import TAKEN_FOR_NAME, objects
from claims.exchange.json_nodes import Node
from claims.exchange.loose_dates import date_of
from claims.exchange.mapping import Mapping
from claims.exchange.plain_text import EMPTY, shown, text_of

# Where the claim itself may stand if it does not stand in `claimReviewed`.
TEXTS = ("name", "text", "description", "headline", "alternateName")
AUTHOR = "itemReviewed.author"


def items_of(given: Any, findings: list[Finding]) -> list[Node]:
    """The objects that it should be; a text is what was claimed."""
    items = []
    for item in given if isinstance(given, list) else [given]:
        if isinstance(item, dict):
            items.append(item)
        elif isinstance(item, str) and item:
            message = "This is a text where an object should be. It was taken for the claim's."
            findings.append(Finding("itemReviewed", shown(item), message))
            items.append({"text": item})
        elif item not in EMPTY:
            findings.append(Finding("itemReviewed", shown(item), "This is no object. It was left out."))
    return items


def text_of_claim(node: Node, items: list[Node], findings: list[Finding]) -> str:
    """What was claimed; where that is not said, a finding that refuses the row."""
    if text := text_of(node.get("claimReviewed"), "claimReviewed", findings, most=1000):
        return text
    for item in items:
        for name in TEXTS:
            if text := text_of(item.get(name), f"itemReviewed.{name}", findings, most=1000):
                message = f"It is empty. The claim was taken from itemReviewed.{name}."
                findings.append(Finding("claimReviewed", "", message))
                return text
    findings.append(Finding("claimReviewed", shown(node.get("url")), "No claim is given.", refused=True))
    return ""


def language_of(items: list[Node], findings: list[Finding]) -> str:
    given = next((item["inLanguage"] for item in items if item.get("inLanguage")), None)
    return parts.language_of(given, "itemReviewed.inLanguage", findings)


def claimed_on(items: list[Node], mapping: Mapping, language: str, findings: list[Finding]) -> str:
    """The first date that can be read, EDTF level 0, of the claim and of where it appears."""
    field, order = "itemReviewed.datePublished", mapping.date_order
    dates = (
        date_of(part.get("datePublished"), field, findings, order=order, language=language) for part in _parts(items)
    )
    return next((date for date in dates if date), "")


def speaker_of(items: list[Node], findings: list[Finding]) -> IncomingSpeaker:
    """The first that is named. A claim has one speaker; whoever is named beside is reported."""
    for part in _parts(items):
        given = part.get("author") or part.get("creator")
        several = given if isinstance(given, list) else [given]
        named = [found for author in several if (found := _speaker(author, findings)).name]
        if named:
            for other in named[1:]:
                message = "A claim has one speaker. The first was taken, and this one left out."
                findings.append(Finding(AUTHOR, other.name, message, named[0].name))
            return named[0]
    return IncomingSpeaker()


def _speaker(given: Any, findings: list[Finding]) -> IncomingSpeaker:
    if isinstance(given, str) and given:
        findings.append(Finding(AUTHOR, shown(given), TAKEN_FOR_NAME))
        given = {"name": given}
    if isinstance(given, dict) and (name := text_of(given.get("name"), f"{AUTHOR}.name", findings, most=200)):
        return _named(name, given, findings)
    # An object that says no more than its type stands for nobody in particular.
    if given not in EMPTY and not (isinstance(given, dict) and given.keys() <= {"@type", "name"}):
        findings.append(Finding(AUTHOR, shown(given), "It names nobody. It was left out."))
    return IncomingSpeaker()


def _named(name: str, author: Node, findings: list[Finding]) -> IncomingSpeaker:
    same = author.get("sameAs")
    known_as = [
        *(same if isinstance(same, list) else [same]),
        author.get("@id"),
        author.get("url"),
        author.get("identifier"),
    ]
    return IncomingSpeaker(
        name=name,
        kind=parts.kind_of(author.get("@type")),
        wikidata_id=parts.wikidata_id_of(known_as),
        description=text_of(author.get("jobTitle"), f"{AUTHOR}.jobTitle", findings, most=500),
    )


def _parts(items: list[Node]) -> Iterator[Node]:
    """The claim, and the works in which it appears."""
    for item in items:
        yield from (item, *objects(item.get("firstAppearance")), *objects(item.get("appearance")))


def places_of(items: list[Node]) -> str:
    """Where it was said: for colleagues, since a source needs its words."""
    addresses = (part.get("url") for part in _parts(items))
    found = [text_of(url, "url", [], most=2000) for url in addresses if isinstance(url, str)]
    return "\n".join(f"Said at {url}" for url in dict.fromkeys(found) if url)[:4000]
