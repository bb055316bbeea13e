from typing import Self

from django.db import models
from django.db.models import Q

from claims.enums import PageSlug, RecordKind
from claims.models.base import Publishable, PublishableQuerySet
from claims.models.fields import LineField, ProseField
from claims.validators import validate_language


class PageQuerySet(PublishableQuerySet["Page"]):
    def for_publication(self) -> Self:
        return self.prefetch_related("translations")


class Page(Publishable):
    """A text of the site itself in the newsroom's own words. Until one is published, readers get the default text."""

    record_kind = RecordKind.PAGE

    slug = models.SlugField(
        max_length=100,
        unique=True,
        choices=PageSlug,
        verbose_name="page",
        error_messages={"unique": "The text of this page is on the desk already."},
    )
    title = LineField(max_length=200)
    body = ProseField(
        max_length=50_000,
        verbose_name="text",
        help_text="Markdown: # heading, **strong**, *emphasis*, [link](https://…), - list. An empty line starts a "
        "paragraph.",
    )
    language = LineField(max_length=35, default="en", validators=[validate_language])

    objects = PageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="page_slug_known",
                condition=Q(slug__in=sorted(PageSlug.values)),
                violation_error_message="There is no such page on the site.",
            ),
        ]

    @property
    def public_name(self) -> str:
        return self.title
