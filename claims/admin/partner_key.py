"""Creating, rotating and revoking a partner's keys. A secret is on the answer to a form; no cache keeps the desk."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from claims.domain.partners import GRACE, HIGHEST_RATE, create_key, revoke_key, rotate_key
from claims.enums import KeyScope
from claims.models import Partner, PartnerKey
from claims.validators import validate_text

if TYPE_CHECKING:
    from claims.admin.partner import PartnerAdmin


class KeyForm(forms.Form):
    name = forms.CharField(
        max_length=100, validators=[validate_text], help_text="What it is used for, such as “mirror” or “search”."
    )
    scopes = forms.MultipleChoiceField(
        choices=KeyScope.choices, widget=forms.CheckboxSelectMultiple, initial=[KeyScope.READ.value]
    )
    rate = forms.IntegerField(min_value=1, max_value=HIGHEST_RATE, initial=6000, help_text="Requests a minute.")
    last_day = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="On which it works. Without one, it works until it is revoked.",
    )

    def clean_last_day(self) -> datetime | None:
        """The end of that day."""
        day = self.cleaned_data["last_day"]
        if day is None:
            return None
        if not timezone.localdate() <= day <= timezone.localdate() + timedelta(days=36500):
            raise ValidationError("Write a day to come.")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def create_view(model_admin: "PartnerAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk)
    _require(request, "claims.add_partnerkey")
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        key, secret = create_key(partner, expires_at=given.pop("last_day"), **given)
        model_admin.log_change(request, partner, f"Created key {key.prefix}.")
        return _page(model_admin, request, partner, "Key", key=key, secret=secret)
    return _page(model_admin, request, partner, "Create a key", form=form, verb="Create")


def rotate_view(model_admin: "PartnerAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    _require(request, "claims.change_partnerkey")
    old = get_object_or_404(PartnerKey.objects.select_related("partner"), pk=pk)
    if request.method == "POST":
        try:
            key, secret = rotate_key(old)
        except ValidationError as error:
            return _back(model_admin, request, old.partner, error.messages[0], messages.ERROR)
        model_admin.log_change(request, old.partner, f"Rotated key {old.prefix} to {key.prefix}.")
        return _page(model_admin, request, old.partner, "Key", key=key, secret=secret, old=old)
    ask = f"A new key takes the place of {old.prefix}…, which works for {GRACE.days} days more."
    return _page(model_admin, request, old.partner, "Rotate a key", ask=ask, verb="Rotate")


def revoke_view(model_admin: "PartnerAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    _require(request, "claims.change_partnerkey")
    key = get_object_or_404(PartnerKey.objects.select_related("partner"), pk=pk)
    if request.method == "POST":
        revoke_key(key)
        model_admin.log_change(request, key.partner, f"Revoked key {key.prefix}.")
        return _back(model_admin, request, key.partner, f"Revoked {key.prefix}….", messages.SUCCESS)
    ask = f"{key.prefix}… ({key.name}) is refused from now on. This cannot be undone."
    return _page(model_admin, request, key.partner, "Revoke a key", ask=ask, verb="Revoke", danger=True)


def _require(request: HttpRequest, permission: str) -> None:
    if not (request.user.has_perm("claims.view_partner") and request.user.has_perm(permission)):
        raise PermissionDenied


def _page(
    model_admin: "PartnerAdmin", request: HttpRequest, partner: Partner, title: str, **more: Any
) -> TemplateResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "partner": partner,
        "back": _change_path(partner),
        **more,
    }
    return TemplateResponse(request, "admin/claims/partner_key.html", context)


def _back(
    model_admin: "PartnerAdmin", request: HttpRequest, partner: Partner, text: str, level: int
) -> HttpResponseRedirect:
    model_admin.message_user(request, text, level)
    return HttpResponseRedirect(_change_path(partner))


def _change_path(partner: Partner) -> str:
    return reverse("admin:claims_partner_change", args=[partner.pk])
