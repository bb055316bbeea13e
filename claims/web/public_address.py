"""Addresses of our own, added at the edge: what is stored carries none, so that a site can move."""

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest, path: str) -> str:
    """The absolute address of `path` for readers: below PUBLIC_URL, or below the host that was asked."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
