from functools import partial

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from claims.admin import merge
from claims.admin.base import DeskTabularInline
from claims.admin.publishable import PublicationFilter, PublishableAdmin
from claims.admin.translation import SpeakerTranslationInline
from claims.models import Affiliation, Speaker, SpeakerAlias


class SpeakerAliasInline(DeskTabularInline[SpeakerAlias, Speaker]):
    model = SpeakerAlias
    verbose_name_plural = "Other names and spellings"


class AffiliationInline(DeskTabularInline[Affiliation, Speaker]):
    model = Affiliation
    fk_name = "speaker"
    autocomplete_fields = ["organisation"]
    verbose_name = "role"
    show_change_link = True  # to its translations
    verbose_name_plural = "Roles held"


@admin.register(Speaker)
class SpeakerAdmin(PublishableAdmin[Speaker]):
    fieldsets = [
        (None, {"fields": ["kind", "name", "description", "wikidata_id", "is_proposed"]}),
        PublishableAdmin.internal,
    ]
    actions = ["publish_selected", "correct_selected", "retract_selected", "merge_selected", "delete_selected"]
    inlines = [AffiliationInline, SpeakerAliasInline, SpeakerTranslationInline]
    list_display = ["name", "kind", "description", "state", "saved"]
    list_filter = [PublicationFilter, "kind", "is_proposed"]
    search_fields = ["name", "aliases__name", "wikidata_id", "slug"]
    search_help_text = "A name in any spelling that is recorded, or a Wikidata id."

    @admin.action(description="Merge two into one…", permissions=["publish"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse:
        return merge.merge_chosen(self, request, queryset)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(merge.merge_view, self))
        return [path("merge/", view, name="claims_speaker_merge"), *super().get_urls()]
