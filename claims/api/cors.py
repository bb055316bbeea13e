"""Reading from scripts of other sites (the Fetch standard's CORS): everybody may, since everything here is public.

No answer depends on who asks, so one header serves all.
"""

from django.http.response import HttpResponseBase

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Record-Head, Retry-After, WWW-Authenticate"
A_DAY = "86400"


def open_to_all(response: HttpResponseBase) -> None:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED


def allow_reading(response: HttpResponseBase) -> None:
    """What a browser asks before it lets a script send more than a plain request, such as one with If-None-Match."""
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "*, Authorization"  # which `*` leaves out
    response.headers["Access-Control-Max-Age"] = A_DAY
