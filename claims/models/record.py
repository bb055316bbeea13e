"""The record: every edition of every public object, in the order of publication. It only grows."""

from typing import Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, Q, When
from django.db.models.lookups import Lookup

from claims.enums import Action, RecordKind
from claims.models.fields import LineField

GENESIS = "0" * 64


class NeedsReason(Lookup):
    """Of an action. The values are part of the statement: SQLite does not look at those that are handed to it for
    whether a partial index will do.
    """

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str, ...]]:
        column, _ = self.process_lhs(compiler, connection)
        actions = ", ".join(f"'{action}'" for action in sorted(Action.needs_reason))
        return f"{column} IN ({actions})", ()


class EditionQuerySet(models.QuerySet["Edition"]):
    def after(self, sequence: int) -> Self:
        """In order, from the edition that follows `sequence`."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def of(self, kind: str, slug: str) -> Self:
        """All editions of the object that has, or had, this slug; the newest first."""
        newest = Edition.objects.filter(kind=kind, slug=slug).order_by("-sequence").values("uid")[:1]
        return self.filter(kind=kind, uid=models.Subquery(newest)).order_by("-sequence")

    def with_reason(self) -> Self:
        """Corrections and retractions, by the index of them."""
        return self.filter(NeedsReason(F("action"), rhs=True))

    def showing(self, condition: Q) -> Self:
        """With `shown`, the document of the one edition that meets `condition`; the others' are not read."""
        shown = Case(When(condition, then="document"), output_field=models.TextField())
        return self.defer("document").annotate(shown=shown)

    def of_object(self, kind: str, uid: object) -> Self:
        return self.filter(kind=kind, uid=uid).order_by("-sequence")


class Edition(models.Model):
    """One published state. Triggers refuse UPDATE and DELETE, and any INSERT that does not continue the chain."""

    sequence = models.BigIntegerField(primary_key=True)
    kind = LineField(max_length=20, choices=RecordKind)
    uid = models.UUIDField()
    slug = models.SlugField(max_length=100)
    number = models.PositiveIntegerField()
    action = LineField(max_length=20, choices=Action)
    note = models.TextField(blank=True)
    document = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    previous_digest = models.CharField(max_length=64, unique=True)
    author = models.CharField(max_length=150)
    author_salt = models.CharField(max_length=32)
    published_at = models.DateTimeField()
    # Only of an edition mirrored from another site, which keeps its author's name and salt to itself.
    author_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 (adding NULL keeps SQLite's triggers)
    # JSON: a list of `language` and `note`. NULL where the note has no translation, as in all editions of before.
    note_translations = models.TextField(null=True, blank=True)  # noqa: DJ001 (as above)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        get_latest_by = "sequence"
        indexes = [
            models.Index(fields=["kind", "slug", "sequence"], name="edition_by_slug"),
            models.Index(
                fields=["sequence"], name="edition_with_reason", condition=Q(action__in=sorted(Action.needs_reason))
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "uid", "number"], name="edition_number_unique"),
            models.CheckConstraint(name="edition_counts_from_1", condition=Q(sequence__gte=1, number__gte=1)),
            models.CheckConstraint(
                name="edition_reason_where_needed",
                condition=~Q(action__in=sorted(Action.needs_reason)) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}, edition {self.number}"
