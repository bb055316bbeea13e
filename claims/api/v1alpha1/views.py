"""Fact checks for clients of Google's Fact Check Tools API: change the base address, and they work here."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request

from claims.addresses import site_of
from claims.api.base import ApiView, json_response
from claims.api.v1alpha1.discovery import discovery_document
from claims.api.v1alpha1.errors import exception_handler
from claims.api.v1alpha1.parameters import Search, search_of
from claims.api.v1alpha1.search import fact_checks
from claims.api.v1alpha1.tokens import page_token, position_of
from claims.exchange.claimreview import Site
from claims.exchange.factchecktools import fact_check
from claims.languages import page_path
from claims.web.public_address import public_address

VERSION = "v1alpha1"
ANY = "a-slug"
# First sequence, slug and document of a claim.
Row = tuple[int, str, str]


class GoogleView(ApiView):
    def get_exception_handler(self) -> Callable[..., Any]:
        return exception_handler


class ClaimsSearch(GoogleView):
    http_method_names = ["get", "post", "head", "options"]

    def get(self, request: Request) -> HttpResponse:
        return _answer(request, request.query_params)

    def post(self, request: Request) -> HttpResponse:
        """Google's clients send a GET whose address would be too long (2,048 characters) as a form."""
        if request.headers.get("X-HTTP-Method-Override") != "GET":
            raise MethodNotAllowed("POST")
        return _answer(request, QueryDict(request.body))


class Discovery(GoogleView):
    """The description of this API from which clients are built; theirs is asked for by version."""

    def get(self, request: Request) -> HttpResponse:
        if request.query_params.get("version", VERSION) != VERSION:
            raise Http404
        return json_response(json.dumps(discovery_document(public_address(request, "/"))).encode())


class UnknownAddress(GoogleView):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whatever the method."""
        raise Http404


def _answer(request: HttpRequest | Request, parameters: QueryDict) -> HttpResponse:
    """Like Google's: an answer without results is empty, and the last page has no token."""
    search = search_of(parameters)
    site = Site(name=settings.SITE_NAME, address=public_address(request, "/"))
    page, more = _page(search, site)
    answer: dict[str, Any] = {}
    if page:
        pattern = site.address.removesuffix("/") + page_path("web:claim", ANY)
        answer["claims"] = [
            fact_check(
                json.loads(document), address=pattern.replace(ANY, slug), site=site, wanted=search.publisher_site
            )
            for _, slug, document in page
        ]
    if more:
        answer["nextPageToken"] = page_token(search, page[-1][0])
    return json_response(json.dumps(answer, ensure_ascii=False).encode())


def _page(search: Search, site: Site) -> tuple[list[Row], bool]:
    """The rows of one page, and whether there are more. At most one query."""
    position = position_of(search)
    claims = fact_checks(search, site=site_of(site.address), today=timezone.localdate())
    rows = claims.values_list("first_sequence", "slug", "edition__document")
    if position is None:
        found = list(rows[search.offset : search.offset + search.page_size + 1])
    else:
        found = list(rows.filter(first_sequence__lt=position)[: search.page_size + 1])
    return found[: search.page_size], len(found) > search.page_size
