"""How we work, and how to check that we keep our word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.enums import RecordKind
from claims.models import Edition, PublishedEntity
from claims.web.organization import organization
from claims.web.public_address import public_address

MOST_SCALES = 20


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    scales = PublishedEntity.objects.filter(kind=RecordKind.RATING_SCALE).order_by("name").values("slug", "name")
    context = {"scales": scales[:MOST_SCALES], "canonical": public_address(request, reverse("web:methodology"))}
    context["organization"] = organization(request)
    return render(request, "claims/methodology.html", context)


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    newest = Edition.objects.order_by("-sequence").defer("document").first()
    context = {
        "newest": newest,
        "changes_address": public_address(request, reverse("api:changes")),
        "canonical": public_address(request, reverse("web:verify")),
    }
    return render(request, "claims/verify.html", context)
