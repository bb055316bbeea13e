"""What all responses share: a content policy, no body for HEAD, validation by the head of the record and the day."""

import zlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from claims.domain import record
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
# Everything else that answers GET is a pure function of the request, the head of the record and the date.
NOT_FROM_RECORD = ("/admin/", "/static/", "/healthz", "/readyz")


def response_middleware(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""  # servers complain of a body where there must be none
        return response

    return middleware


def record_head_middleware(get_response: Handler) -> Handler:
    """Answer 304 before anything else is done, when a reader holds what head, day and release would give again."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or request.path.startswith(NOT_FROM_RECORD):
            return get_response(request)
        # Read before the body is made: a newer body under this older tag only costs one more request.
        etag = _etag(request)
        if etag in parse_etags(request.headers.get("If-None-Match", "")) and not settings.DEBUG:
            return _validated(HttpResponseNotModified(), etag)
        response = get_response(request)
        return _validated(response, etag) if response.status_code in {200, 410} else response

    return middleware


def _etag(request: HttpRequest) -> str:
    """Weak, since compression changes the bytes. The address is in it, so that no tag validates another page."""
    address = zlib.crc32(request.get_full_path().encode())
    return f'W/"{record.head()}-{timezone.localdate():%Y%m%d}-{__version__}-{address:08x}"'


def _validated(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers.setdefault("Cache-Control", "public, no-cache")
    response.headers["ETag"] = etag
    if isinstance(response, HttpResponse):
        patch_vary_headers(response, ["Accept"])
    return response
