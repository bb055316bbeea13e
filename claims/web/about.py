"""How to check that we keep our word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims.models import Edition
from claims.web.public_address import public_address
from claims.web.reading import reading


@reading
def verify(request: HttpRequest) -> HttpResponse:
    newest = Edition.objects.order_by("-sequence").defer("document").first()
    context = {
        "newest": newest,
        "changes_address": public_address(request, reverse("api:changes")),
        "canonical": public_address(request, reverse("web:verify")),
    }
    return render(request, "claims/verify.html", context)
