"""Rows of other forms that have translations, which need a page of their own: Django's forms are not nested deeper."""

from typing import ClassVar, TypeVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect

from claims.admin.base import DeskAdmin
from claims.admin.links import admin_path
from claims.admin.translation import (
    AffiliationTranslationInline,
    EvidenceTranslationInline,
    RatingTranslationInline,
)
from claims.models import Affiliation, Evidence, Rating

M = TypeVar("M", bound=models.Model)


class RowAdmin(DeskAdmin[M]):
    """A row of another form, on a page of its own for what belongs to it. It is made and deleted in that form."""

    whole: ClassVar[str]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def response_post_save_change(self, request: HttpRequest, obj: M) -> HttpResponseRedirect:
        return HttpResponseRedirect(admin_path(getattr(obj, self.whole)))


@admin.register(Affiliation)
class AffiliationAdmin(RowAdmin[Affiliation]):
    whole = "speaker"
    fields = readonly_fields = ("speaker", "organisation", "title", "start", "end")
    inlines = [AffiliationTranslationInline]


@admin.register(Evidence)
class EvidenceAdmin(RowAdmin[Evidence]):
    whole = "claim"
    fields = readonly_fields = ("claim", "source", "stance", "quotation", "locator", "note")
    inlines = [EvidenceTranslationInline]


@admin.register(Rating)
class RatingAdmin(RowAdmin[Rating]):
    whole = "scale"
    fields = readonly_fields = ("scale", "label", "definition", "conclusive", "rank")
    inlines = [RatingTranslationInline]
