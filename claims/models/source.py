from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from claims import addresses
from claims.enums import RecordKind, SourceKind
from claims.models.base import Publishable, PublishableQuerySet
from claims.models.fields import AddressField, LineField, PartialDateField, ProseField
from claims.validators import validate_language, validate_sha256


class SourceQuerySet(PublishableQuerySet["Source"]):
    def for_publication(self) -> Self:
        return self.prefetch_related("translations")


class Source(Publishable):
    """One document, post, broadcast or dataset: where a claim appears, or what a verdict rests on."""

    record_kind = RecordKind.SOURCE

    kind = LineField(max_length=20, choices=SourceKind, default=SourceKind.ARTICLE)
    title = LineField(max_length=500)
    publisher = LineField(max_length=200, help_text="The newspaper, broadcaster, ministry or site that published it.")
    authors = ProseField(max_length=2000, blank=True, default="", help_text="One name a line.")
    url = AddressField(verbose_name="address", help_text="The canonical address. Empty for what is not on the web.")
    address_key = models.CharField(max_length=2000, editable=False, null=True)  # noqa: DJ001 (NULL: unique ignores it)
    published_on = PartialDateField(help_text="2019-02-09, 2019-02 or 2019.")
    language = LineField(max_length=35, default="en", validators=[validate_language])
    archived_url = AddressField(verbose_name="archived address", help_text="A saved copy that will not change.")
    archived_at = models.DateTimeField(null=True, blank=True)
    content_hash = LineField(
        max_length=64,
        blank=True,
        default="",
        validators=[validate_sha256],
        verbose_name="SHA-256 of the saved content",
    )

    objects = SourceQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                name="source_address_unique",
                fields=["address_key"],
                violation_error_message="A source with this address already exists.",
            ),
            models.CheckConstraint(
                name="source_archive_has_address",
                condition=Q(archived_at=None) | ~Q(archived_url=""),
                violation_error_message="An archiving time needs the address of the archived copy.",
            ),
        ]

    @property
    def public_name(self) -> str:
        return self.title

    @property
    def author_names(self) -> list[str]:
        return [name.strip() for name in self.authors.splitlines() if name.strip()]

    def clean(self) -> None:
        self._set_address_key()
        existing = self.same_address()
        if existing:
            raise ValidationError(
                {"url": f"This address is already recorded: source {existing.pk}, “{existing}” ({existing.slug})."}
            )

    def save(self, *args: object, **kwargs: object) -> None:
        self._set_address_key()
        super().save(*args, **kwargs)

    def same_address(self) -> "Source | None":
        """Another source whose address is this one but for its spelling."""
        if not self.address_key:
            return None
        return Source.objects.filter(address_key=self.address_key).exclude(pk=self.pk).first()

    def _set_address_key(self) -> None:
        try:
            self.address_key = addresses.normalise(self.url) if self.url else None
        except ValueError:  # reported by the field's own validator
            self.address_key = None
