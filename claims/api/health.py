"""What an operator's monitoring asks. Neither answer is ever cached."""

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from claims.api.problems import not_ready
from claims.domain import record
from claims.web.reading import reading


@never_cache
@reading
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers; it says nothing about the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@reading
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve readers: the database answers, and holds the record up to `head`."""
    try:
        return JsonResponse({"status": "ready", "head": record.head()})
    except Error:
        # The database's own words may name hosts and users.
        return not_ready("The database does not answer, or is not migrated.").response()
