"""Endpoints of partners on the desk: what each asked for, how it fares, and what may be done to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ModelForm
from claims.admin.webhook_delivery import DeliveryOwnerAdmin
from claims.domain import webhook_messages, webhooks
from claims.domain.outgoing import OutgoingError
from claims.enums import Action, DeliveryState, RecordKind
from claims.filters import claims_matching
from claims.models import WebhookDelivery, WebhookEndpoint

SHOWN_ONCE = "webhook-secret"  # in the session: whose secret the next page may show


class EndpointForm(ModelForm[WebhookEndpoint]):
    kinds = forms.MultipleChoiceField(
        choices=RecordKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none to send all of them.",
    )
    actions = forms.MultipleChoiceField(
        choices=Action.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none to send all of them.",
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["partner", "url", "kinds", "actions", "filters"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            if url:  # the constraint says what is wrong with none
                webhooks.require_reachable(url)
        except OutgoingError as error:
            raise ValidationError(str(error)) from error
        return url

    def clean_filters(self) -> str:
        query: str = self.cleaned_data["filters"].removeprefix("?")
        try:
            claims_matching(query)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return query

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("filters") and self.cleaned_data.get("kinds") != [RecordKind.CLAIM.value]:
            self.add_error("kinds", "A filter is one of claims: tick Claim alone, or take the filter out.")
        return cleaned


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    conditions = {
        "active": ("Active", Q(paused_at=None)),
        "failing": ("Failing", Q(paused_at=None, failing_since__isnull=False)),
        "paused": ("Paused", Q(paused_at__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[WebhookEndpoint]) -> QuerySet[WebhookEndpoint]:
        chosen = self.conditions.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(DeliveryOwnerAdmin[WebhookEndpoint]):
    form = EndpointForm
    change_form_template = "admin/claims/webhook_endpoint.html"
    fieldsets = [
        (None, {"fields": ["partner", "url"]}),
        (
            "What is sent",
            {
                "fields": ["kinds", "actions", "filters"],
                "description": "Every edition of these, in order, from the day on which the endpoint was made.",
            },
        ),
    ]
    list_display = ["url", "partner", "asked_for", "state", "waiting"]
    list_filter = [StateFilter]
    list_select_related = ["partner"]
    search_fields = ["url", "partner__name"]
    search_help_text = "A part of the address or of the partner's name."

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookEndpoint]:
        waiting = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), state=DeliveryState.WAITING).order_by()
        number = Coalesce(Subquery(waiting.values("endpoint").annotate(number=Count("pk")).values("number")), 0)
        found: QuerySet[WebhookEndpoint] = super().get_queryset(request).annotate(number_waiting=number)
        return found

    # Lists

    @admin.display(description="sent")
    def asked_for(self, endpoint: WebhookEndpoint) -> str:
        kinds = ", ".join(str(RecordKind(kind).label) for kind in endpoint.kinds) or "Everything"
        actions = ", ".join(Action(action).label.lower() for action in endpoint.actions)
        return "; ".join(filter(None, [kinds, actions, endpoint.filters]))

    @admin.display(description="state")
    def state(self, endpoint: WebhookEndpoint) -> SafeString:
        name, label = state_of(endpoint)
        return format_html('<span class="state state-{}">{}</span>', name, label)

    @admin.display(description="waiting", ordering="number_waiting")
    def waiting(self, endpoint: WebhookEndpoint) -> int:
        number: int = endpoint.number_waiting  # type: ignore[attr-defined]  # annotated
        return number

    # The form

    def save_model(self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool) -> None:
        if change:
            webhooks.change(obj)
        else:
            webhooks.create(obj)

    def response_add(
        self, request: HttpRequest, obj: WebhookEndpoint, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._to_secret(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        endpoint: WebhookEndpoint | None = context["original"]
        if endpoint:
            name, label = state_of(endpoint)
            context["endpoint"] = {
                "state": name,
                "label": label,
                "may_change": self.has_change_permission(request, endpoint),
                "overlap_ends": endpoint.rotated_at and endpoint.rotated_at + webhook_messages.OVERLAP,
                "overlaps": endpoint.rotated_at and timezone.now() < endpoint.rotated_at + webhook_messages.OVERLAP,
                "deliveries": f"{reverse('admin:claims_webhookdelivery_changelist')}?endpoint__id__exact={endpoint.pk}",
            }
        return super().render_change_form(request, context, *args, **kwargs)

    # What may be done to it

    def get_urls(self) -> list[URLPattern]:
        deeds: dict[str, Callable[[HttpRequest, WebhookEndpoint], HttpResponse | None]] = {
            "rotate": self._rotate,
            "ping": self._ping,
            "pause": self._pause,
            "resume": self._resume,
        }
        wrap = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{name}/", wrap(self._view), {"deed": deed}, name=f"claims_webhookendpoint_{name}")
            for name, deed in deeds.items()
        ]
        secret = path("<int:pk>/secret/", wrap(self._secret_view), name="claims_webhookendpoint_secret")
        return [*own, secret, *super().get_urls()]

    def _view(
        self,
        request: HttpRequest,
        pk: int,
        deed: Callable[[HttpRequest, WebhookEndpoint], HttpResponse | None],
    ) -> HttpResponse:
        endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
        if not self.has_change_permission(request, endpoint):
            raise PermissionDenied
        if request.method != "POST" and deed != self._rotate:
            return HttpResponseNotAllowed(["POST"])
        return deed(request, endpoint) or HttpResponseRedirect(_path("change", pk))

    def _rotate(self, request: HttpRequest, endpoint: WebhookEndpoint) -> HttpResponse:
        if request.method != "POST":
            return self._secret_page(request, endpoint, "Rotate the secret")
        webhooks.rotate_secret(endpoint)
        self.log_change(request, endpoint, "Rotated the secret.")
        return self._to_secret(request, endpoint)

    def _ping(self, request: HttpRequest, endpoint: WebhookEndpoint) -> None:
        reply = webhooks.ping(endpoint)
        said = f"It answered {reply.status}" if reply.status else "There was no answer"
        text = f"{said}: “{reply.text[:300]}”" if reply.text else f"{said}, and nothing more."
        self.message_user(request, text, messages.SUCCESS if reply.is_taken else messages.ERROR)

    def _pause(self, request: HttpRequest, endpoint: WebhookEndpoint) -> None:
        webhooks.pause(endpoint, reason=f"By {request.user.get_username()}, on the desk.")
        self.log_change(request, endpoint, "Paused it.")
        self.message_user(request, "Paused. What is published from now on waits.", messages.SUCCESS)

    def _resume(self, request: HttpRequest, endpoint: WebhookEndpoint) -> None:
        webhooks.resume(endpoint)
        self.log_change(request, endpoint, "Resumed it.")
        self.message_user(request, "Resumed. It goes on where it stopped.", messages.SUCCESS)

    def _to_secret(self, request: HttpRequest, endpoint: WebhookEndpoint) -> HttpResponse:
        request.session[SHOWN_ONCE] = endpoint.pk
        return HttpResponseRedirect(_path("secret", endpoint.pk))

    def _secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Once after it was made or rotated. It could be derived again, but then any colleague could look it up."""
        if request.session.pop(SHOWN_ONCE, None) != pk:
            self.message_user(request, "A secret is shown once. Rotate it to get a new one.", messages.ERROR)
            return HttpResponseRedirect(_path("change", pk))
        endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
        secret = webhook_messages.secret(endpoint)
        overlaps = endpoint.rotated_at is not None
        return self._secret_page(request, endpoint, "The endpoint's secret", secret=secret, overlaps=overlaps)

    def _secret_page(self, request: HttpRequest, endpoint: WebhookEndpoint, title: str, **more: Any) -> HttpResponse:
        """Without a `secret`, it asks whether to rotate."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "endpoint": endpoint,
            "back": _path("change", endpoint.pk),
            **more,
        }
        return TemplateResponse(request, "admin/claims/webhook_secret.html", context)


def state_of(endpoint: WebhookEndpoint) -> tuple[str, str]:
    """The name of a style and a word."""
    if endpoint.paused_at:
        return "retracted", "Paused"
    return ("changed", "Failing") if endpoint.failing_since else ("published", "Active")


def _path(page: str, pk: int) -> str:
    return reverse(f"admin:claims_webhookendpoint_{page}", args=[pk])
