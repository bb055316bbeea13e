"""What every view of the API shares: JSON whatever is asked for, and methods that only read."""

from typing import Any

from django.http import HttpResponse
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


def json_response(body: bytes) -> HttpResponse:
    """`body` is JSON already: a renderer would have to decode stored documents and encode them again."""
    return HttpResponse(body, content_type="application/json")


class ApiView(APIView):
    http_method_names = ["get", "head", "options"]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """There is one form of every answer, and RFC 9110 lets a server send it whatever `Accept` says."""
        return JSONRenderer(), JSONRenderer.media_type

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)  # DRF adds `Allow`
