"""Who reads the API, and how often they may: keys, rates, and what the headers say of both.

No answer depends on who asks, but its headers do. A shared cache may keep what was answered to someone without a key,
and has to ask us before it gives that to anybody else (`no-cache`), so everyone is told of their own standing, by a 304
as well; what must be asked for anew is not collapsed either (RFC 9111, sections 4, 4.3.4 and 5.2.2.4). An answer with a
key is `private`, and an error about keys or rates is kept by nobody.
"""

import time
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac

from claims.api.cors import open_to_all
from claims.api.keys import GOOGLE, key_of_request, lack_of_scope, scope_of
from claims.api.problems import ProblemError
from claims.api.v1alpha1.errors import in_googles_shape
from claims.domain import rates, usage
from claims.domain.partners import Key
from claims.domain.rates import WINDOW, Standing
from claims.web.client_address import client_address

LIMITED = ("/api/", GOOGLE)
# RFC 6750, section 3
CHALLENGES = {401: 'Bearer error="invalid_token"', 403: 'Bearer error="insufficient_scope", scope="{}"'}


def limits_middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Stands before the answers that cost nothing (304), which count like all others."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(LIMITED):
            return get_response(request)
        now = time.time()
        key, error = _key(request)
        standing = _counted(request, key, now)
        if standing and not standing.allowed:
            error = _too_many(standing)
        response = _refused(request, error) if error else get_response(request)
        _describe(request, response, key, standing)
        usage.write_if_due(now)
        return response

    return middleware


def _key(request: HttpRequest) -> tuple[Key | None, ProblemError | None]:
    try:
        key = key_of_request(request)
    except ProblemError as error:
        return None, error  # and the request counts like one without a key, so that guessing has a rate
    return key, lack_of_scope(key, request.path) if key else None


def _counted(request: HttpRequest, key: Key | None, now: float) -> Standing | None:
    """None where there is no limit."""
    if key:
        standing = rates.take(key.prefix, key.rate, now=now)
        usage.note(key.pk, refused=not standing.allowed, now=now)
        return standing
    if not settings.ANONYMOUS_RATE:
        return None
    return rates.take(_subject(client_address(request)), settings.ANONYMOUS_RATE, now=now)


@lru_cache(maxsize=4096)
def _subject(address: str) -> str:
    """Addresses of people are not written down."""
    return salted_hmac("claims.api.limits", address, algorithm="sha256").hexdigest()


def _too_many(standing: Standing) -> ProblemError:
    detail = f"More than {standing.rate} requests in a minute. Ask again in {standing.reset} seconds."
    return ProblemError(429, "too-many-requests", "Too many requests", detail)


def _refused(request: HttpRequest, error: ProblemError) -> HttpResponse:
    response = error.response()
    response["Cache-Control"] = "no-store"
    if error.status in CHALLENGES:
        response["WWW-Authenticate"] = CHALLENGES[error.status].format(scope_of(request.path))
    open_to_all(response)
    return in_googles_shape(response) if request.path.startswith(GOOGLE) else response


def _describe(request: HttpRequest, response: HttpResponseBase, key: Key | None, standing: Standing | None) -> None:
    """The headers of draft-ietf-httpapi-ratelimit-headers-10, and who may keep the answer."""
    if standing:
        policy = '"key"' if key else '"anonymous"'
        response.headers["RateLimit-Policy"] = f"{policy};q={standing.rate};w={WINDOW}"
        response.headers["RateLimit"] = f"{policy};r={standing.remaining};t={standing.reset}"
        if response.status_code == 429:
            response.headers["Retry-After"] = str(standing.reset)
    patch_vary_headers(response, ["Authorization", *(["X-Goog-Api-Key"] if request.path.startswith(GOOGLE) else [])])
    kept = response.headers.get("Cache-Control", "")
    if not kept:  # redirections and some errors may be kept by default, without being asked for again
        response.headers["Cache-Control"] = "no-cache"
    if key and "no-store" not in kept:
        response.headers["Cache-Control"] = kept.replace("public", "private") or "private, no-cache"
