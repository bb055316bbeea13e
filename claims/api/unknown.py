from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt

from claims.api.cors import open_to_all
from claims.api.problems import not_found


@csrf_exempt
def unknown_address(request: HttpRequest) -> HttpResponse:
    """Every address that nothing else answers: on to the right one when only the last slash is missing, or a 404."""
    response = _elsewhere(request) or not_found(request.path).response()
    open_to_all(response)
    return response


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    slash = f"{request.path_info}/"
    if not request.path_info.endswith("/") and resolve(slash).func is not unknown_address:
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return None
