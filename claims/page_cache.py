"""Finished pages, kept until the record or the day changes.

Nothing is ever taken out of date: head and day are part of what a page is kept under, so publishing makes all
processes and machines ask for pages that are not there yet. The old ones fall out in time.
"""

import hashlib
import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from factcheck import __version__

T = TypeVar("T")

SECONDS = 3600
# Larger answers are made anew: the memory of a process is at most this times what its caches hold.
MOST_BYTES = 128 * 1024
# Partners page through these, and ask for each once. What platforms ask of `claims:search` comes again and again.
NOT_KEPT = ("/api/", "/$discovery/")
NOWHERE = "django.core.cache.backends.dummy.DummyCache"
KEPT_STATUSES = {200, 410}

log = logging.getLogger(__name__)

Kept = tuple[int, dict[str, str], bytes]


def is_kept(request: HttpRequest) -> bool:
    is_on = not settings.DEBUG and settings.CACHES["default"]["BACKEND"] != NOWHERE
    return is_on and not request.path.startswith(NOT_KEPT)


def key_of(etag: str, encoding: str, address: str) -> str:
    """`address` is everything in the request that decides on the answer, beside what `etag` says."""
    whole = f"{__version__}\n{settings.SITE_NAME}\n{etag}\n{encoding}\n{address}"
    return hashlib.blake2b(whole.encode(), digest_size=20).hexdigest()


def fetch(request: HttpRequest, key: str) -> HttpResponse | None:
    kept: Kept | None = tried(lambda: _cache(request).get(key))
    if kept is None:
        return None
    status, headers, body = kept
    return HttpResponse(body, status=status, headers=headers)


def keep(request: HttpRequest, key: str, response: HttpResponseBase) -> None:
    """Nothing that is streamed, private, or too large."""
    if response.status_code in KEPT_STATUSES and isinstance(response, HttpResponse) and is_public(response):
        body = response.content
        if len(body) <= MOST_BYTES:
            value = (response.status_code, dict(response.items()), body)
            tried(lambda: _cache(request).set(key, value, SECONDS))


def is_public(response: HttpResponseBase) -> bool:
    """Whether everybody may get the same: nothing of the reader is looked at, and no view said otherwise."""
    varies = response.headers.get("Vary", "").lower()
    control = response.headers.get("Cache-Control", "").lower()
    is_personal = "cookie" in varies or "accept-language" in varies or "private" in control or "no-store" in control
    return not response.cookies and not is_personal


def tried(operation: Callable[[], T]) -> T | None:
    """A cache server that is down makes a site slower, and must not take it down, whatever its client raises."""
    try:
        return operation()
    except Exception:
        log.exception("The cache named by CACHE_URL does not work. Pages are made anew for each request.")
        return None


def _cache(request: HttpRequest) -> BaseCache:
    """Anybody can make up queries without end: they share a small cache, where they push out only each other."""
    return caches["queries" if request.META.get("QUERY_STRING") else "default"]
