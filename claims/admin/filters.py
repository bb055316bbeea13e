"""Filters of the list of claims."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from claims.models import Claim, Rating, Speaker

MOST_SPEAKERS = 20
NONE = "none"


class SpeakerFilter(admin.SimpleListFilter):
    """The speakers with most claims; all others are found by the search box."""

    title = "speaker"
    parameter_name = "speaker"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        counted = Speaker.objects.annotate(count=Count("claims")).filter(Q(count__gt=0) | Q(slug=self.value() or ""))
        # The one that is filtered by comes first, so that it is never cut off.
        rows = counted.order_by("-count", "name").values_list("slug", "name")
        chosen = rows.filter(slug=self.value()) if self.value() else []
        return list(dict.fromkeys([*chosen, *rows[:MOST_SPEAKERS]]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        return queryset.filter(speaker__slug=self.value()) if self.value() else queryset


class RatingFilter(admin.SimpleListFilter):
    title = "verdict"
    parameter_name = "verdict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        ratings = Rating.objects.select_related("scale")
        scales = {rating.scale_id for rating in ratings}
        return [
            (NONE, "No verdict yet"),
            *((str(r.pk), r.label if len(scales) == 1 else f"{r.scale}: {r.label}") for r in ratings),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        value = self.value() or ""
        if value == NONE:
            return queryset.filter(verdict=None)
        return queryset.filter(verdict__rating=int(value)) if value.isdecimal() else queryset


class DueFilter(admin.SimpleListFilter):
    """Where forecasts and promises stand that no conclusive verdict has settled."""

    title = "due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "Overdue"), ("soon", "Within 30 days"), ("later", "Later")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        today = timezone.localdate()
        span = {"overdue": (date.min, today - timedelta(days=1)), "soon": (today, today + timedelta(days=30))}
        span["later"] = (today + timedelta(days=31), date.max)
        if self.value() not in span:
            return queryset
        unsettled = ~Q(verdict__rating__conclusive=True)
        return queryset.filter(unsettled, due_end__range=span[self.value() or ""])
