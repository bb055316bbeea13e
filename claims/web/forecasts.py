"""What is due, what is overdue, and how earlier forecasts came out."""

import json
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from claims.domain.record import Document
from claims.enums import ForecastState
from claims.models import PublishedClaim
from claims.models.together import Row, documents, together
from claims.web.public_address import public_address

MOST_IN_STATE = 20
# State, heading, what it means, and the order in which its forecasts are shown.
SECTIONS = [
    (ForecastState.OVERDUE, _("Overdue"), _("The time is up and we have not settled them yet."), "-due_end"),
    (ForecastState.PENDING, _("Due"), _("The time that the speaker named is still to come, or running."), "due_end"),
    (ForecastState.RESOLVED, _("Resolved"), _("What came of them, as far as it could be settled."), "-first_sequence"),
    (
        ForecastState.OPEN,
        pgettext_lazy("forecasts without a due date", "Open"),
        _("The speaker named no time, so they never fall due."),
        "-first_sequence",
    ),
]


@require_safe
def forecast_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    sections = []
    found = together(
        *(forecasts_in(state, today, order, MOST_IN_STATE + 1) for state, _heading, _meaning, order in SECTIONS)
    )
    for (state, heading, meaning, _order), rows in zip(SECTIONS, found, strict=True):
        claims = [json.loads(text) for text, *_ in rows]
        more = len(claims) > MOST_IN_STATE
        section = {"state": state, "heading": heading, "meaning": meaning, "more": more}
        sections.append(section | {"claims": claims[:MOST_IN_STATE]})
    context = {"sections": sections, "canonical": public_address(request, reverse("web:forecasts"))}
    return render(request, "claims/forecasts.html", context)


def forecasts_in(state: ForecastState, today: date, order: str, limit: int) -> "QuerySet[Any, Row]":
    """Documents of public forecasts that are in `state` today, for `together`."""
    forecasts = PublishedClaim.objects.in_forecast_state(state, today).order_by(order, "-first_sequence")
    return documents(forecasts[:limit])


def forecast_state(claim: Document, day: date | None = None) -> ForecastState | None:
    """Where a claim with a forecast stands on `day`, which is today unless given; None for any other claim."""
    if claim["forecast"] is None:
        return None
    if claim["verdict"] and claim["verdict"]["rating"]["conclusive"]:
        return ForecastState.RESOLVED
    due_end = claim["forecast"]["due_end"]
    if due_end is None:
        return ForecastState.OPEN
    is_over = date.fromisoformat(due_end) < (day or timezone.localdate())
    return ForecastState.OVERDUE if is_over else ForecastState.PENDING
