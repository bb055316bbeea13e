"""What was sent to whom and what came back. Nobody adds or changes a delivery; it can be sent again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.admin.base import DeskAdmin, M
from claims.domain import webhook_messages, webhooks
from claims.enums import DeliveryState
from claims.models import WebhookDelivery

STYLES = {DeliveryState.WAITING: "changed", DeliveryState.DELIVERED: "published", DeliveryState.FAILED: "retracted"}


class DeliveryOwnerAdmin(DeskAdmin[M]):
    """Of what deliveries go with: nobody deletes one by itself, but whoever may delete what owns it deletes it, too."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        texts, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return texts, counts, forbidden - {WebhookDelivery._meta.verbose_name}, protected


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(DeskAdmin[WebhookDelivery]):
    change_form_template = "admin/claims/webhook_delivery.html"
    fields = ["endpoint", "what", "message", "shown_state", "attempts", "attempted", "status", "answer", "next_attempt"]
    readonly_fields = ["what", "message", "shown_state", "attempted", "next_attempt"]
    list_display = ["what", "shown_state", "endpoint", "attempts", "answered", "attempted", "next_attempt"]
    list_filter = ["state", "endpoint__partner", "edition__kind", "edition__action"]
    list_select_related = ["endpoint", "edition"]
    search_fields = ["edition__slug", "endpoint__url"]
    search_help_text = "A part of the object's or of the endpoint's address."
    ordering = ["-edition", "-pk"]
    actions = ["replay_selected"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        found = super().get_queryset(request).select_related("endpoint", "edition")
        return found.defer("edition__document", "edition__note")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "endpoint__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: WebhookDelivery | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: WebhookDelivery | None = None) -> bool:
        return False

    def has_replay_permission(self, request: HttpRequest) -> bool:
        """Whoever may change an endpoint may also have things sent to it."""
        return self.has_view_permission(request) and request.user.has_perm("claims.change_webhookendpoint")

    # Columns

    @admin.display(description="edition", ordering="edition")
    def what(self, delivery: WebhookDelivery) -> str:
        edition = delivery.edition
        return f"{edition.slug}, edition {edition.number}: {edition.kind}.{edition.action}"

    @admin.display(description="state", ordering="state")
    def shown_state(self, delivery: WebhookDelivery) -> SafeString:
        state = DeliveryState(delivery.state)
        return format_html('<span class="state state-{}">{}</span>', STYLES[state], state.label)

    @admin.display(description="answer")
    def answered(self, delivery: WebhookDelivery) -> str:
        return Truncator(f"{delivery.status or ''} {delivery.answer}".strip()).chars(60)

    @admin.display(description="last attempt", ordering="attempted_at")
    def attempted(self, delivery: WebhookDelivery) -> str:
        return _moment(delivery.attempted_at)

    @admin.display(description="next attempt", ordering="due_at")
    def next_attempt(self, delivery: WebhookDelivery) -> str:
        return _moment(delivery.due_at) if delivery.state == DeliveryState.WAITING else ""

    @admin.display(description="webhook-id")
    def message(self, delivery: WebhookDelivery) -> str:
        return webhook_messages.message_id(delivery.endpoint, delivery.edition_id)

    # Sending again

    @admin.action(description="Send again", permissions=["replay"])
    def replay_selected(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        self._replay(request, queryset)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self._replay_view)
        return [path("<int:pk>/replay/", view, name="claims_webhookdelivery_replay"), *super().get_urls()]

    def _replay_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_replay_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        delivery = get_object_or_404(WebhookDelivery, pk=pk)
        self._replay(request, WebhookDelivery.objects.filter(pk=delivery.pk))
        return HttpResponseRedirect(reverse("admin:claims_webhookdelivery_change", args=[pk]))

    def _replay(self, request: HttpRequest, deliveries: QuerySet[WebhookDelivery]) -> None:
        chosen = deliveries.count()
        count = webhooks.replay(deliveries)
        rest = chosen - count
        text = f"{count} will be sent again." if count else "Nothing was to be sent again."
        if rest:
            text += f" {rest} wait to be sent within half a minute as it is."
        self.message_user(request, text, messages.SUCCESS if count else messages.INFO)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_replay"] = self.has_replay_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)


def _moment(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""
