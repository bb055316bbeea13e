from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.base import DeskStackedInline
from claims.models import Claim, ExternalReview


class ExternalReviewInline(DeskStackedInline[ExternalReview, Claim]):
    model = ExternalReview
    verbose_name_plural = "What other publishers found"
    readonly_fields = ["suggestion"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("publisher", "reviewed_on", "language"),
                    "url",
                    "title",
                    "rating",
                    ("rating_value", "rating_best", "rating_worst"),
                    ("identifier", "suggestion"),
                ],
                "description": "Readers see it beside our verdict, in the publisher's own words.",
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExternalReview]:
        return ExternalReview.objects.with_suggestion()

    @admin.display(description="comes closest to")
    def suggestion(self, review: ExternalReview) -> str:
        """What an editor chose for these words; a verdict is for whoever judges this claim to give."""
        return getattr(review, "suggestion", None) or "-"
