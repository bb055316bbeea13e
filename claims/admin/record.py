"""The record, to look things up in: nobody adds, changes or deletes an edition here or anywhere."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.admin.base import DeskAdmin
from claims.enums import RecordKind
from claims.languages import page_path
from claims.models import Edition


@admin.register(Edition)
class EditionAdmin(DeskAdmin[Edition]):
    fields = [
        ("kind", "slug", "number"),
        ("action", "published_at", "author"),
        "note",
        "sequence",
        "digest",
        "previous_digest",
        "pretty_document",
    ]
    list_display = ["sequence", "what", "action", "reason", "author", "published"]
    list_filter = ["kind", "action"]
    search_fields = ["slug", "note", "author", "digest"]
    search_help_text = "A part of the address, the reason, the author or the digest."
    date_hierarchy = "published_at"
    ordering = ["-sequence"]
    readonly_fields = ["pretty_document"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def view_on_site(self, edition: Edition) -> str | None:
        if edition.kind == RecordKind.CLAIM:
            return page_path("web:claim-edition", edition.slug, edition.number)
        return None

    @admin.display(description="edition", ordering="slug")
    def what(self, edition: Edition) -> str:
        return str(edition)

    @admin.display(description="reason or note")
    def reason(self, edition: Edition) -> str:
        return Truncator(edition.note).chars(100)

    @admin.display(description="published", ordering="published_at")
    def published(self, edition: Edition) -> str:
        return f"{timezone.localtime(edition.published_at):%Y-%m-%d}"

    @admin.display(description="document")
    def pretty_document(self, edition: Edition) -> SafeString:
        document: Any = json.loads(edition.document)
        return format_html('<pre class="document">{}</pre>', json.dumps(document, ensure_ascii=False, indent=2))
