"""What every view of the API shares: JSON whatever is asked for, methods that only read, readers from any site."""

from typing import Any

from django.http import HttpResponse
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.cors import allow_reading, open_to_all


def json_response(body: bytes) -> HttpResponse:
    """`body` is JSON already: a renderer would have to decode stored documents and encode them again."""
    return HttpResponse(body, content_type="application/json")


class ApiView(APIView):
    http_method_names = ["get", "head", "options"]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """There is one form of every answer, and RFC 9110 lets a server send it whatever `Accept` says."""
        return JSONRenderer(), JSONRenderer.media_type

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        response = Response(status=204)  # DRF adds `Allow`
        allow_reading(response)
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Errors pass here, too. DRF's types know its own responses only."""
        open_to_all(response)
        return super().finalize_response(request, response, *args, **kwargs)
