from django.contrib import admin

from claims.admin.base import DeskTabularInline
from claims.admin.publishable import PublicationFilter, PublishableAdmin
from claims.models import Affiliation, Speaker, SpeakerAlias


class SpeakerAliasInline(DeskTabularInline[SpeakerAlias, Speaker]):
    model = SpeakerAlias
    verbose_name_plural = "Other names and spellings"


class AffiliationInline(DeskTabularInline[Affiliation, Speaker]):
    model = Affiliation
    fk_name = "speaker"
    autocomplete_fields = ["organisation"]
    verbose_name = "role"
    verbose_name_plural = "Roles held"


@admin.register(Speaker)
class SpeakerAdmin(PublishableAdmin[Speaker]):
    fieldsets = [
        (None, {"fields": ["kind", "name", "description", "wikidata_id", "is_proposed"]}),
        PublishableAdmin.internal,
    ]
    inlines = [AffiliationInline, SpeakerAliasInline]
    list_display = ["name", "kind", "description", "state", "saved"]
    list_filter = [PublicationFilter, "kind", "is_proposed"]
    search_fields = ["name", "aliases__name", "wikidata_id", "slug"]
    search_help_text = "A name in any spelling that is recorded, or a Wikidata id."
