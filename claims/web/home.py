"""The front page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from claims.enums import ForecastState
from claims.models import PublishedClaim
from claims.models.together import Row, documents, together
from claims.web.corrections import as_item, corrections
from claims.web.forecasts import forecasts_in
from claims.web.organization import organization
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.translations import read

MOST_FINDINGS = 8
MOST_FORECASTS = 3
MOST_CORRECTIONS = 4


@reading
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    newest = corrections()[:MOST_CORRECTIONS]
    lists = {
        "findings": _newest_findings(),
        "overdue": forecasts_in(ForecastState.OVERDUE, today, "-due_end", MOST_FORECASTS),
        "pending": forecasts_in(ForecastState.PENDING, today, "due_end", MOST_FORECASTS),
        "open": forecasts_in(ForecastState.OPEN, today, "-first_sequence", MOST_FORECASTS),
    }
    found = zip(lists, together(*lists.values()), strict=True)
    context = {
        **{name: [read(text) for text, *_ in rows] for name, rows in found},
        "corrections": list(map(as_item, newest)),
    }
    about_us = {"canonical": public_address(request, reverse("web:home")), "organization": organization(request)}
    return render(request, "claims/home.html", context | about_us)


def _newest_findings() -> "QuerySet[Any, Row]":
    reviewed = PublishedClaim.objects.filter(reviewed_on__isnull=False).order_by("-reviewed_on", "-first_sequence")
    return documents(reviewed[:MOST_FINDINGS])
