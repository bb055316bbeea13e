"""ClaimReview as others write it: pages, dumps (schema.org DataFeed) and lists of objects, read liberally.

https://schema.org/ClaimReview
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from claims.domain.incoming import Finding, Incoming, IncomingReview
from claims.exchange import importing_parts as parts
from claims.exchange import importing_reviewed as reviewed
from claims.exchange.importing_parts import TAKEN_FOR_NAME, objects
from claims.exchange.json_nodes import Node, Nodes, is_reference
from claims.exchange.json_values import Value
from claims.exchange.loose_dates import date_of
from claims.exchange.mapping import Mapping
from claims.exchange.plain_text import EMPTY, shown, text_of

# Members of a ClaimReview that are taken, and those that say only what it is.
READ = {
    "@context", "@type", "type", "@id", "id", "claimReviewed", "itemReviewed", "reviewRating", "author", "publisher",
    "sdPublisher", "provider", "url", "mainEntityOfPage", "datePublished", "dateCreated", "dateModified", "inLanguage",
    "name", "headline", "identifier",
}  # fmt: skip
MOST_TOLD = 1000
EXPLANATION = "ratingExplanation"
RATING_WORDS = ("alternateName", "name", EXPLANATION, "description")


def read(values: Iterable[Value], mapping: Mapping, base: str = "") -> Iterator[Incoming]:
    """A claim for each ClaimReview in the values, however deep; one that is refused for each element without any."""
    pending: list[Finding] = []
    page, around = None, None
    told: set[str] = set()
    for value in values:
        pending += value.findings
        if value.page is not page:
            page, around = value.page, Nodes(value.page.values) if value.page else None
        if any(finding.refused for finding in value.findings):
            rows = iter([Incoming(row=0)])
        else:
            rows = _of_value(value, around, mapping, base, told)
        for incoming in rows:
            incoming.findings[:0], pending = pending, []
            yield incoming


def _of_value(value: Value, around: Nodes | None, mapping: Mapping, base: str, told: set[str]) -> Iterator[Incoming]:
    """`around` are the nodes of the page in which the value stands, `told` the members that were reported before."""
    whole = Nodes(value.value, around)
    language = value.page.language if value.page else ""
    base = base or (value.page.address if value.page else "")
    for element in _elements(value.value):
        nodes = whole if element is value.value else Nodes(element, whole)
        found = False
        for node in reviews_in(element):
            findings = _left_out(node, told)
            yield _claim(nodes.embedded(node, findings), language, mapping, base, findings)
            found = True
        is_part = whole.refers and isinstance(element, dict) and "@id" in element
        if not found and not value.page and not is_part:
            finding = Finding("", shown(element), "There is no ClaimReview in it.", refused=True)
            yield Incoming(row=0, findings=[finding])


def _left_out(node: Node, told: set[str]) -> list[Finding]:
    """Each member that nothing takes is named once: a dump has the same ones in every review."""
    found = [name for name, value in node.items() if name not in READ and value not in EMPTY]
    if any(rating.get("alternateName") and rating.get(EXPLANATION) for rating in objects(node.get("reviewRating"))):
        found.append(f"reviewRating.{EXPLANATION}")
    found = [name for name in found if name not in told]
    told |= set(found) if len(told) < MOST_TOLD else set()
    names = shown(", ".join(found))
    return [Finding("", names, f"Nothing takes {names[:200]}. It was left out.")] if found else []


def _elements(value: Any) -> list[Any]:
    """Of a dump its elements, each of which should have a review."""
    feed = value.get("dataFeedElement") if isinstance(value, dict) else value
    return feed if isinstance(feed, list) else [value]


def reviews_in(value: Any) -> Iterator[Node]:
    """In the order of the file. Not recursive: what others send may be nested as deep as they like."""
    waiting: list[tuple[Any, Node | None]] = [(value, None)]
    while waiting:
        node, claim = waiting.pop()
        if isinstance(node, list):
            waiting.extend((item, claim) for item in reversed(node))
        elif isinstance(node, dict) and "claimreview" in _types(node):
            if not is_reference(node):
                yield {"itemReviewed": claim} | node if claim else node
        elif isinstance(node, dict):
            # The review of a claim that it stands in, instead of the other way round.
            claim = {name: item for name, item in node.items() if name != "url"} if "claim" in _types(node) else None
            waiting.extend((item, claim) for item in reversed(node.values()))


def _types(node: Node) -> list[str]:
    given = node.get("@type", node.get("type"))
    names = [parts.type_name(name) for name in (given if isinstance(given, list) else [given]) if isinstance(name, str)]
    return [*names, "claimreview"] if "claimReviewed" in node else names


def _claim(node: Node, language: str, mapping: Mapping, base: str, findings: list[Finding]) -> Incoming:
    """The claim of a review; `language` is that of the page in which it stands."""
    items = reviewed.items_of(node.get("itemReviewed"), findings)
    own = parts.language_of(node.get("inLanguage"), "inLanguage", findings)
    of_item = reviewed.language_of(items, findings)
    said = own or of_item or language or mapping.constants.get("language", "")
    review = _review(node, mapping, base, said, findings)
    return Incoming(
        row=0,
        text=reviewed.text_of_claim(node, items, findings),
        language=said,
        claimed_on=reviewed.claimed_on(items, mapping, said, findings),
        speaker=reviewed.speaker_of(items, findings),
        reviews=[replace(review, language=own or language or of_item)] if review else [],
        note=reviewed.places_of(items),
        findings=findings,
    )


def _review(node: Node, mapping: Mapping, base: str, language: str, findings: list[Finding]) -> IncomingReview | None:
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
        reviewed_on=date_of(
            node.get("datePublished") or node.get("dateCreated") or node.get("dateModified"),
            "datePublished",
            findings,
            order=mapping.date_order,
            language=language,
        ),
    )
    return rated(review, node.get("reviewRating"), findings)


def _identifier(node: Node) -> Any:
    given = node.get("identifier")
    return given.get("value") if isinstance(given, dict) else given


def _publisher(node: Node, findings: list[Finding]) -> str:
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
    several = given if isinstance(given, list) else [given]
    found = [one for item in several if (one := _rating(item, findings))]
    if len(found) > 1:
        findings.append(Finding(field, shown(given), "There are several ratings. The first was taken."))
    rating = found[0] if found else {}
    numbers = {
        member: text_of(rating.get(name), f"{field}.{name}", findings, most=50)
        for member, name in (
            ("rating_value", "ratingValue"),
            ("rating_best", "bestRating"),
            ("rating_worst", "worstRating"),
        )
    }
    review = replace(review, rating=_words(rating, findings), **numbers)
    parts.check_rating(review, field, findings)
    return review


def _rating(given: Any, findings: list[Finding]) -> Node:
    if isinstance(given, str | int | float) and not isinstance(given, bool) and given != "":
        message = "This is a text where an object should be. It was taken for the rating."
        findings.append(Finding("reviewRating", shown(given), message))
        return {"alternateName": str(given)}
    return given if isinstance(given, dict) else {}


def _words(rating: Node, findings: list[Finding]) -> str:
    for name in RATING_WORDS:
        given = rating.get(name)
        if isinstance(given, int | float):
            continue
        if words := text_of(given, f"reviewRating.{name}", findings, most=500):
            if name != "alternateName":
                message = f"It is empty. The rating's words were taken from {name}."
                findings.append(Finding("reviewRating.alternateName", "", message))
            return words
    return ""
