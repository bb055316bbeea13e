"""What `claims:search` may be asked, under Google's rules."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from claims.api.parameters import Reader, read, whole_number
from claims.api.problems import invalid_parameters
from claims.domain.query import QUERY_LENGTH
from claims.folding import fold

PAGE_SIZE = 10
LARGEST_PAGE = 200
LARGEST_OFFSET = 10_000
INT32 = 2**31 - 1
TOKEN_LENGTH = 200
# Google's newer clients ask for enums as numbers, of which there are none.
JSON_FORMS = {"", "json", "json;enum-encoding=int"}
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True)
class Search:
    """One question. Empty texts and zeros stand for what was not given, as in Google's API."""

    query: str
    language_code: str
    publisher_site: str
    max_age_days: int
    page_size: int
    offset: int
    page_token: str

    @property
    def fixed(self) -> tuple[str | int, ...]:
        """What must stay the same from page to page."""
        return self.query, self.language_code, self.publisher_site, self.max_age_days, self.page_size


def search_of(query: QueryDict) -> Search:
    """Raises ProblemError."""
    given = read(query, READERS)
    search = Search(
        query=given.get("query", ""),
        language_code=given.get("languageCode", ""),
        publisher_site=given.get("reviewPublisherSiteFilter", "").lower().removeprefix("www."),
        max_age_days=given.get("maxAgeDays", 0),
        page_size=min(given.get("pageSize", 0) or PAGE_SIZE, LARGEST_PAGE),
        offset=given.get("offset", 0),
        page_token=given.get("pageToken", ""),
    )
    if not fold(search.query) and not search.publisher_site:
        raise invalid_parameters([("query", "Write words to look for, or give reviewPublisherSiteFilter.")])
    return search


def _text(longest: int) -> Reader:
    def reader(text: str) -> str:
        if len(text) > longest or "\0" in text:
            raise ValueError(f"Write up to {longest} characters, and no null character.")
        return text.strip()

    return reader


def _language(text: str) -> str:
    if text and not LANGUAGE.fullmatch(text):
        raise ValueError("Write a language tag such as en, ko or pt-BR (BCP 47).")
    return text


def _json_only(text: str) -> str:
    if text not in JSON_FORMS:
        raise ValueError("Write json: there is no other form.")
    return text


SEARCH: dict[str, Reader] = {
    "query": _text(QUERY_LENGTH),
    "languageCode": _language,
    "reviewPublisherSiteFilter": _text(QUERY_LENGTH),
    "maxAgeDays": whole_number(0, INT32),
    "pageSize": whole_number(0, INT32),
    "pageToken": _text(TOKEN_LENGTH),
    "offset": whole_number(0, LARGEST_OFFSET),
}
# What clients of Google's APIs add by themselves; it changes nothing here, but for a key (see `claims.api.keys`).
ADDED_BY_CLIENTS = (
    "$.xgafv",
    "access_token",
    "fields",
    "key",
    "oauth_token",
    "prettyPrint",
    "quotaUser",
    "uploadType",
    "upload_protocol",
    "userIp",
)
COMMON: dict[str, Reader] = {"alt": _json_only, "$alt": _json_only} | dict.fromkeys(ADDED_BY_CLIENTS, str)
READERS = SEARCH | COMMON
