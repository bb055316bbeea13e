"""Who makes claims, under which names, and in which roles over time."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Length

from claims.enums import RecordKind, SpeakerKind
from claims.folding import text_key
from claims.models.base import Publishable, PublishableQuerySet
from claims.models.fields import LineField, PartialDateField, ProseField
from claims.validators import validate_language, validate_wikidata_id


class SpeakerQuerySet(PublishableQuerySet["Speaker"]):
    def for_publication(self) -> Self:
        return self.prefetch_related(
            "aliases", "affiliations__organisation", "affiliations__translations", "translations"
        )

    def organisations(self) -> Self:
        return self.filter(kind__in=SpeakerKind.organisations)


class Speaker(Publishable):
    """A person, an organisation, a public body, or someone unnamed."""

    record_kind = RecordKind.SPEAKER

    kind = LineField(max_length=20, choices=SpeakerKind)
    name = LineField(
        max_length=200, help_text="As readers know them. People of the same name get a line of description."
    )
    description = ProseField(max_length=500, blank=True, default="", help_text="Who they are, in one line.")
    wikidata_id = LineField(
        max_length=13,
        blank=True,
        default="",
        validators=[validate_wikidata_id],
        verbose_name="Wikidata id",
        help_text="Such as Q22686. It tells apart people of one name.",
    )

    is_proposed = models.BooleanField(
        default=False,
        verbose_name="proposed",
        help_text="Made by an import that found nobody of this name. Clear it once someone has looked.",
    )
    name_key = models.CharField(max_length=64, editable=False, db_index=True, default="")

    objects = SpeakerQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="speaker_wikidata_id_unique",
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                violation_error_message="Another speaker already has this Wikidata id.",
            ),
        ]

    @property
    def public_name(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = text_key(self.name)
        super().save(*args, **kwargs)


class SpeakerAlias(models.Model):
    """Another name or spelling of a speaker, in any script."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = LineField(max_length=200)
    language = LineField(max_length=35, blank=True, default="", validators=[validate_language])
    name_key = models.CharField(max_length=64, editable=False, db_index=True, default="")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "speaker aliases"
        constraints = [
            models.UniqueConstraint(
                name="speaker_alias_unique",
                fields=["speaker", "name"],
                violation_error_message="This speaker already has this alias.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = text_key(self.name)
        super().save(*args, **kwargs)


class Affiliation(models.Model):
    """A role that a speaker held at an organisation, from..to (both inclusive, either may be open)."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="members")
    title = LineField(max_length=200, help_text="The role as it is written after the name, such as “Foreign Minister”.")
    start = PartialDateField(help_text="2019-02-09, 2019-02 or 2019. Empty: not known.", verbose_name="from")
    end = PartialDateField(help_text="Empty: still held, or not known.", verbose_name="to")

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_ends_after_start",
                # 2019 does not end before 2019-06: a coarse end is compared with as much of the start.
                condition=Q(start="") | Q(end="") | Q(end__gte=Left("start", Length("end"))),
                violation_error_message="A role cannot end before it starts.",
            ),
            models.CheckConstraint(
                name="affiliation_not_with_itself",
                condition=~Q(speaker=F("organisation")),
                violation_error_message="A speaker cannot hold a role at itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"

    def clean(self) -> None:
        if self.speaker_id and self.speaker_id == self.organisation_id:
            raise ValidationError({"organisation": "A speaker cannot hold a role at itself."})
        if self.organisation_id and self.organisation.kind not in SpeakerKind.organisations:
            raise ValidationError({"organisation": "A role is held at an organisation or a public body."})
