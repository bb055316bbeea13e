from django.contrib import admin

from claims.admin.base import DeskTabularInline
from claims.admin.publishable import PublicationFilter, PublishableAdmin
from claims.admin.translation import RatingScaleTranslationInline
from claims.models import Rating, RatingScale


class RatingInline(DeskTabularInline[Rating, RatingScale]):
    model = Rating
    show_change_link = True  # to its translations
    fields = ["label", "definition", "conclusive", "rank", "slug"]
    prepopulated_fields = {"slug": ["label"]}


@admin.register(RatingScale)
class RatingScaleAdmin(PublishableAdmin[RatingScale]):
    fieldsets = [(None, {"fields": ["name", "description"]}), PublishableAdmin.internal]
    inlines = [RatingInline, RatingScaleTranslationInline]
    list_display = ["name", "state", "saved"]
    list_filter = [PublicationFilter]
    search_fields = ["name", "description"]
