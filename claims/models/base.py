"""What every desk object with editions has in common."""

import uuid
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.utils.text import slugify

from claims.enums import RecordKind
from claims.models.fields import ProseField

SLUG_LENGTH = 100


M = TypeVar("M", bound=models.Model)


class PublishableQuerySet(models.QuerySet[M]):
    """Reads that every publishable object offers."""

    def for_publication(self) -> Self:
        """With everything that its public document is built from. (Claims are read by column: `domain/drafts.py`.)"""
        return self


class Publishable(models.Model):
    """A draft on the desk. Readers never see it: they see the editions that publishing makes of it."""

    record_kind: ClassVar[RecordKind]

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text="Its part of the public address. Left empty, it is made from the text.",
    )
    internal_note = ProseField(
        max_length=5000, blank=True, default="", help_text="For colleagues only. Never shown to readers."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    def __str__(self) -> str:
        return self.public_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    @property
    def public_name(self) -> str:
        """What readers call it."""
        raise NotImplementedError

    def _free_slug(self) -> str:
        """Made from the public name; a part of the uid tells it apart, or serves names without Latin letters."""
        stem = slugify(self.public_name)[: SLUG_LENGTH - 9].rstrip("-")
        if stem and not type(self)._base_manager.filter(slug=stem).exists():
            return stem
        return f"{stem or self.record_kind}-{self.uid.hex[:8]}"
