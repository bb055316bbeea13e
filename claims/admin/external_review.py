from claims.admin.base import DeskStackedInline
from claims.models import Claim, ExternalReview


class ExternalReviewInline(DeskStackedInline[ExternalReview, Claim]):
    model = ExternalReview
    verbose_name_plural = "What other publishers found"
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
                    "identifier",
                ],
                "description": "Readers see it beside our verdict, in the publisher's own words.",
            },
        )
    ]
