"""What Django refuses before any view is asked, such as a host that is not ours, in the form of each face."""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from claims.api.cors import open_to_all
from claims.api.problems import ProblemError
from claims.api.v1alpha1.errors import in_googles_shape
from claims.web import errors

GOOGLES = ("/v1alpha1/", "/$discovery/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(("/api/", *GOOGLES)):
        return errors.bad_request(request, exception)
    is_host = isinstance(exception, DisallowedHost)
    detail = "This site does not answer to that host name." if is_host else "The request cannot be understood."
    response = ProblemError(400, "bad-request", "Bad request", detail).response()
    open_to_all(response)
    return in_googles_shape(response) if request.path.startswith(GOOGLES) else response
