from itertools import groupby
from typing import Any

from claims.admin.base import DeskStackedInline
from claims.models import Claim, Rating, Verdict


class VerdictInline(DeskStackedInline[Verdict, Claim]):
    """At most one. Its rating is a plain list: a scale has few, and seeing all of them is how one chooses."""

    model = Verdict
    fields = ["rating", "summary", "rationale", "reviewed_on"]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "rating":
            field.choices = ratings_by_scale  # not called before the form is drawn
        return field


def ratings_by_scale() -> list[tuple[str, Any]]:
    """A group of choices for each scale: “False” of one scale is not “False” of another."""
    ratings = Rating.objects.select_related("scale")
    groups = groupby(ratings, key=lambda rating: rating.scale)
    return [
        ("", "---------"),
        *((scale.name, [(rating.pk, rating.label) for rating in group]) for scale, group in groups),
    ]
