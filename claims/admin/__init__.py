"""The desk: every table that editors work on, and the record to look things up in. Importing it registers them."""

from django.conf import settings
from django.contrib import admin

from claims.admin import (
    appearance,
    claim,
    importing,
    page,
    partner,
    rating,
    rating_mapping,
    record,
    source,
    speaker,
    tip,
    topic,
    translated_row,
    user,
    webhook,
    webhook_delivery,
)

admin.site.site_header = admin.site.site_title = f"{settings.SITE_NAME} desk"
admin.site.index_title = "What is on the desk"

__all__ = [
    "appearance",
    "claim",
    "importing",
    "page",
    "partner",
    "rating",
    "rating_mapping",
    "record",
    "source",
    "speaker",
    "tip",
    "topic",
    "translated_row",
    "user",
    "webhook",
    "webhook_delivery",
]
