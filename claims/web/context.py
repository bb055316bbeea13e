"""What every public page knows."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from claims.languages import same_page
from claims.web.public_address import public_address


def site(request: HttpRequest) -> dict[str, Any]:
    """`languages` and `alternates` are called where they are shown: an unknown host has an error page all the same."""
    return {
        "site_name": settings.SITE_NAME,
        "LANGUAGE_CODE": get_language(),
        "newsroom_language": settings.LANGUAGE_CODE,  # of notes, and of all that is not translated
        "languages": partial(_languages, request),
        "alternates": partial(_alternates, request),
    }


def _languages(request: HttpRequest) -> list[dict[str, str]]:
    """The languages that the page is in, with their own names and the paths."""
    names = dict(settings.LANGUAGES)
    return [{"code": code, "name": names[code], "path": path} for code, path in same_page(request)]


def _alternates(request: HttpRequest) -> list[dict[str, str]]:
    """The same for machines (https://developers.google.com/search/docs/specialty/international/localized-versions)."""
    paths = list(same_page(request))
    default = [("x-default", path) for code, path in paths if code == settings.LANGUAGE_CODE]
    return [{"code": code, "address": public_address(request, path)} for code, path in [*paths, *default]]
