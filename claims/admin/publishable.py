"""What the forms and lists of everything that is published have in common."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin import release
from claims.admin.base import DeskAdmin
from claims.admin.links import admin_path, public_path
from claims.admin.preview import preview_view
from claims.domain.planning import Change
from claims.domain.status import PublicationState, ever_public, in_state, newest_edition, states_of, status_of
from claims.models import Publishable

P = TypeVar("P", bound=Publishable)


class PublishableChangeList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """Finds the state of all objects of the page at once."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        states = states_of(self.result_list)
        for item in self.result_list:
            item.publication_state = states[item.uid]


class PublicationFilter(admin.SimpleListFilter):
    title = "publication"
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in PublicationState if state != PublicationState.CHANGED]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return in_state(queryset, self.value() or "") if self.value() in PublicationState.values else queryset


class PublishableAdmin(DeskAdmin[P]):
    change_form_template = "admin/claims/publishable_change_form.html"
    actions = ["publish_selected", "correct_selected", "retract_selected", "delete_selected"]
    internal: ClassVar[tuple[str, Any]] = (
        "Address and internal note",
        {"fields": ["slug", "internal_note"], "classes": ["collapse"]},
    )

    # Lists

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PublishableChangeList

    @admin.display(description="publication")
    def state(self, item: P) -> SafeString:
        state: PublicationState = item.publication_state  # type: ignore[attr-defined]  # set by the list
        return format_html('<span class="state state-{}">{}</span>', state.value, state.label)

    @admin.display(description="saved", ordering="updated_at")
    def saved(self, item: P) -> str:
        return f"{timezone.localtime(item.updated_at):%Y-%m-%d}"

    @admin.action(description="Publish…", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[P]) -> HttpResponse:
        return release.release_chosen(self, request, Change.PUBLISH, queryset)

    @admin.action(description="Publish correction…", permissions=["publish"])
    def correct_selected(self, request: HttpRequest, queryset: QuerySet[P]) -> HttpResponse:
        return release.release_chosen(self, request, Change.CORRECT, queryset)

    @admin.action(description="Retract…", permissions=["publish"])
    def retract_selected(self, request: HttpRequest, queryset: QuerySet[P]) -> HttpResponse:
        return release.release_chosen(self, request, Change.RETRACT, queryset)

    @admin.action(description="Delete drafts…", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[P]) -> Any:
        public = ever_public(queryset)
        if not public:
            return delete_selected(self, request, queryset)
        names = "; ".join(str(item) for item in queryset if item.uid in public)
        text = "What is or was public cannot be deleted, only retracted. Nothing was deleted. Take out of your choice"
        self.message_user(request, f"{text}: {names}", messages.ERROR)
        return None

    # Permissions

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_delete_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and ever_public([obj]))

    # The form

    def view_on_site(self, item: P) -> str | None:
        edition = newest_edition(item)
        return public_path(edition) if edition else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        may_publish = self.has_publish_permission(request)
        context["show_publish"] = may_publish and not context["is_popup"]
        if context["original"]:
            context["publication"] = self._publication(context["original"], may_publish=may_publish)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: P) -> HttpResponseRedirect:
        return self._to_release(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: P) -> HttpResponseRedirect:
        return self._to_release(request, obj) or super().response_post_save_change(request, obj)

    def _to_release(self, request: HttpRequest, item: P) -> HttpResponseRedirect | None:
        if "_publish" in request.POST and self.has_publish_permission(request):
            return HttpResponseRedirect(release.address(item, Change.PUBLISH))
        return None

    def _publication(self, item: P, *, may_publish: bool) -> dict[str, Any]:
        state = status_of(item)
        return {
            "state": state,
            "edition": newest_edition(item),
            "changes": [(change.value, label, release.address(item, change)) for change, label in OFFERED[state]]
            if may_publish
            else [],
            "preview": admin_path(item, "preview"),
            "editions": f"{reverse('admin:claims_edition_changelist')}?kind={item.record_kind.value}&uid={item.uid}",
        }

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views: Sequence[tuple[str, Callable[..., HttpResponse], str]] = [
            *((f"{change.value}/", partial(release.release_view, self, change=change), change) for change in Change),
            ("<int:pk>/preview/", partial(preview_view, self), "preview"),
        ]
        wrap = self.admin_site.admin_view
        # Before the stock addresses: their last one takes whatever comes.
        return [*(path(route, wrap(view), name=f"{name}_{last}") for route, view, last in views), *super().get_urls()]


OFFERED: dict[PublicationState, list[tuple[Change, str]]] = {
    PublicationState.DRAFT: [(Change.PUBLISH, "Publish…")],
    PublicationState.PUBLISHED: [(Change.RETRACT, "Retract…")],
    PublicationState.CHANGED: [
        (Change.PUBLISH, "Publish changes…"),
        (Change.CORRECT, "Publish correction…"),
        (Change.RETRACT, "Retract…"),
    ],
    PublicationState.RETRACTED: [(Change.PUBLISH, "Publish again…")],
}
