"""Errors as `application/problem+json` (RFC 9457), each kind under a `type` that never changes."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework.exceptions import APIException, MethodNotAllowed

from claims.time_limit import RETRY_AFTER, was_stopped

TYPES = "urn:factcheck:problem:"
# SQLite gives the same class of error for these as for a table that is missing.
OUT_OF_REACH = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN}


class ProblemError(Exception):
    """What went wrong, where, and what would be right. `members` are added to the answer as they are."""

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}
        self.members = {"type": TYPES + kind, "title": title, "status": status, "detail": detail} | members

    def response(self) -> HttpResponse:
        return HttpResponse(
            json.dumps(self.members, ensure_ascii=False).encode(),
            content_type="application/problem+json",
            status=self.status,
            headers=self.headers,
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


def took_too_long() -> ProblemError:
    detail = "The answer was stopped so that others need not wait. Ask for less, such as fewer words or a smaller page."
    return ProblemError(503, "took-too-long", "Took too long", detail, headers={"Retry-After": RETRY_AFTER})


def not_ready(detail: str) -> ProblemError:
    return ProblemError(503, "not-ready", "Not ready", detail, headers={"Retry-After": RETRY_AFTER})


def is_out_of_reach(error: BaseException | None) -> bool:
    """Whether it is for a database that cannot be asked just now, and not for what it was asked."""
    code = getattr(getattr(error, "__cause__", None), "sqlite_errorcode", None)
    return isinstance(error, OperationalError | InterfaceError) and (code is None or code & 0xFF in OUT_OF_REACH)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What DRF calls for every exception of a view; None leaves it to Django, as a mistake of ours."""
    match error:
        case ProblemError():
            problem = error
        case Http404():
            problem = not_found(context["request"].path)
        case MethodNotAllowed():
            title, detail = "Method not allowed", f"{error.detail} The API is read with GET, HEAD and OPTIONS."
            problem = ProblemError(405, "method-not-allowed", title, detail)
        case APIException():
            problem = ProblemError(error.status_code, "bad-request", "Bad request", str(error.detail))
        case SuspiciousOperation():
            problem = ProblemError(400, "bad-request", "Bad request", str(error))
        case DatabaseError() if was_stopped(error):
            problem = took_too_long()
        case _:
            return None
    return problem.response()
