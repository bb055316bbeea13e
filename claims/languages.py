"""The language of an answer, which its address alone decides.

Neither cookies nor `Accept-Language` count: a page is a function of its address, the head of the record and the date.
"""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, reverse
from django.utils import translation

# The desk and what programs read are in English, whatever the language of the site.
NOT_PAGES = ("/admin/", "/api/", "/v1alpha1/", "/$discovery/", "/static/", "/healthz", "/readyz")
ENGLISH = "en"

Handler = Callable[[HttpRequest], HttpResponseBase]


def language_middleware(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        if language == translation.get_language():
            return get_response(request)
        with translation.override(language):
            return get_response(request)

    return middleware


def language_of(path: str) -> str:
    """`/ko/claims/`: ko; `/claims/`: the site's own language; `/admin/` and `/api/`: English."""
    if path.startswith(NOT_PAGES):
        return ENGLISH
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def in_language(address: str, language: str) -> str:
    """The address that a page of ours has in `language`, of one without a prefix (`/claims/`); any other as it is."""
    is_page = not address.startswith(NOT_PAGES) and language_of(address) == settings.LANGUAGE_CODE
    return f"/{_prefix(language)}{address.removeprefix('/')}" if is_page else address


def front_pages() -> list[str]:
    """The path below which each language has its pages."""
    return [f"{get_script_prefix()}{_prefix(code)}" for code, _ in settings.LANGUAGES]


def same_page(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Each language with the path, and query, at which it has the page that was asked for; none for what is no page."""
    path = request.path_info
    if path.startswith(NOT_PAGES):
        return
    prefix = _prefix(language_of(path))
    rest = path.removeprefix(f"/{prefix}")
    query = request.META.get("QUERY_STRING", "")
    for (code, _), front in zip(settings.LANGUAGES, front_pages(), strict=True):
        address = f"{front}{rest.removeprefix('/')}"
        yield code, f"{address}?{query}" if query else address


def every_language(view: str, *args: object) -> list[tuple[str, str]]:
    """Each language with the path of a page in it, and `x-default` with that in the site's own."""
    paths = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            paths.append((code, reverse(view, args=args)))
    return [*paths, ("x-default", page_path(view, *args))]


def page_path(view: str, *args: object) -> str:
    """The path of a page in the site's own language, for those whose answers are in English whatever that is."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(view, args=args)


def _prefix(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else f"{language}/"
