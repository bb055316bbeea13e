"""What is due, what is overdue, and how earlier forecasts came out: as lists, and month by month."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast, Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.domain.record import Document
from claims.enums import ClaimKind, ForecastState
from claims.models import PublishedClaim
from claims.models.projection import PublishedClaimQuerySet
from claims.models.together import Row, documents, texts, together
from claims.web.month import Month
from claims.web.public_address import public_address
from claims.web.reading import reading
from claims.web.track_record import TrackRecord, track_record_of, track_record_rows
from claims.web.translations import read

MOST_IN_STATE = 20
MOST_IN_MONTH = 200
MOST_MONTHS = 240
MOST_YEARS = 100  # from today; beyond, there is a page only of months in which something falls due
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


@dataclass(frozen=True, slots=True)
class Overview:
    """Of all public forecasts: how many fall due in each month, in order, and how those came out that are settled."""

    months: list[tuple[Month, int]]
    outcomes: TrackRecord


@reading
def forecast_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    month = Month(today.year, today.month)
    found = together(
        *(forecasts_in(state, today, order, MOST_IN_STATE + 1) for state, _heading, _meaning, order in SECTIONS),
        documents(_due_in(month)[:MOST_IN_MONTH]),
        *_overview_rows(),
    )
    sections = []
    for (state, heading, meaning, _order), rows in zip(SECTIONS, found, strict=False):
        section = {"state": state, "heading": heading, "meaning": meaning, "more": len(rows) > MOST_IN_STATE}
        sections.append(section | {"claims": _documents(rows[:MOST_IN_STATE])})
    due, *rest = found[len(SECTIONS) :]
    context = {
        "sections": sections,
        "month": month,
        "weeks": month.weeks(_documents(due), today),
        "overview": _overview(*rest),
        "canonical": public_address(request, reverse("web:forecasts")),
    }
    return render(request, "claims/forecasts.html", context)


@reading
def forecast_month(request: HttpRequest, month: Month) -> HttpResponse:
    """The forecasts whose window ends in one month."""
    today = timezone.localdate()
    due, *rest = together(documents(_due_in(month)[: MOST_IN_MONTH + 1]), *_overview_rows())
    found, overview = _documents(due), _overview(*rest)
    months = [other for other, _count in overview.months]
    if not found and abs(month.year - today.year) > MOST_YEARS:
        raise Http404
    context = {
        "month": month,
        "weeks": month.weeks(found[:MOST_IN_MONTH], today),
        "more": len(found) > MOST_IN_MONTH,
        "found": found,
        "earlier": max((other for other in months if other < month), default=None),
        "later": min((other for other in months if other > month), default=None),
        "overview": overview,
        "canonical": public_address(request, reverse("web:forecast-month", args=[month])),
    }
    return render(request, "claims/forecast-month.html", context)


def forecasts_in(state: ForecastState, today: date, order: str, limit: int) -> "QuerySet[Any, Row]":
    """Documents of public forecasts that are in `state` today, for `together`."""
    forecasts = PublishedClaim.objects.in_forecast_state(state, today).order_by(order, "-first_sequence")
    return documents(forecasts[:limit])


def _due_in(month: Month) -> PublishedClaimQuerySet:
    due = PublishedClaim.objects.filter(kind=ClaimKind.FORECAST, due_end__range=(month.first, month.last))
    return due.order_by("due_end", "first_sequence")


def _documents(rows: list[Row]) -> list[Document]:
    return [read(text) for text, *_ in rows]


def _overview_rows() -> list["QuerySet[Any, Row]"]:
    """What `_overview` takes the rows of."""
    forecasts = PublishedClaim.objects.filter(kind=ClaimKind.FORECAST).order_by()
    month = Substr(Cast("due_end", TextField()), 1, 7)
    dated = forecasts.exclude(due_end=None).annotate(month=month).values("month").order_by("-month")
    months = texts(dated[:MOST_MONTHS], "month", Cast(Count("pk"), TextField()))
    return [months, *track_record_rows(forecasts.exclude(rating_slug=""))]


def _overview(months: list[Row], counted: list[Row], scales: list[Row]) -> Overview:
    found = [(Month(*map(int, month.split("-"))), int(number)) for month, number, _ in months]
    return Overview(sorted(found), track_record_of(counted, scales))


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
