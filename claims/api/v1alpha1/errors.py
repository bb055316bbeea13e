"""Errors in the shape of Google's APIs, which clients of theirs read: `{"error": {"code", "message", "status"}}`.

https://cloud.google.com/apis/design/errors
"""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from claims.api import problems

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What DRF calls for every exception of a view; what is no problem of the API's stays a mistake of ours."""
    response = problems.exception_handler(error, context)
    return response and in_googles_shape(response)


def in_googles_shape(response: HttpResponse) -> HttpResponse:
    """A problem+json response with another body; its other headers stay."""
    code = response.status_code
    message = json.loads(response.content)["detail"]
    status = STATUSES.get(code, "FAILED_PRECONDITION")
    response.content = json.dumps({"error": {"code": code, "message": message, "status": status}}).encode()
    response["Content-Type"] = "application/json"
    return response
