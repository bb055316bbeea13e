"""The only door from the desk to readers: publish, correct, retract."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from claims.domain import documents, projection, record
from claims.domain.current import current_documents, public_slugs
from claims.domain.documents import Key
from claims.domain.drafts import MODELS, read_drafts
from claims.domain.errors import PublishingError
from claims.domain.record import Document, Entry
from claims.domain.renewal import renew
from claims.enums import Action, RecordKind
from claims.models import (
    Edition,
    Publishable,
    PublishedReference,
)
from claims.visible import is_blank

# A note in further languages, by language.
Notes = Mapping[str, str]
NO_NOTES: Notes = MappingProxyType({})


def publish(item: Publishable, *, by: str, note: str = "", translations: Notes = NO_NOTES) -> Edition | None:
    """Make the desk's state of `item` public.

    Appends an edition (published, or updated where it is public already), and before it one for each speaker, source,
    topic or scale that `item` names and that was never public. Renews what names `item`. Appends nothing and returns
    None when nothing public changed. `translations` are of the note. Raises PublishingError.
    """
    return _edition_of(item, publish_all([item], by=by, note=note, translations=translations))


def publish_all(
    items: Sequence[Publishable], *, by: str, note: str = "", translations: Notes = NO_NOTES
) -> list[Edition]:
    """`publish` for many at once, in one transaction: all or none. Returns every edition that was appended."""
    with record.writing():
        return _release(items, Action.UPDATED, by=by, note=note, translations=translations)


def correct(item: Publishable, *, by: str, reason: str, translations: Notes = NO_NOTES) -> Edition | None:
    """Like `publish`, for a change of what was found or stated: the edition is a correction, and readers see why.

    Raises PublishingError, also when `item` is not public or no reason is given.
    """
    _require_reason(reason)
    with record.writing():
        if not current_documents([documents.key_of(item)]):
            raise PublishingError("Only what is public can be corrected. Publish it first.")
        note = reason.strip()
        return _edition_of(item, _release([item], Action.CORRECTED, by=by, note=note, translations=translations))


def retract(item: Publishable, *, by: str, reason: str, translations: Notes = NO_NOTES) -> Edition:
    """Take `item` back: the edition says why, and shows nothing of what the item said. Renews claims that relate to it.

    Publishing it again later appends a further edition. Raises PublishingError when it is not public, when no reason
    is given, or when it is a speaker, source, topic or scale that something public still names.
    """
    _require_reason(reason)
    with record.writing():
        key = documents.key_of(item)
        current = current_documents([key])
        if key not in current:
            raise PublishingError("Only what is public can be retracted.")
        _require_unnamed(item)
        document = documents.tombstone(current[key])
        number = record.last_numbers([key])[key] + 1
        entry = Entry(item.record_kind, number, document, Action.RETRACTED, reason.strip(), by, translations)
        editions = record.append([entry])
        projection.project(editions)
        renew(editions, by=by)
        return editions[0]


def preview(item: Publishable) -> Document:
    """The document that publishing `item` now would make public. Raises PublishingError as `publish` would."""
    return preview_all([item])[documents.key_of(item)]


def _release(items: Sequence[Publishable], change: Action, *, by: str, note: str, translations: Notes) -> list[Edition]:
    assembled = preview_all(items)
    asked = {documents.key_of(item) for item in items}
    numbers = record.last_numbers(assembled)
    current = current_documents(numbers)
    _require_free_slugs(assembled, current)
    editions = record.append(
        Entry(
            kind=RecordKind(key[0]),
            number=numbers.get(key, 0) + 1,
            document=document,
            action=change if key in current else Action.PUBLISHED,
            note=note if key in asked else "",
            author=by,
            note_translations=translations if key in asked else NO_NOTES,
        )
        for key, document in assembled.items()
        if current.get(key) != document
    )
    projection.project(editions)
    return editions + renew(editions, by=by)


def preview_all(items: Sequence[Publishable]) -> dict[Key, Document]:
    """Documents of `items` and of whatever they name that is not public, in the order in which to append them."""
    keys = [documents.key_of(item) for item in items]
    found = read_drafts(keys)
    if found.keys() != set(keys):
        raise PublishingError("It is no longer on the desk: someone has deleted it.")
    drafts = {key: found[key] for key in keys}
    published: dict[Key, Document] = {}
    unknown = _named_by(drafts.values()) - drafts.keys()
    while unknown:
        published |= current_documents(unknown)
        # A related claim that is not public stays private; anything else comes along.
        new = read_drafts(key for key in unknown - published.keys() if key[0] != RecordKind.CLAIM)
        _require_never_retracted(new)
        drafts |= new
        unknown = _named_by(new.values()) - drafts.keys() - published.keys()
    order = list(MODELS)
    assembled: dict[Key, Document] = {}
    for key in sorted(drafts, key=lambda key: order.index(key[0])):
        assembled[key] = documents.embed(drafts[key], {**published, **drafts, **assembled})
    return assembled


def _named_by(drafts: Iterable[Document]) -> set[Key]:
    return set().union(*(documents.references(draft) for draft in drafts))


def _require_never_retracted(dependencies: dict[Key, Document]) -> None:
    """What was taken back does not return as a companion of something else."""
    if not dependencies:
        return
    kinds, uids = {kind for kind, _ in dependencies}, {uid for _, uid in dependencies}
    retracted = Edition.objects.filter(kind__in=kinds, uid__in=uids, number=1).first()
    if retracted:
        label = RecordKind(retracted.kind).label.lower()
        raise PublishingError(f"It names a {label} that was retracted ({retracted.slug}). Publish that again first.")


def _require_free_slugs(assembled: dict[Key, Document], current: dict[Key, Document]) -> None:
    """A slug that is free on the desk may still be public for another object, whose own change is not published yet."""
    wanted = {
        (key[0], document["slug"]): key
        for key, document in assembled.items()
        if key not in current or current[key]["slug"] != document["slug"]
    }
    for kind, slug, uid in public_slugs(wanted):
        holder = (kind, str(uid))
        if holder != wanted[kind, slug] and holder not in assembled:
            raise PublishingError(
                f"The slug “{slug}” still belongs to another published {RecordKind(kind).label.lower()}."
            )


def _edition_of(item: Publishable, editions: list[Edition]) -> Edition | None:
    return next((edition for edition in editions if (edition.kind, edition.uid) == (item.record_kind, item.uid)), None)


def _require_reason(reason: str) -> None:
    if is_blank(reason):
        raise PublishingError("Give the reason: readers see it beside the change.")


def _require_unnamed(item: Publishable) -> None:
    if item.record_kind == RecordKind.CLAIM:
        return
    names = PublishedReference.objects.filter(kind=item.record_kind, uid=item.uid).count()
    if names:
        raise PublishingError(f"It is named by {names} published pages. Retract or change those first.")
