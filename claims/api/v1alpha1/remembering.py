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
    """Bodies and headers by question, all of one state of the record; the oldest make room."""

    state: Key = ()
    answers: dict[Key, tuple[bytes, dict[str, str]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, state: Key, question: Key) -> HttpResponse | None:
        found = self.answers.get(question) if state == self.state else None
        return HttpResponse(found[0], headers=dict(found[1])) if found else None

    def keep(self, state: Key, question: Key, answer: HttpResponse) -> None:
        with self.lock:
            if state != self.state:
                self.state, self.answers = state, {}
            if len(self.answers) >= MOST:
                del self.answers[next(iter(self.answers))]
            self.answers[question] = answer.content, dict(answer.headers)


MEMORY = Memory()


def remembering_middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Stands behind what depends on who asks, and before all that makes answers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or request.path != PATH:
            return get_response(request)
        # By digest, not by sequence: a restored backup may hold other editions under the same. Read before the answer
        # is made: a newer one kept under an older state is never asked for.
        state = record.newest_digest(), timezone.localdate(), settings.PUBLIC_URL, settings.SITE_NAME
        question = request.META.get("HTTP_HOST"), request.scheme, request.META.get("QUERY_STRING")
        found = MEMORY.find(state, question)
        if found:
            return found
        response = get_response(request)
        if response.status_code == 200 and isinstance(response, HttpResponse) and len(response.content) <= LONGEST:
            MEMORY.keep(state, question, response)
        return response

    return middleware
