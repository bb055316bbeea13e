"""Partners, their keys and what these were used for. Secrets are shown once; see `claims.admin.partner_key`."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from claims.admin.partner_key import create_view, revoke_view, rotate_view
from claims.admin.webhook_delivery import DeliveryOwnerAdmin
from claims.domain import usage
from claims.domain.partners import state_of
from claims.enums import KeyScope
from claims.models import Partner, PartnerKey

DAYS = 30
STATES = {"works": "Works", "expired": "Expired", "revoked": "Revoked"}


@admin.register(Partner)
class PartnerAdmin(DeliveryOwnerAdmin[Partner]):
    list_display = ["name", "email", "working_keys"]
    search_fields = ["name", "email", "keys__prefix"]
    change_form_template = "admin/claims/partner_change_form.html"

    @admin.display(description="Keys that work")
    def working_keys(self, partner: Partner) -> int:
        count: int = partner.working  # type: ignore[attr-defined]  # annotated below
        return count

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        works = Q(keys__revoked_at=None) & (Q(keys__expires_at=None) | Q(keys__expires_at__gt=timezone.now()))
        partners: QuerySet[Partner] = super().get_queryset(request)
        return partners.annotate(working=Count("keys", filter=works & Q(keys__isnull=False)))

    def get_urls(self) -> list[URLPattern]:
        views = {"key_create": create_view, "key_rotate": rotate_view, "key_revoke": revoke_view}
        routes = {"key_create": "<int:pk>/keys/create/", "key_rotate": "keys/<int:pk>/rotate/"}
        routes["key_revoke"] = "keys/<int:pk>/revoke/"
        own = [
            path(route, self.admin_site.admin_view(self._bound(views[name])), name=f"claims_partner_{name}")
            for name, route in routes.items()
        ]
        return [*own, *super().get_urls()]

    def _bound(self, view: Any) -> Any:
        def bound(request: HttpRequest, pk: int) -> HttpResponse:
            response: HttpResponse = view(self, request, pk)
            return response

        return bound

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        partner = self.get_object(request, object_id)
        return super().change_view(request, object_id, form_url, _around(partner, request) if partner else None)


def _around(partner: Partner, request: HttpRequest) -> dict[str, Any]:
    """What stands around the form: keys, their use, and what may be done with them."""
    return {
        "keys": [_shown(key) for key in partner.keys.select_related("rotated_to")],
        "days": usage.by_day(partner, days=DAYS, now=timezone.now()),
        "may_create_keys": request.user.has_perm("claims.add_partnerkey"),
        "may_change_keys": request.user.has_perm("claims.change_partnerkey"),
    }


def _shown(key: PartnerKey) -> dict[str, Any]:
    state = state_of(key, now=timezone.now())
    scopes: Sequence[str] = [KeyScope(scope).label for scope in key.scopes]
    works = state == "works"
    return {
        "key": key,
        "state": state,
        "label": STATES[state],
        "scopes": scopes,
        "works": works,
        "may_rotate": works and not key.rotated_to,
    }
