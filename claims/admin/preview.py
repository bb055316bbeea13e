"""The page that readers would get, before they get it. Like every page of the admin, no cache may keep it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import translation

from claims.admin.base import ModelAdmin
from claims.admin.links import admin_path
from claims.domain import publishing
from claims.domain.errors import PublishingError
from claims.enums import RecordKind
from claims.web.claim import render_claim
from claims.web.entities import render_entity

NOTICE = "Preview, not published"


def preview_view(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.has_view_permission(request, item):
        raise PermissionDenied
    try:
        document = publishing.preview(item)
    except PublishingError as error:
        model_admin.message_user(request, f"There is no preview yet. {error}", messages.ERROR)
        return HttpResponseRedirect(admin_path(item))
    render = render_claim if item.record_kind == RecordKind.CLAIM else render_entity
    # As readers get it, where the desk is in English.
    with translation.override(settings.LANGUAGE_CODE):
        return render(request, document, None, notice=NOTICE)
