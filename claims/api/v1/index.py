import json

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from claims.api.base import ApiView, json_response
from claims.api.parameters import read
from claims.enums import RecordKind
from claims.web.public_address import public_address

NAMES = {
    "claims": f"{RecordKind.CLAIM}-list",
    "speakers": f"{RecordKind.SPEAKER}-list",
    "sources": f"{RecordKind.SOURCE}-list",
    "topics": f"{RecordKind.TOPIC}-list",
    "rating-scales": f"{RecordKind.RATING_SCALE}-list",
    "pages": f"{RecordKind.PAGE}-list",
    "changes": "changes",
    "schema": "schema",
    "docs": "docs",
}


class Index(ApiView):
    """Where everything is."""

    def get(self, request: Request) -> HttpResponse:
        read(request.query_params, {})
        addresses = {key: public_address(request, reverse(f"api:{name}")) for key, name in NAMES.items()}
        return json_response(json.dumps(addresses).encode())
