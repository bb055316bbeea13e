"""Pages for what has no view of its own.

Django's looks into the form that was sent for a token, though no error page shows a form. Where the form is what
cannot be read, that fails once more, and nothing is left to answer it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(get_template("400.html").render(), status=400)  # without the request, whose host may be bad


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_template("500.html").render(), status=500)
