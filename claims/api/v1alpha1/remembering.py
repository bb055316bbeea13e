"""Answers of claims:search, remembered until something is published or the day changes.

Platforms ask the same again and again. Such an answer costs what a 304 does: it is given before anything is made.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from claims.domain import record

PATH = "/v1alpha1/claims:search"
MOST = 128
LONGEST = 64 * 1024  # bytes

Key = tuple[object, ...]


@dataclass
class Memory:
    """Bodies and headers by what they are a function of; the oldest make room."""

    answers: dict[Key, tuple[bytes, dict[str, str]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: Key) -> HttpResponse | None:
        found = self.answers.get(key)
        return HttpResponse(found[0], headers=dict(found[1])) if found else None

    def keep(self, key: Key, answer: HttpResponse) -> None:
        with self.lock:
            if len(self.answers) >= MOST:
                del self.answers[next(iter(self.answers))]
            self.answers[key] = answer.content, dict(answer.headers)


MEMORY = Memory()


def remembering_middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Stands behind what depends on who asks, and before all that makes answers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or request.path != PATH:
            return get_response(request)
        # By digest, not by sequence: a restored backup may hold other editions under the same. Read before the answer
        # is made: a newer one that is kept for an older record is never asked for.
        record_now = record.newest_digest(), timezone.localdate(), settings.PUBLIC_URL, settings.SITE_NAME
        key = *record_now, request.META.get("HTTP_HOST"), request.scheme, request.META.get("QUERY_STRING")
        found = MEMORY.find(key)
        if found:
            return found
        response = get_response(request)
        if response.status_code == 200 and isinstance(response, HttpResponse) and len(response.content) <= LONGEST:
            MEMORY.keep(key, response)
        return response

    return middleware
