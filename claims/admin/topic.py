from django.contrib import admin

from claims.admin.publishable import PublicationFilter, PublishableAdmin
from claims.admin.translation import TopicTranslationInline
from claims.models import Topic


@admin.register(Topic)
class TopicAdmin(PublishableAdmin[Topic]):
    inlines = [TopicTranslationInline]
    fieldsets = [(None, {"fields": ["name", "description"]}), PublishableAdmin.internal]
    list_display = ["name", "state", "saved"]
    list_filter = [PublicationFilter]
    search_fields = ["name", "description"]
