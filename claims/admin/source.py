from django.contrib import admin
from django.utils.html import format_html

from claims.admin.base import ModelForm
from claims.admin.links import admin_path
from claims.admin.publishable import PublicationFilter, PublishableAdmin
from claims.admin.translation import SourceTranslationInline
from claims.models import Source


class SourceForm(ModelForm[Source]):
    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # where Django runs the model's own checks
        existing = self.instance.same_address() if "url" in self.errors else None
        if existing:
            text = 'This address is already recorded: <a href="{}">{}</a>. Use that source.'
            self.errors["url"] = self.error_class([format_html(text, admin_path(existing), existing)])


@admin.register(Source)
class SourceAdmin(PublishableAdmin[Source]):
    form = SourceForm
    inlines = [SourceTranslationInline]
    fieldsets = [
        (None, {"fields": ["url", "title", ("kind", "language"), "publisher", "authors", "published_on"]}),
        ("Saved copy", {"fields": ["archived_url", "archived_at", "content_hash"], "classes": ["collapse"]}),
        PublishableAdmin.internal,
    ]
    list_display = ["title", "publisher", "kind", "published_on", "state", "saved"]
    list_filter = [PublicationFilter, "kind", "language"]
    search_fields = ["title", "publisher", "url", "authors"]
    search_help_text = "Words of the title, the publisher, the authors or the address."
