from typing import Self

from claims.enums import RecordKind
from claims.models.base import Publishable, PublishableQuerySet
from claims.models.fields import LineField, ProseField


class TopicQuerySet(PublishableQuerySet["Topic"]):
    def for_publication(self) -> Self:
        return self.prefetch_related("translations")


class Topic(Publishable):
    """A subject under which readers find claims."""

    record_kind = RecordKind.TOPIC

    name = LineField(max_length=100, unique=True, error_messages={"unique": "There is already a topic of this name."})
    description = ProseField(max_length=1000, blank=True, default="")

    objects = TopicQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["name"]

    @property
    def public_name(self) -> str:
        return self.name
