"""Fact checks for clients of Google's Fact Check Tools API: change the base address, and they work here."""

import json
from collections.abc import Callable
from datetime import date, timedelta
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
from claims.api.v1alpha1.fact_checks import fact_checks_of
from claims.api.v1alpha1.parameters import Search, search_of
from claims.api.v1alpha1.tokens import page_token, position_of
from claims.domain.fact_checks import Row, Wanted, newest
from claims.domain.search import search as interpreted
from claims.exchange.claimreview import Site
from claims.web.public_address import public_address

VERSION = "v1alpha1"


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
    members = []
    if page:
        found = fact_checks_of([digest for _, digest in page], site, search.publisher_site)
        members.append(f'"claims":[{",".join(found)}]')
    if more:
        members.append(f'"nextPageToken":{json.dumps(page_token(search, page[-1][0]))}')
    return json_response(f"{{{','.join(members)}}}".encode())


def _page(search: Search, site: Site) -> tuple[list[Row], bool]:
    """The rows of one page, and whether there are more. At most two queries."""
    publisher = search.publisher_site
    ours = publisher == site_of(site.address)
    position = position_of(search)
    wanted = Wanted(
        words=interpreted(search.query) if search.query else None,
        publisher="" if ours else publisher[:100],
        ours=ours,
        language=search.language_code.partition("-")[0].lower(),
        since=_days_ago(search.max_age_days) if search.max_age_days else None,
        before=position,
    )
    found = newest(wanted, offset=search.offset if position is None else 0, limit=search.page_size + 1)
    return found[: search.page_size], len(found) > search.page_size


def _days_ago(days: int) -> date:
    today = timezone.localdate()
    return today - timedelta(days=min(days, (today - date.min).days))
