"""Where desk objects stand between the desk and the record."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, TextChoices

from claims.domain import documents
from claims.domain.current import current_documents
from claims.domain.documents import Key
from claims.domain.drafts import unchecked_drafts
from claims.domain.errors import PublishingError
from claims.domain.record import Document
from claims.enums import RecordKind
from claims.models import Edition, Publishable, PublishedClaim, PublishedEntity

P = TypeVar("P", bound=Publishable)


class PublicationState(TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    CHANGED = "changed", "Published, changes not yet published"
    RETRACTED = "retracted", "Retracted"


def status_of(item: Publishable) -> PublicationState:
    return states_of([item])[item.uid]


def states_of(items: Sequence[Publishable]) -> dict[UUID, PublicationState]:
    """The state of each of `items`, all of one kind, by uid; the number of queries does not grow with them."""
    current = current_documents(documents.key_of(item) for item in items)
    changed = _changed([item for item in items if documents.key_of(item) in current], current)
    recorded = ever_public(items)

    def state(item: Publishable) -> PublicationState:
        if documents.key_of(item) in current:
            return PublicationState.CHANGED if item.uid in changed else PublicationState.PUBLISHED
        return PublicationState.RETRACTED if item.uid in recorded else PublicationState.DRAFT

    return {item.uid: state(item) for item in items}


def ever_public(items: Iterable[Publishable]) -> set[UUID]:
    """The uids of those of `items` that the record knows: what is or was public."""
    keys = {documents.key_of(item) for item in items}
    editions = Edition.objects.filter(kind__in={kind for kind, _ in keys}, uid__in={uid for _, uid in keys}, number=1)
    return set(editions.values_list("uid", flat=True))


def newest_edition(item: Publishable) -> Edition | None:
    """The edition that says last what readers get of `item`, without its document; None for what was never public."""
    return Edition.objects.of_object(item.record_kind, item.uid).defer("document").first()


def in_state(items: QuerySet[P], state: str) -> QuerySet[P]:
    """Those of `items` that are drafts, published (changed since or not) or retracted."""
    kind = items.model.record_kind
    editions = Edition.objects.filter(kind=kind, uid=OuterRef("uid"), number=1)
    public: QuerySet[PublishedClaim] | QuerySet[PublishedEntity]
    if kind == RecordKind.CLAIM:
        public = PublishedClaim.objects.filter(uid=OuterRef("uid"))
    else:
        public = PublishedEntity.objects.filter(kind=kind, uid=OuterRef("uid"))
    match state:
        case PublicationState.DRAFT:
            return items.filter(~Exists(editions))
        case PublicationState.RETRACTED:
            return items.filter(Exists(editions), ~Exists(public))
        case _:
            return items.filter(Exists(public))


def _changed(items: Sequence[Publishable], current: dict[Key, Document]) -> set[UUID]:
    """The uids of those of the public `items` whose publication would change what readers get of them.

    Each is compared by itself, as `publishing.preview` would: with the published state of what it names, even when
    that is among `items` too.
    """
    if not items:
        return set()
    drafts = {UUID(uid): draft for (_, uid), draft in unchecked_drafts(map(documents.key_of, items)).items()}
    named = {uid: documents.references(draft) for uid, draft in drafts.items()}
    published = current_documents(set().union(*named.values()))
    return {
        uid
        for uid, draft in drafts.items()
        if _differs(draft, named[uid], published, current[draft["type"], draft["id"]])
    }


def _differs(draft: Document, named: set[Key], published: dict[Key, Document], current: Document) -> bool:
    if any(key not in published for key in named if key[0] != RecordKind.CLAIM):
        return True  # it names something that would be published along with it
    try:
        return documents.embed(draft, published) != current
    except PublishingError:  # a rating that its published scale lacks: no published document has it
        return True
