"""What every view of the API shares: JSON whatever is asked for, methods that only read, readers from any site."""

from typing import Any

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.cors import allow_reading, open_to_all

JSON = JSONRenderer()


def json_response(body: bytes) -> HttpResponse:
    """`body` is JSON already: a renderer would have to decode stored documents and encode them again."""
    return HttpResponse(body, content_type="application/json")


class ApiView(APIView):
    http_method_names = ["get", "head", "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Nothing is negotiated: there is one form of every answer, and RFC 9110 lets a server send it whatever
        `Accept` says. Nobody signs in, and keys and rates are looked at before (see `claims.api.limits`).
        """
        request.accepted_renderer, request.accepted_media_type = JSON, JSON.media_type

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        response = Response(status=204)  # DRF adds `Allow`
        allow_reading(response)
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Errors pass here, too. DRF's types know its own responses only."""
        open_to_all(response)
        return super().finalize_response(request, response, *args, **kwargs)
