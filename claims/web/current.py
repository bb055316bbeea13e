"""A claim as it stands, with its history: all that its page, its renditions and its card are made of, in one query."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from claims.domain.record import Document
from claims.enums import Action, RecordKind
from claims.models import Edition, PublishedClaim


@dataclass(frozen=True, slots=True)
class Shown:
    """One edition of a claim with its document, among all of the claim's editions, which come newest first."""

    document: Document
    edition: Edition
    editions: Sequence[Edition]

    @property
    def slug(self) -> str:
        return self.editions[0].slug

    @property
    def corrections(self) -> list[Edition]:
        return [edition for edition in self.editions if edition.action == Action.CORRECTED]


def current_claim(slug: str) -> tuple[Shown | None, list[Edition]]:
    """What is public under `slug`, None if nothing is; and all editions of what has or had the slug."""
    current = PublishedClaim.objects.filter(slug=slug).values("edition")
    editions = list(Edition.objects.of(RecordKind.CLAIM, slug).showing(Q(pk__in=current)))
    return _shown(editions), editions


def claim_at(slug: str, number: int) -> Shown | None:
    """The edition of this number of what has or had the slug."""
    return _shown(list(Edition.objects.of(RecordKind.CLAIM, slug).showing(Q(number=number))))


def _shown(editions: list[Edition]) -> Shown | None:
    found = ((getattr(edition, "shown", None), edition) for edition in editions)
    return next((Shown(json.loads(text), edition, editions) for text, edition in found if text), None)
