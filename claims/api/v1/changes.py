from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.base import ApiView
from claims.api.parameters import read, whole_number
from claims.api.v1 import pages, waiting
from claims.domain import record
from claims.models import Edition
from claims.web.client_address import client_address

DEFAULT = 100
MAXIMUM = 1000
PARAMETERS = {
    "after": whole_number(0, 2**63 - 1),
    "limit": whole_number(1, MAXIMUM),
    "wait": whole_number(0, waiting.LONGEST),
}


class Changes(ApiView):
    """The record in its order: whoever follows it from 0 holds every edition of everything."""

    def get(self, request: Request) -> HttpResponse:
        given = read(request.query_params, PARAMETERS)
        after = given.get("after", 0)
        seconds = given.get("wait", 0) if request.method == "GET" else 0  # HEAD tells nothing worth waiting for
        # Read first, and the editions only up to it, so that `head` and `next` tell of the same moment.
        head, waited = waiting.head_beyond(after, seconds, who=client_address(request))
        editions = Edition.objects.after(after).filter(sequence__lte=head)
        page = list(editions[: given.get("limit", DEFAULT)])
        more = bool(page) and page[-1].sequence < head
        following = pages.address(request, "after", page[-1].sequence) if more else None
        response = pages.listing(map(record.envelope, page), next=following, previous=None, head=head)
        if "wait" in given:  # a kept answer would be validated at once, where its reader wants to wait
            response["Cache-Control"] = "no-store"
        if not waited:
            response["Retry-After"] = "1"
        return response
