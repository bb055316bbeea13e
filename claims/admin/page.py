from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from claims.admin.publishable import PublicationFilter, PublishableAdmin
from claims.admin.translation import PageTranslationInline
from claims.domain.default_pages import default_page
from claims.enums import PageSlug
from claims.models import Page


@admin.register(Page)
class PageAdmin(PublishableAdmin[Page]):
    """A new one begins with the text that readers get now; `?slug=` says of which page."""

    inlines = [PageTranslationInline]
    list_display = ["title", "slug", "state", "saved"]
    list_filter = [PublicationFilter]
    search_fields = ["title", "body"]

    def get_fieldsets(self, request: HttpRequest, obj: Page | None = None) -> Any:
        fields: dict[str, Any] = {"fields": ["slug", "title", "language", "body"]}
        if obj is None:
            links = format_html_join(" · ", '<a href="?slug={}">{}</a>', PageSlug.choices)
            fields["description"] = format_html("Begin with the text that readers get now: {}", links)
        return [(None, fields), ("Internal note", {"fields": ["internal_note"], "classes": ["collapse"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Page | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        slug = given.get("slug", "")
        return default_page(slug, settings.LANGUAGE_CODE) | given if slug in PageSlug.values else given

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "body":
            field.widget.attrs["rows"] = 30
        return field
