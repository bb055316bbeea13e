"""Sessions, users and messages are the desk's alone: a reader's request has none, so no public answer depends on them.

Django's checks ask for its own classes in MIDDLEWARE, or for classes made of them.
"""

from collections.abc import Awaitable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

DESK = "/admin/"


class OfTheDesk(MiddlewareMixin):
    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        return super().__call__(request) if request.path_info.startswith(DESK) else self.get_response(request)


class DeskSessions(OfTheDesk, SessionMiddleware):
    pass


class DeskUsers(OfTheDesk, AuthenticationMiddleware):
    pass


class DeskMessages(OfTheDesk, MessageMiddleware):
    pass
