"""Errors as `application/problem+json` (RFC 9457), each kind under a `type` that never changes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from rest_framework.exceptions import APIException, MethodNotAllowed

TYPES = "urn:factcheck:problem:"


class ProblemError(Exception):
    """What went wrong, where, and what would be right. `members` are added to the answer as they are."""

    def __init__(self, status: int, kind: str, title: str, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.members = {"type": TYPES + kind, "title": title, "status": status, "detail": detail} | members

    def response(self) -> HttpResponse:
        return HttpResponse(
            json.dumps(self.members, ensure_ascii=False).encode(),
            content_type="application/problem+json",
            status=self.status,
        )


def invalid_parameters(errors: Sequence[tuple[str, str]]) -> ProblemError:
    """`errors` are pairs of a parameter and a sentence on what would be right."""
    return ProblemError(
        400,
        "invalid-parameter",
        "Invalid parameter",
        " ".join(f"{parameter}: {detail}" for parameter, detail in errors),
        errors=[{"parameter": parameter, "detail": detail} for parameter, detail in errors],
    )


def not_found(path: str) -> ProblemError:
    return ProblemError(404, "not-found", "Not found", "There is nothing at this address.", instance=path)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What DRF calls for every exception of a view; None leaves it to Django, as a mistake of ours."""
    match error:
        case ProblemError():
            return error.response()
        case Http404():
            return not_found(context["request"].path).response()
        case MethodNotAllowed():
            title, detail = "Method not allowed", f"{error.detail} The API is read with GET, HEAD and OPTIONS."
            return ProblemError(405, "method-not-allowed", title, detail).response()
        case APIException():
            return ProblemError(error.status_code, "bad-request", "Bad request", str(error.detail)).response()
        case SuspiciousOperation():
            return ProblemError(400, "bad-request", "Bad request", str(error)).response()
    return None
