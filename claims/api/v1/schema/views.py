import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from rest_framework.request import Request

from claims.api.base import ApiView, json_response
from claims.api.parameters import read
from claims.api.v1.schema.description import description
from claims.api.v1.schema.reference import reference
from claims.web.public_address import public_address


class Schema(ApiView):
    """The description of the API, for programs."""

    def get(self, request: Request) -> HttpResponse:
        read(request.query_params, {})
        return json_response(json.dumps(_served(request), ensure_ascii=False).encode())


class Docs(ApiView):
    """The same for people."""

    def get(self, request: Request) -> HttpResponse:
        read(request.query_params, {})
        served = _served(request)
        return render(request._request, "claims/api.html", {"server": served["servers"][0]["url"], **reference()})


def _served(request: Request) -> dict[str, Any]:
    return description() | {"servers": [{"url": public_address(request, "/").rstrip("/")}]}
