from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect

from claims.admin.base import DeskAdmin, DeskStackedInline, DeskTabularInline
from claims.admin.links import admin_path
from claims.admin.translation import AppearanceTranslationInline
from claims.models import Appearance, AttributionLink, Claim

FIELDS: list[str | list[str] | tuple[str, ...]] = [
    "source",
    "quotation",
    ("prefix", "suffix"),
    ("wording", "medium"),
    "speaker",
    ("date", "locator", "position"),
]


class AppearanceInline(DeskStackedInline[Appearance, Claim]):
    model = Appearance
    fieldsets = [
        (
            None,
            {
                "fields": FIELDS,
                "description": "Reported or interpreted by others on its way to the source? Save, then open it with "
                "“Change” to record through whom it went. Quotations are translated there, too.",
            },
        )
    ]
    autocomplete_fields = ["source", "speaker"]
    show_change_link = True


class AttributionLinkInline(DeskTabularInline[AttributionLink, Appearance]):
    model = AttributionLink
    autocomplete_fields = ["speaker"]
    verbose_name_plural = "Through whom it reached the source"


@admin.register(Appearance)
class AppearanceAdmin(DeskAdmin[Appearance]):
    """One appearance with its attribution chain; opened from its claim, so not on the start page."""

    fields = ["claim", *FIELDS]
    autocomplete_fields = ["claim", "source", "speaker"]
    inlines = [AttributionLinkInline, AppearanceTranslationInline]
    list_display = ["claim", "source", "date"]
    list_select_related = ["claim", "source"]
    search_fields = ["quotation", "claim__text", "source__title"]

    def get_readonly_fields(self, request: HttpRequest, obj: Appearance | None = None) -> list[str]:
        return ["claim"] if obj else []

    def response_post_save_change(self, request: HttpRequest, obj: Appearance) -> HttpResponseRedirect:
        return HttpResponseRedirect(admin_path(obj.claim))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
