"""ClaimReview as others write it: pages, dumps (schema.org DataFeed) and lists of objects, read liberally.

https://schema.org/ClaimReview
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from claims.domain.incoming import Finding, Incoming, IncomingReview, IncomingSpeaker
from claims.exchange import importing_parts as parts
from claims.exchange.json_values import Value
from claims.exchange.loose_dates import date_of
from claims.exchange.mapping import Mapping
from claims.exchange.plain_text import shown, text_of

# Where the claim itself may stand if it does not stand in `claimReviewed`.
TEXTS = ("name", "text", "description", "headline", "alternateName")
TAKEN_FOR_NAME = "This is a text where an object should be. It was taken for the name."
RATING_WORDS = ("alternateName", "name", "ratingExplanation", "description")


def read(value: Value, mapping: Mapping, base: str = "") -> Iterator[Incoming]:
    """A claim for each ClaimReview in the value, however deep; one that is refused for each element without any."""
    if any(finding.refused for finding in value.findings):
        yield Incoming(row=0, findings=[*value.findings])
        return
    for element in _elements(value.value):
        found = False
        for node in reviews_in(element):
            yield _claim(node, value, mapping, base)
            found = True
        if not found and not value.in_page:
            finding = Finding("", shown(element), "There is no ClaimReview in it.", refused=True)
            yield Incoming(row=0, findings=[*value.findings, finding])


def _elements(value: Any) -> list[Any]:
    """Of a dump its elements, each of which should have a review."""
    feed = value.get("dataFeedElement") if isinstance(value, dict) else value
    return feed if isinstance(feed, list) else [value]


def reviews_in(value: Any) -> Iterator[dict[str, Any]]:
    """In the order of the file. Not recursive: what others send may be nested as deep as they like."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if _is_review(node):
                yield node
            else:
                waiting.extend(reversed(node.values()))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def _is_review(node: dict[str, Any]) -> bool:
    types = node.get("@type", node.get("type"))
    names = types if isinstance(types, list) else [types]
    return "claimReviewed" in node or any(
        isinstance(name, str) and parts.type_name(name) == "claimreview" for name in names
    )


def _claim(node: dict[str, Any], value: Value, mapping: Mapping, base: str) -> Incoming:
    findings = [*value.findings]
    items = objects(node.get("itemReviewed"))
    review = _review(node, value, mapping, base, findings)
    language = parts.language_of(node.get("inLanguage"), "inLanguage", findings) or value.language
    return Incoming(
        row=0,
        text=_text(node, items, findings),
        language=language or mapping.constants.get("language", ""),
        claimed_on=_claimed_on(items, mapping, findings),
        speaker=_speaker(items, findings),
        reviews=[review] if review else [],
        note=_where(items),
        findings=findings,
    )


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a value that should be one, and may be a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _text(node: dict[str, Any], items: list[dict[str, Any]], findings: list[Finding]) -> str:
    if text := text_of(node.get("claimReviewed"), "claimReviewed", findings, most=1000):
        return text
    for item in items:
        for name in TEXTS:
            if text := text_of(item.get(name), f"itemReviewed.{name}", findings, most=1000):
                findings.append(
                    Finding("claimReviewed", "", f"It is empty. The claim was taken from itemReviewed.{name}.")
                )
                return text
    findings.append(Finding("claimReviewed", shown(node.get("url")), "No claim is given.", refused=True))
    return ""


def _claimed_on(items: list[dict[str, Any]], mapping: Mapping, findings: list[Finding]) -> str:
    for part in _parts(items):
        if part.get("datePublished"):
            return date_of(part["datePublished"], "itemReviewed.datePublished", findings, order=mapping.date_order)
    return ""


def _speaker(items: list[dict[str, Any]], findings: list[Finding]) -> IncomingSpeaker:
    field = "itemReviewed.author"
    for given in _authors(items):
        author = given if isinstance(given, dict) else {"name": given}
        if isinstance(given, str):
            findings.append(Finding(field, shown(given), TAKEN_FOR_NAME))
        if name := text_of(author.get("name"), f"{field}.name", findings, most=200):
            return _named(name, author, findings)
    return IncomingSpeaker()


def _authors(items: list[dict[str, Any]]) -> Iterator[Any]:
    """Of the claim, and of the works in which it appears."""
    for part in _parts(items):
        author = part.get("author") or part.get("creator")
        yield from (
            found for found in (author if isinstance(author, list) else [author]) if isinstance(found, dict | str)
        )


def _parts(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield from (item, *objects(item.get("firstAppearance")), *objects(item.get("appearance")))


def _named(name: str, author: dict[str, Any], findings: list[Finding]) -> IncomingSpeaker:
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
        description=text_of(author.get("jobTitle"), "itemReviewed.author.jobTitle", findings, most=500),
    )


def _where(items: list[dict[str, Any]]) -> str:
    """Where it was said: for colleagues, since a source needs its words."""
    addresses = (part.get("url") for part in _parts(items))
    found = [text_of(url, "url", [], most=2000) for url in addresses if isinstance(url, str)]
    return "\n".join(f"Said at {url}" for url in dict.fromkeys(found) if url)[:4000]


def _review(
    node: dict[str, Any], value: Value, mapping: Mapping, base: str, findings: list[Finding]
) -> IncomingReview | None:
    url = parts.address_of(node.get("url") or node.get("mainEntityOfPage") or base, "url", findings, base=base)
    name = mapping.constants.get("publisher") or _publisher(node, findings)
    publisher = parts.publisher_of(name, url, "author", findings)
    if not publisher:
        findings.append(Finding("author", "", "Neither publisher nor address is given. The review was left out."))
        return None
    review = IncomingReview(
        publisher=publisher,
        url=url,
        identifier=text_of(_identifier(node), "identifier", findings, most=200),
        title=text_of(node.get("name") or node.get("headline"), "name", findings, most=500),
        language=parts.language_of(node.get("inLanguage"), "inLanguage", []) or value.language,
        reviewed_on=date_of(
            node.get("datePublished") or node.get("dateCreated") or node.get("dateModified"),
            "datePublished",
            findings,
            order=mapping.date_order,
        ),
    )
    return rated(review, node.get("reviewRating"), findings)


def _identifier(node: dict[str, Any]) -> Any:
    given = node.get("identifier")
    return given.get("value") if isinstance(given, dict) else given


def _publisher(node: dict[str, Any], findings: list[Finding]) -> str:
    """The organisation among author and publisher: reviewers sign some reviews, and their newsroom publishes them."""
    for field in ("author", "publisher", "sdPublisher", "provider"):
        given = node.get(field)
        if isinstance(given, str):
            findings.append(Finding(field, shown(given), TAKEN_FOR_NAME))
            return text_of(given, field, findings, most=200)
        for found in objects(given):
            if parts.kind_of(found.get("@type")) != "person" and found.get("name"):
                return text_of(found["name"], f"{field}.name", findings, most=200)
    for found in objects(node.get("author")):
        for home in objects(found.get("worksFor")) + objects(found.get("affiliation")):
            if name := text_of(home.get("name"), "author.worksFor.name", findings, most=200):
                return name
    people = [found for found in objects(node.get("author")) if found.get("name")]
    if people and not node.get("url"):
        return text_of(people[0]["name"], "author.name", findings, most=200)
    return ""


def rated(review: IncomingReview, given: Any, findings: list[Finding]) -> IncomingReview:
    """The review with its rating, in the publisher's words and numbers."""
    field = "reviewRating"
    if isinstance(given, str | int | float) and not isinstance(given, bool):
        findings.append(
            Finding(field, shown(given), "This is a text where an object should be. It was taken for the rating.")
        )
        given = {"alternateName": str(given)}
    found = objects(given)
    if len(found) > 1:
        findings.append(Finding(field, shown(given), "There are several ratings. The first was taken."))
    rating = found[0] if found else {}
    words = ""
    for name in RATING_WORDS:
        if not words and not isinstance(rating.get(name), int | float):
            words = text_of(rating.get(name), f"{field}.{name}", findings, most=500)
            if words and name != "alternateName":
                findings.append(
                    Finding(f"{field}.alternateName", "", f"It is empty. The rating's words were taken from {name}.")
                )
    numbers = {
        member: text_of(rating.get(name), f"{field}.{name}", findings, most=50)
        for member, name in (
            ("rating_value", "ratingValue"),
            ("rating_best", "bestRating"),
            ("rating_worst", "worstRating"),
        )
    }
    review = replace(review, rating=words, **numbers)
    parts.check_rating(review, field, findings)
    return review
