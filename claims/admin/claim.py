from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils.text import Truncator

from claims.admin.appearance import AppearanceInline
from claims.admin.base import DeskTabularInline
from claims.admin.evidence import EvidenceInline
from claims.admin.external_review import ExternalReviewInline
from claims.admin.filters import DueFilter, RatingFilter, SpeakerFilter
from claims.admin.publishable import PublicationFilter, PublishableAdmin
from claims.admin.tip import claim_of_tip, note_claim_made
from claims.admin.translation import ClaimTranslationInline
from claims.admin.verdict import VerdictInline
from claims.enums import ClaimKind
from claims.models import Claim, ClaimRelation


class ClaimRelationInline(DeskTabularInline[ClaimRelation, Claim]):
    model = ClaimRelation
    fk_name = "claim"
    autocomplete_fields = ["target"]
    verbose_name = "related claim"
    verbose_name_plural = "Related claims"

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        labels = {"target": "that claim"}
        return super().formfield_for_foreignkey(db_field, request, **kwargs, label=labels.get(db_field.name))

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_choice_field(db_field, request, **kwargs, label="this claim")


@admin.register(Claim)
class ClaimAdmin(PublishableAdmin[Claim]):
    list_display = ["short_text", "speaker", "state", "rating", "due", "saved"]
    list_filter = [PublicationFilter, "kind", RatingFilter, DueFilter, SpeakerFilter, "language"]
    list_select_related = ["speaker", "verdict__rating"]
    search_fields = ["text", "speaker__name", "slug"]
    search_help_text = "Words of the claim or of its speaker's name."
    autocomplete_fields = ["speaker", "topics"]
    inlines = [
        AppearanceInline,
        EvidenceInline,
        VerdictInline,
        ExternalReviewInline,
        ClaimRelationInline,
        ClaimTranslationInline,
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        falls_due = obj is not None and obj.kind in ClaimKind.can_fall_due
        entered = any(request.POST.get(name) for name in ("due_start", "due_end", "due_words", "criterion"))
        return [
            (None, {"fields": ["text", "speaker", ("kind", "claimed_on", "language"), "topics"]}),
            (
                "When it falls due",
                {
                    "fields": [("due_start", "due_end", "due_granularity"), "due_words", "criterion"],
                    "classes": [] if falls_due or entered else ["collapse"],
                    "description": "For forecasts and promises only.",
                },
            ),
            self.internal,
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_changeform_initial_data(request) | claim_of_tip(request)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            note_claim_made(request, form.instance)

    @admin.display(description="claim", ordering="text")
    def short_text(self, claim: Claim) -> str:
        return Truncator(claim.text).chars(90)

    @admin.display(description="due by", ordering="due_end")
    def due(self, claim: Claim) -> str:
        return claim.due_end.isoformat() if claim.due_end else "-"

    @admin.display(description="verdict", ordering=F("verdict__rating__rank"))
    def rating(self, claim: Claim) -> str:
        return claim.verdict.rating.label if hasattr(claim, "verdict") else "-"
