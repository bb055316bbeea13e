"""The inbox: what the public asks us to look into."""

import re
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import DeskAdmin, ModelForm
from claims.domain import tips
from claims.enums import TipState
from claims.models import Claim, Tip

# In the address of the form for a new claim: the tip that it is made of.
PARAMETER = "from_tip"


class TipForm(ModelForm[Tip]):
    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        before = str(self.initial.get("state", TipState.NEW))
        answer, claim = given.get("answer", ""), given.get("claim")
        if problem := tips.refusal(before, given.get("state", before), answer=answer, claim=claim):
            raise ValidationError({"state": problem})
        return given


@admin.register(Tip)
class TipAdmin(DeskAdmin[Tip]):
    form = TipForm
    fieldsets = [
        ("What came in", {"fields": ["text", "address", "contact", "sent"]}),
        ("What becomes of it", {"fields": ["make_claim", "state", "claim", "answer", "internal_note"]}),
    ]
    readonly_fields = ["text", "address", "contact", "sent", "make_claim"]
    autocomplete_fields = ["claim"]
    list_display = ["short_text", "state", "sent", "claim"]
    list_filter = ["state", "sent_at"]
    list_select_related = ["claim"]
    search_fields = ["text", "url", "answer", "internal_note"]
    search_help_text = "Words of the tip, of its address, of the answer or of the note."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Tip, form: Any, change: bool) -> None:
        tips.decide(obj, obj.state, answer=obj.answer, claim=obj.claim)
        Tip.objects.filter(pk=obj.pk).update(internal_note=obj.internal_note)

    @admin.display(description="tip", ordering="text")
    def short_text(self, tip: Tip) -> str:
        return str(tip)

    @admin.display(description="sent", ordering="sent_at")
    def sent(self, tip: Tip) -> str:
        return f"{timezone.localtime(tip.sent_at):%Y-%m-%d %H:%M}"

    @admin.display(description="address")
    def address(self, tip: Tip) -> SafeString | str:
        return format_html('<a href="{0}" rel="noopener noreferrer external">{0}</a>', tip.url) if tip.url else "-"

    @admin.display(description="new claim")
    def make_claim(self, tip: Tip) -> SafeString | str:
        if tip.claim_id:
            return "-"
        return format_html(
            '<a class="button" href="{}">Make a claim of it…</a>',
            f"{reverse('admin:claims_claim_add')}?{PARAMETER}={tip.pk}",
        )


def claim_of_tip(request: HttpRequest) -> dict[str, Any]:
    """What the form for a new claim begins with when it is made of a tip."""
    tip = _asked_for(request)
    if tip is None:
        return {}
    note = f"From a tip of {timezone.localtime(tip.sent_at):%Y-%m-%d}:\n{tip.text}\n{tip.url}"
    return {"text": tip.text[:1000], "internal_note": note.strip()}


def note_claim_made(request: HttpRequest, claim: Claim) -> None:
    """Where a claim was made of a tip, put that down with the tip."""
    if tip := _asked_for(request):
        tips.became(tip, claim)


def _asked_for(request: HttpRequest) -> Tip | None:
    pk = request.GET.get(PARAMETER, "")
    if not (re.fullmatch(r"[0-9]{1,18}", pk, re.ASCII) and request.user.has_perm("claims.change_tip")):
        return None
    return Tip.objects.filter(pk=int(pk), claim=None).first()
