"""What all responses share: a content policy, no body for HEAD, validation by the head of the record and the day,
compression, a cache of pages, and a limit to the time of the database."""

import zlib
from collections.abc import Callable, Iterable
from typing import cast

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from claims import page_cache
from claims.compression import LEAST, compressed, compressed_parts, is_compressible
from claims.domain import record
from claims.languages import front_pages
from claims.negotiation import preferred_encoding, preferred_form
from claims.time_limit import RETRY_AFTER, time_limit, was_stopped
from factcheck import __version__

Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
VARY = ["Accept", "Accept-Encoding"]
# Everything else that answers GET is a pure function of the request, the head of the record and the date.
NOT_FROM_RECORD = ("/admin/", "/static/", "/healthz", "/readyz")
TIPS = "tips/"
# The desk may take its time, and who follows the record may wait there for what comes.
NOT_LIMITED = ("/admin/", "/api/v1/changes/")


def response_middleware(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.method == "HEAD" and isinstance(response, HttpResponse) and response.status_code != 304:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""  # servers complain of a body where there must be none
        return response

    return middleware


def record_head_middleware(get_response: Handler) -> Handler:
    """Answer before anything else is done, when a reader or the cache holds what head, day and release give again.

    RFC 9110 has a tag looked at only where the answer would be 200. We do not make the answer to find out: a tag is
    given with what is there (or retracted, which a cache may keep, too), and whoever makes one up for an address that
    has nothing is told, as they ask, that nothing changed.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or not _is_from_record(request.path):
            return get_response(request)
        # Read before the body is made: a newer body under this older tag only costs one more request.
        address = _address(request)
        sequence, digest = record.state()
        etag = _etag(address, sequence, digest)
        held = [] if settings.DEBUG else parse_etags(request.headers.get("If-None-Match", ""))
        if _weak(etag) in map(_weak, held):
            return _validated(HttpResponseNotModified(), etag)
        with record.reading(digest):
            response = _kept_or_made(request, get_response, etag, address)
        # `*` is whatever there is, which only the answer shows.
        is_held = "*" in held and response.status_code == 200 and response.headers.get("ETag") == etag
        return _validated(HttpResponseNotModified(), etag) if is_held else response

    return middleware


def _kept_or_made(request: HttpRequest, get_response: Handler, etag: str, address: str) -> HttpResponseBase:
    encoding = preferred_encoding(request.headers.get("Accept-Encoding", ""))
    if not page_cache.is_kept(request):
        return _answer(request, get_response(request), etag, encoding)
    key = page_cache.key_of(etag, encoding, address)
    if kept := page_cache.fetch(request, key):
        return kept
    response = _answer(request, get_response(request), etag, encoding)
    page_cache.keep(request, key, response)
    return response


class TimeLimitMiddleware:
    """Stands behind the answers that cost nothing. What is streamed later has the time that it takes."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(NOT_LIMITED):
            return self.get_response(request)
        with time_limit(settings.QUERY_SECONDS):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """For pages; the API answers its own errors."""
        if isinstance(error, DatabaseError) and was_stopped(error):
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = RETRY_AFTER
            return response
        return None


def _is_from_record(path: str) -> bool:
    """Tips are not, in whatever language."""
    if path.startswith(NOT_FROM_RECORD):
        return False
    return TIPS not in path or not path.startswith(tuple(f"{front}{TIPS}" for front in front_pages()))


def _address(request: HttpRequest) -> str:
    """Everything in the request that decides on the answer, but for compression. A page's language is in its path."""
    host = request.get_host()  # refuses one that is not ours, also where a cache would answer
    origin = settings.PUBLIC_URL or f"{request.scheme}://{host}"
    form = preferred_form(request.headers.get("Accept", ""))
    return f"{form} {origin}{request.get_full_path()}"


def _etag(address: str, sequence: int, digest: str) -> str:
    """Weak, since compression changes the bytes. The address is in it, so that no tag validates another page."""
    state = f"{sequence}-{digest[:12]}-{timezone.localdate():%Y%m%d}-{__version__}"
    return f'W/"{state}-{zlib.crc32(address.encode()):08x}"'


def _weak(tag: str) -> str:
    """What counts when tags are compared weakly, as they are here (RFC 9110, sections 8.8.3.2 and 13.1.2)."""
    return tag.removeprefix("W/")


def _answer(request: HttpRequest, response: HttpResponseBase, etag: str, encoding: str) -> HttpResponseBase:
    if not page_cache.is_public(response):
        return response
    if response.status_code in {200, 410}:
        _validated(response, etag)
    if encoding and "Content-Encoding" not in response.headers:
        _compress(request, response, encoding)
    return response


def _validated(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers.setdefault("Cache-Control", "public, no-cache")
    response.headers["ETag"] = etag
    patch_vary_headers(response, VARY)
    return response


def _compress(request: HttpRequest, response: HttpResponseBase, encoding: str) -> None:
    if not is_compressible(response.headers.get("Content-Type", "")):
        return
    if isinstance(response, StreamingHttpResponse):
        if request.method != "HEAD":  # of which not even an empty body may be sent
            response.streaming_content = compressed_parts(cast(Iterable[bytes], response.streaming_content), encoding)
        del response.headers["Content-Length"]
    elif isinstance(response, HttpResponse) and len(response.content) >= LEAST:
        response.content = compressed(response.content, encoding)
        response.headers["Content-Length"] = str(len(response.content))
    else:
        return
    response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, VARY)
