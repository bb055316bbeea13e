"""The page that asks before two speakers become one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from claims.admin.base import ModelAdmin, ProseFormField
from claims.admin.links import admin_path
from claims.domain.errors import PublishingError
from claims.domain.merging import RULES, merge, outline
from claims.models import Speaker
from claims.validators import validate_text

NAMES = {"slug": "address", "wikidata_id": "Wikidata id", "is_proposed": "proposed", "attribution_links": "chains"}


class MergeForm(forms.Form):
    reason = ProseFormField(
        max_length=2000,
        validators=[validate_text],
        help_text="Readers see it beside the change.",
        error_messages={"required": "Give the reason: readers see it beside the change."},
    )


def merge_chosen(model_admin: ModelAdmin[Speaker], request: HttpRequest, chosen: QuerySet[Speaker]) -> HttpResponse:
    """To the page for two that were ticked in the list; the older one stays unless the editor says otherwise."""
    pks = list(chosen.order_by("pk").values_list("pk", flat=True)[:3])
    if len(pks) != 2:
        model_admin.message_user(request, "Choose exactly two speakers.", messages.ERROR)
        return HttpResponseRedirect(reverse("admin:claims_speaker_changelist"))
    return HttpResponseRedirect(_address(merged=pks[1], into=pks[0]))


def merge_view(model_admin: ModelAdmin[Speaker], request: HttpRequest) -> HttpResponse:
    """`?merged=1&into=2`; a POST with a reason carries it out."""
    if not (request.user.has_perm("claims.publish_speaker") and request.user.has_perm("claims.change_speaker")):
        raise PermissionDenied
    speakers = [_speaker(request.GET.get(name, "")) for name in ("merged", "into")]
    merged, into = speakers
    if merged is None or into is None:
        model_admin.message_user(request, "Choose two speakers that are on the desk.", messages.ERROR)
        return HttpResponseRedirect(reverse("admin:claims_speaker_changelist"))
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            merge(merged, into, by=request.user.get_username(), reason=form.cleaned_data["reason"])
        except PublishingError as error:
            form.add_error(None, str(error))
        else:
            model_admin.message_user(request, f"“{merged}” is now part of “{into}”.", messages.SUCCESS)
            return HttpResponseRedirect(admin_path(into))
    return _page(model_admin, request, merged, into, form)


def _page(
    model_admin: ModelAdmin[Speaker], request: HttpRequest, merged: Speaker, into: Speaker, form: MergeForm
) -> HttpResponse:
    planned = outline(merged, into)
    rules = [
        {"name": NAMES.get(name, name.replace("_", " ")), "rule": rule, "count": planned.moved.get(name)}
        for name, rule in RULES.items()
    ]
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": "Merge two speakers",
        "opts": model_admin.opts,
        "merged": merged,
        "into": into,
        "outline": planned,
        "rules": rules,
        "form": form,
        "other_way": _address(merged=into.pk, into=merged.pk),
        "paths": {"merged": admin_path(merged), "into": admin_path(into)},
    }
    return TemplateResponse(request, "admin/claims/merge.html", context)


def _speaker(pk: str) -> Speaker | None:
    is_key = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return Speaker.objects.filter(pk=int(pk)).first() if is_key else None


def _address(*, merged: int, into: int) -> str:
    return f"{reverse('admin:claims_speaker_merge')}?{urlencode({'merged': merged, 'into': into})}"
