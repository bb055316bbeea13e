"""The one page that stands between the desk and readers: it shows what would happen, and asks."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from claims.admin.base import ProseFormField
from claims.admin.links import admin_path, public_path
from claims.domain.errors import PublishingError
from claims.domain.planning import Change, carry_out, plan
from claims.models import Edition, Publishable
from claims.validators import validate_text

if TYPE_CHECKING:
    from claims.admin.publishable import PublishableAdmin

MOST = 50  # objects on one page: more than anyone reads before saying yes
NOTE_LENGTH = 2000
TITLES = {Change.PUBLISH: "Publish", Change.CORRECT: "Publish a correction", Change.RETRACT: "Retract"}
DONE = {Change.PUBLISH: "Published", Change.CORRECT: "Corrected", Change.RETRACT: "Retracted"}


class ReleaseForm(forms.Form):
    note = ProseFormField(max_length=NOTE_LENGTH, validators=[validate_text])
    # The fingerprint of the plan that was shown. It is written from the plan that is shown, so it is no field to draw.
    seen = forms.CharField(required=False)

    def __init__(self, change: Change, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.required = change in Change.needs_reason
        note.label = "Reason" if note.required else "Note (may stay empty)"
        note.help_text = "Readers see it beside the change."
        note.error_messages["required"] = "Give the reason: readers see it beside the change."
        for code, name in further_languages():
            self.fields[f"note_{code}"] = ProseFormField(
                label=f"The same in {name}", required=False, max_length=NOTE_LENGTH, validators=[validate_text]
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.translations and not given.get("note") and "note" not in self.errors:
            self.add_error("note", "Write it in the newsroom's own language first.")
        return given

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[f"note_{code}"] for code, _name in further_languages()]

    @property
    def translations(self) -> dict[str, str]:
        """The note in further languages, as far as it was given."""
        given = {code: self.cleaned_data.get(f"note_{code}", "") for code, _name in further_languages()}
        return {code: note for code, note in given.items() if note}


def further_languages() -> list[tuple[str, str]]:
    """Those of the site beside the newsroom's own, each with its own name."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def address(item: Publishable, change: Change) -> str:
    return f"{_release_path(type(item), change)}?ids={item.pk}"


def release_view(model_admin: "PublishableAdmin[Any]", request: HttpRequest, change: Change) -> HttpResponse:
    """`?ids=1,2` on GET, or the page's own form on POST."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    try:
        pks = {int(pk) for pk in request.POST.get("ids", request.GET.get("ids", "")).split(",")}
        items = list(model_admin.get_queryset(request).filter(pk__in=pks).order_by("pk"))
    except (ValueError, OverflowError):  # no number, or none that a key can be
        pks, items = {0}, []
    if len(items) < len(pks):
        return _refused(model_admin, request, "Some of what was chosen is not there any more. Choose again.")
    if len(items) > MOST:
        return _refused(model_admin, request, f"Choose at most {MOST} at once.")
    form = None
    if request.method == "POST":
        form = ReleaseForm(change, request.POST)
        if form.is_valid():
            try:
                return _carried_out(model_admin, request, change, items, form)
            except PublishingError as error:
                form.add_error(None, str(error))
    return _page(model_admin, request, change, items, form)


def release_chosen(
    model_admin: "PublishableAdmin[Any]", request: HttpRequest, change: Change, chosen: QuerySet[Any]
) -> HttpResponse:
    """The page for what was ticked in a list."""
    items = list(chosen.order_by("pk")[: MOST + 1])
    if len(items) > MOST:
        return _refused(model_admin, request, f"Choose at most {MOST} at once.")
    return _page(model_admin, request, change, items, None)


def _carried_out(
    model_admin: "PublishableAdmin[Any]",
    request: HttpRequest,
    change: Change,
    items: list[Publishable],
    form: ReleaseForm,
) -> HttpResponse:
    by, agreed = request.user.get_username(), form.cleaned_data
    said = {"note": agreed["note"], "translations": form.translations}
    editions = carry_out(items, change, by=by, seen=agreed["seen"], **said)
    if editions:
        names = {item.uid: item for item in items}
        links = format_html_join("; ", "{}", ((_link(edition, names[edition.uid]),) for edition in editions))
        model_admin.message_user(request, format_html("{}: {}", DONE[change], links), messages.SUCCESS)
    else:
        model_admin.message_user(request, "Readers had all of it already, so nothing was published.", messages.INFO)
    return HttpResponseRedirect(admin_path(items[0]) if len(items) == 1 else _list_path(model_admin))


def _page(
    model_admin: "PublishableAdmin[Any]",
    request: HttpRequest,
    change: Change,
    items: list[Publishable],
    form: ReleaseForm | None,
) -> HttpResponse:
    planned = plan(items, change)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": TITLES[change],
        "opts": model_admin.opts,
        "plan": planned,
        "is_retraction": change == Change.RETRACT,
        "steps": [
            {"step": step, "change_path": admin_path(step.item), "preview_path": admin_path(step.item, "preview")}
            for step in planned.steps
        ],
        "along": [(item, admin_path(item)) for item in planned.along],
        "held_back": [(item, admin_path(item)) for item in planned.held_back],
        "hidden": [(item, admin_path(item)) for item in planned.hidden],
        "ids": ",".join(str(item.pk) for item in items),
        "form": form or ReleaseForm(change),
        "action": _release_path(model_admin.model, change),
        "back": admin_path(items[0]) if len(items) == 1 else _list_path(model_admin),
    }
    return TemplateResponse(request, "admin/claims/release.html", context)


def _refused(model_admin: "PublishableAdmin[Any]", request: HttpRequest, text: str) -> HttpResponse:
    model_admin.message_user(request, text, messages.ERROR)
    return HttpResponseRedirect(_list_path(model_admin))


def _link(edition: Edition, item: Publishable) -> str:
    public = public_path(edition)
    return format_html('<a href="{}">{}</a>', public, item) if public else str(item)


def _release_path(model: type[Publishable], change: Change) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{change.value}")


def _list_path(model_admin: "PublishableAdmin[Any]") -> str:
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
