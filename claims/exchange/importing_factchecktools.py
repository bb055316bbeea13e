"""Answers of Google's Fact Check Tools API (`claims:search`), ours or Google's, as an import."""

from collections.abc import Iterable, Iterator
from typing import Any

from claims.domain.incoming import Finding, Incoming, IncomingReview, IncomingSpeaker
from claims.exchange import importing_parts as parts
from claims.exchange.importing_parts import objects
from claims.exchange.json_values import Value
from claims.exchange.loose_dates import date_of
from claims.exchange.mapping import Mapping
from claims.exchange.plain_text import shown, text_of


def read(values: Iterable[Value], mapping: Mapping, base: str = "") -> Iterator[Incoming]:
    """A claim for each one of an answer, or of several in a list."""
    for value in values:
        answers = value.value if isinstance(value.value, list) else [value.value]
        claims = [claim for answer in answers for claim in _claims(answer, alone=answer is value.value)]
        pending = [*value.findings]
        for claim in claims:
            yield _claim(claim, mapping, pending)
            pending = []
        if not claims:
            yield Incoming(row=0, findings=pending + _none_in(value))


def _none_in(value: Value) -> list[Finding]:
    """What is to be said of a value without claims, unless it was refused already."""
    if any(finding.refused for finding in value.findings):
        return []
    message = "There are no claims in it: claims[].claimReview[] was expected."
    return [Finding("claims", shown(value.value), message, refused=True)]


def _claims(answer: Any, *, alone: bool) -> list[Any]:
    """Those of an answer, which has none where nothing was found; in a list of claims, each is its own."""
    if answer == {} or (alone and not isinstance(answer, dict)):
        return []
    if not isinstance(answer, dict) or ("claims" not in answer and ("claimReview" in answer or not alone)):
        return [answer]
    found = answer.get("claims", [])
    return found if isinstance(found, list) else [found]


def _claim(claim: Any, mapping: Mapping, findings: list[Finding]) -> Incoming:
    if not isinstance(claim, dict):
        return Incoming(
            row=0, findings=[*findings, Finding("claims", shown(claim), "This is no object.", refused=True)]
        )
    given = objects(claim.get("claimReview"))
    reviews = [review for part in given if (review := _review(part, mapping, findings))]
    text = text_of(claim.get("text"), "text", findings, most=1000)
    if not text:
        findings.append(Finding("text", "", "No claim is given.", refused=True))
    languages = {review.language for review in reviews if review.language}
    return Incoming(
        row=0,
        text=text,
        language=languages.pop() if len(languages) == 1 else mapping.constants.get("language", ""),
        claimed_on=date_of(claim.get("claimDate"), "claimDate", findings, order=mapping.date_order),
        speaker=IncomingSpeaker(name=text_of(claim.get("claimant"), "claimant", findings, most=200)),
        reviews=reviews,
        findings=findings,
    )


def _review(given: dict[str, Any], mapping: Mapping, findings: list[Finding]) -> IncomingReview | None:
    field = "claimReview"
    url = parts.address_of(given.get("url"), f"{field}.url", findings)
    publisher = given.get("publisher")
    names = publisher if isinstance(publisher, dict) else {"name": publisher}
    name = text_of(names.get("name") or names.get("site"), f"{field}.publisher", findings, most=200)
    name = parts.publisher_of(mapping.constants.get("publisher") or name, url, f"{field}.publisher", findings)
    if not name:
        findings.append(
            Finding(field, shown(given), "Neither publisher nor address is given. The review was left out.")
        )
        return None
    review = IncomingReview(
        publisher=name,
        url=url,
        title=text_of(given.get("title"), f"{field}.title", findings, most=500),
        rating=text_of(given.get("textualRating"), f"{field}.textualRating", findings, most=500),
        language=parts.language_of(given.get("languageCode"), f"{field}.languageCode", findings),
        reviewed_on=date_of(given.get("reviewDate"), f"{field}.reviewDate", findings, order=mapping.date_order),
    )
    parts.check_rating(review, f"{field}.textualRating", findings)
    return review
