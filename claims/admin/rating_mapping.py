"""Which of our ratings comes closest to other publishers' words. Those without are listed; an editor picks."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims.admin.base import DeskAdmin
from claims.admin.verdict import ratings_by_scale
from claims.models import ExternalReview, RatingMapping

PER_PAGE = 100


@admin.register(RatingMapping)
class RatingMappingAdmin(DeskAdmin[RatingMapping]):
    list_display = ["words", "publisher", "rating"]
    list_filter = ["rating"]
    list_select_related = ["rating"]
    search_fields = ["publisher", "words"]
    search_help_text = "A part of the publisher's name or of its words."
    change_list_template = "admin/claims/rating_mapping_list.html"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "rating":
            field.choices = ratings_by_scale
        return field

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.unmapped_view)
        return [path("unmapped/", view, name="claims_ratingmapping_unmapped"), *super().get_urls()]

    def unmapped_view(self, request: HttpRequest) -> HttpResponse:
        """Publishers and words, the most frequent first, each with the way to a mapping."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(ExternalReview.objects.unmapped(), PER_PAGE).get_page(request.GET.get("page"))
        rows = [(row, _add_path(row["publisher"], row["words"])) for row in page]
        context = {
            **self.admin_site.each_context(request),
            "title": "Other publishers' ratings without a mapping",
            "opts": self.opts,
            "page": page,
            "rows": rows,
            "may_add": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/claims/unmapped_ratings.html", context)

    def response_post_save_add(self, request: HttpRequest, obj: RatingMapping) -> HttpResponseRedirect:
        """On to the next one."""
        return HttpResponseRedirect(reverse("admin:claims_ratingmapping_unmapped"))


def _add_path(publisher: str, words: str) -> str:
    query = QueryDict(mutable=True)
    query.update({"publisher": publisher, "words": words})
    return f"{reverse('admin:claims_ratingmapping_add')}?{query.urlencode()}"
