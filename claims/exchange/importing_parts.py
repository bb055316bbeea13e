"""The parts of an incoming claim, made of what a file holds for them. Findings go to the list that is handed in."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf.locale import LANG_INFO

from claims import addresses
from claims.domain.incoming import Finding, IncomingReview
from claims.enums import SpeakerKind
from claims.exchange.month_names import key
from claims.exchange.plain_text import shown, text_of

LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")
# “Portuguese” and “Português”, as Django knows them, to their tag.
LANGUAGE_NAMES = {
    key(info[name]): code for code, info in LANG_INFO.items() for name in ("name", "name_local") if name in info
} | {key("हिन्दी"): "hi"}
WIKIDATA = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:Special:EntityPage/)?|\A(?:wd:)?)(Q[1-9][0-9]{0,11})\b"
)
# Of web archives: where the address of the page itself begins.
ARCHIVED = re.compile(r"\Ahttps?://web\.archive\.org/(?:web/)?[0-9a-z_*]+/(?=https?:/)", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?\d+(?:[.,٫]\d+)?")  # digits of any script, as float() reads them
TAKEN_FOR_NAME = "This is a text where an object should be. It was taken for the name."
KINDS = {
    "person": SpeakerKind.PERSON,
    "organization": SpeakerKind.ORGANISATION,
    "organisation": SpeakerKind.ORGANISATION,
    "governmentorganization": SpeakerKind.PUBLIC_BODY,
    "public-body": SpeakerKind.PUBLIC_BODY,
    "corporation": SpeakerKind.ORGANISATION,
    "newsmediaorganization": SpeakerKind.ORGANISATION,
    "ngo": SpeakerKind.ORGANISATION,
    "politicalparty": SpeakerKind.ORGANISATION,
    "unnamed": SpeakerKind.UNNAMED,
}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a value that should be one, and may be a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def language_of(value: Any, field: str, findings: list[Finding]) -> str:
    """A language tag as validate_language takes it, or ""."""
    if isinstance(value, dict):  # https://schema.org/Language has its tag there
        value = value.get("alternateName") or value
    text = text_of(value, field, findings, most=100)
    if match := LANGUAGE.fullmatch(text):
        return (match[1].lower() + match[2].replace("_", "-"))[:35].rstrip("-")
    tag = LANGUAGE_NAMES.get(key(text), "")
    if tag:
        findings.append(Finding(field, shown(text), "This is a language's name where its tag should be.", tag))
    elif text:
        findings.append(Finding(field, shown(text), "This is no language tag such as en or pt-BR. It was left out."))
    return tag


def address_of(value: Any, field: str, findings: list[Finding], *, base: str = "") -> str:
    """An http(s) address, or ""; that of the page itself instead of its copy in a web archive."""
    if isinstance(value, dict):  # a page or a node, which may have a name as well
        value = value.get("url") or value.get("@id") or value
    text = text_of(value, field, findings, most=10_000)
    if not text:
        return ""
    address = text.replace(" ", "%20")
    try:
        if base or not urlsplit(address).scheme:
            address = urljoin(base, address) if base else f"https:{address}" if address.startswith("//") else address
        if match := ARCHIVED.match(address):
            original = re.sub(r"\A(https?):/+", r"\1://", address[match.end() :])
            addresses.require_valid(original)
            findings.append(
                Finding(field, shown(text), "This is an archive's copy. The page's own address was taken.", original)
            )
            address = original
        addresses.require_valid(address)
    except ValueError as error:
        findings.append(Finding(field, shown(text), f"It was left out. {error}"))
        return ""
    if len(address) > 2000:
        findings.append(Finding(field, shown(text), "An address may have 2,000 characters. It was left out."))
        return ""
    return address


def wikidata_id_of(value: Any) -> str:
    """The first Wikidata item among addresses and identifiers; others, such as of profiles, say nothing to us."""
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and (match := WIKIDATA.search(text.strip())):
            return match[1]
    return ""


def kind_of(value: Any) -> str:
    names = value if isinstance(value, list) else [value]
    found = (KINDS.get(type_name(name)) for name in names if isinstance(name, str))
    return next((kind.value for kind in found if kind), "")


def type_name(name: str) -> str:
    """Of `Organization`, `schema:Organization` and `http://schema.org/Organization`, the last part in lower case."""
    return re.split(r"[/:#]", name.strip())[-1].lower()


def publisher_of(name: str, url: str, field: str, findings: list[Finding]) -> str:
    if name or not url:
        return name
    site = addresses.site_of(url)[:200]
    findings.append(Finding(field, "", "No publisher is named. The site of the address was taken.", site))
    return site


def check_rating(review: IncomingReview, field: str, findings: list[Finding]) -> None:
    """Reports a rating that is missing or outside its own scale. It is kept as it is: it is the publisher's."""
    if not (review.rating or review.rating_value):
        findings.append(Finding(field, "", "There is no rating, neither in words nor as a number."))
    value, best, worst = (_number(text) for text in (review.rating_value, review.rating_best, review.rating_worst))
    if review.rating_value and value is None:
        findings.append(Finding(field, shown(review.rating_value), "The rating's value is no number. It was kept."))
    elif None not in (value, best, worst) and not min(best, worst) <= value <= max(best, worst):  # type: ignore[type-var, operator]
        scale = f"{review.rating_value} of {review.rating_worst} to {review.rating_best}"
        findings.append(Finding(field, shown(scale), "The value lies outside of its scale. It was kept."))
    elif best is not None and best == worst:
        findings.append(
            Finding(field, shown(review.rating_best), "The scale's best and worst value are the same. They were kept.")
        )


def _number(text: str) -> float | None:
    return float(text.replace(",", ".").replace("٫", ".")) if NUMBER.fullmatch(text) else None
