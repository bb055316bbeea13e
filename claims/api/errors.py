"""What no view answers, such as a host that is not ours or a mistake of our own, in the form of each face."""

import sys

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from claims.api.cors import open_to_all
from claims.api.problems import ProblemError, is_out_of_reach, not_ready
from claims.api.v1alpha1.errors import in_googles_shape
from claims.web import errors

GOOGLES = ("/v1alpha1/", "/$discovery/")
FACES = ("/api/", *GOOGLES)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(FACES):
        return errors.bad_request(request, exception)
    is_host = isinstance(exception, DisallowedHost)
    detail = "This site does not answer to that host name." if is_host else "The request cannot be understood."
    return _told(request, ProblemError(400, "bad-request", "Bad request", detail))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while the exception is handled, and logs that itself: nothing of it is told."""
    if not request.path.startswith(FACES):
        return errors.server_error(request)
    if is_out_of_reach(sys.exception()):
        return _told(request, not_ready("The database does not answer. Ask again later."))
    detail = "Something went wrong on our side. It has been logged; ask again later."
    return _told(request, ProblemError(500, "server-error", "Server error", detail))


def _told(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    response = problem.response()
    open_to_all(response)
    return in_googles_shape(response) if request.path.startswith(GOOGLES) else response
