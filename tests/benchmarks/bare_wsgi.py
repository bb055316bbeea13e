"""The same bytes with next to nothing in between: a WSGI function, raw SQL, and no framework.

It does only what the measured requests need: no validation, no error but 404, no caching headers.
"""

import os
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import snowballstemmer

from tests.benchmarks.raw_sql import Connection, connect

StartResponse = Callable[[str, list[tuple[str, str]]], object]

DATABASE_URL, PUBLIC_URL = os.environ["DATABASE_URL"], os.environ["PUBLIC_URL"]
CLAIMS = "/api/v1/claims/"
STAMP = (  # RFC 3339 with microseconds; SQLite's text leaves out those that are zero
    "substr(replace({0}, ' ', 'T') || CASE length({0}) WHEN 19 THEN '.000000' ELSE '' END, 1, 26) || 'Z'"
    if DATABASE_URL.startswith("sqlite")
    else "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
)
SELECT = (
    "SELECT p.first_sequence, e.action, e.digest, "
    f"{STAMP.format('p.first_published_at')}, e.number, {STAMP.format('e.published_at')}, e.sequence, e.document "
    "FROM claims_publishedclaim p JOIN claims_edition e ON e.sequence = p.edition_id"
)
CONDITIONS = {"speaker": "p.speaker_slug = ?", "rating": "p.rating_slug = ?", "cursor": "p.first_sequence < ?"}
HEAD = "SELECT sequence FROM claims_edition ORDER BY sequence DESC LIMIT 1"
POSTGRESQL = not DATABASE_URL.startswith("sqlite")
MATCHES = "@@ CAST(? AS tsquery)" if POSTGRESQL else "MATCH ?"
local = threading.local()


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    path: str = environ["PATH_INFO"]
    tag = environ.get("HTTP_IF_NONE_MATCH")
    if tag and tag.startswith(f'W/"{_connection().rows(HEAD)[0][0]}-'):
        start_response("304 Not Modified", [])
        return []
    if path == CLAIMS:
        body = _list(environ["QUERY_STRING"])
    elif path.startswith(CLAIMS):
        body = _one(path.removeprefix(CLAIMS).rstrip("/"))
    else:
        query = environ["QUERY_STRING"]
        body = _page(f"{path}?{query}" if query else path)
    kind = "application/json" if path.startswith("/api/") else "text/html; charset=utf-8"
    status = "200 OK" if body else "404 Not Found"
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


def _connection() -> Connection:
    if not hasattr(local, "connection"):
        local.connection = connect(DATABASE_URL)
    connection: Connection = local.connection
    return connection


def _list(query: str) -> bytes:
    given = dict(parse_qsl(query))
    size = int(given.get("page_size", 50))
    if "q" in given:
        return _search(given, size)
    asked = [name for name in CONDITIONS if name in given]
    where = " AND ".join(CONDITIONS[name] for name in asked)
    values = [int(given[name].rpartition("-")[2]) if name == "cursor" else given[name] for name in asked]
    statement = f"{SELECT}{f' WHERE {where}' if where else ''} ORDER BY p.first_sequence DESC LIMIT ?"
    return _listed(given, _connection().rows(statement, [*values, size + 1]), size)


def _search(given: dict[str, str], size: int) -> bytes:
    """The engine's own query, by its own key, with the words in the form in which they are indexed."""
    speaker = [given["speaker"]] if "speaker" in given else []
    condition = " AND p.speaker_slug = ?" if speaker else ""
    statement = (
        f"{SELECT} JOIN claims_search s ON s.rowid = p.first_sequence WHERE s.claims_search {MATCHES}{condition}"
        " ORDER BY s.rowid DESC LIMIT ?"
    )
    return _listed(given, _connection().rows(statement, [_expression(given["q"]), *speaker, size + 1]), size)


def _expression(query: str) -> str:
    """Of a phrase, or of words and words to leave out; nothing else is measured."""
    if query.startswith('"'):
        words = query.strip('"').split()
        return " <-> ".join(f"'{word}'" for word in words) if POSTGRESQL else query
    wanted = [_word(word) for word in query.split() if not word.startswith("-")]
    unwanted = [_word(word[1:]) for word in query.split() if word.startswith("-")]
    both, neither = (" & ", " & !") if POSTGRESQL else (" AND ", " NOT ")
    return neither.join([both.join(wanted), *unwanted])


def _word(word: str) -> str:
    if "가" <= word[0] <= "힣":
        pairs = [word[place : place + 2] for place in range(len(word) - 1)]
        return " <-> ".join(f"'{pair}'" for pair in pairs) if POSTGRESQL else f'"{" ".join(pairs)}"'
    stem = f"en_{_stem(word)}"
    return f"('{word}' | '{stem}')" if POSTGRESQL else f'("{word}" OR "{stem}")'


@lru_cache
def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("english").stemWord(word))


def _listed(given: dict[str, str], rows: list[Any], size: int) -> bytes:
    page = rows[:size]
    older = f"older-than-{page[-1][0]}" if len(rows) > size else None
    newer = f"newer-than-{page[0][0]}" if "cursor" in given else None
    results = ",".join(map(_resource, page))
    return f'{{"next":{_address(given, older)},"previous":{_address(given, newer)},"results":[{results}]}}'.encode()


def _address(given: dict[str, str], cursor: str | None) -> str:
    return f'"{PUBLIC_URL}{CLAIMS}?{urlencode({**given, "cursor": cursor})}"' if cursor else "null"


def _one(slug: str) -> bytes:
    rows = _connection().rows(f"{SELECT} WHERE p.slug = ?", [slug])
    return _resource(rows[0]).encode() if rows else b""


def _resource(row: tuple[Any, ...]) -> str:
    _, action, digest, first_published_at, number, published_at, sequence, document = row
    return (
        f'{{"edition":{{"action":"{action}","digest":"{digest}","first_published_at":"{first_published_at}",'
        f'"number":{number},"published_at":"{published_at}","sequence":{sequence}}},{document[1:]}'
    )


def _page(path: str) -> bytes:
    """A finished page, stored as such: to send it is the least that anything could do."""
    if not path.startswith(("/claims/", "/search/")):
        return b""
    rows = _connection().rows("SELECT body FROM bench_page WHERE path = ?", [path])
    return rows[0][0].encode() if rows else b""
