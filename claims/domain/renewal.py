"""When something public changes, whatever names it is renewed: the part that names it, and nothing of any draft."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import UUIDField
from django.utils.translation import gettext, override, pgettext

from claims.domain import documents, projection, record
from claims.domain.chunks import chunks
from claims.domain.current import CHUNK, current_documents
from claims.domain.documents import Key
from claims.domain.prepared import Prepared
from claims.domain.record import Document, Entry
from claims.enums import Action, RecordKind
from claims.models import Edition, PublishedClaim, PublishedEntity, PublishedReference

ANY_NAME = Prepared(
    lambda uids: PublishedReference.objects.filter(kind__in=RecordKind.values, uid__in=uids)[:1],
    "referrer",
    key=UUIDField(),
)


def renew(editions: list[Edition], *, by: str) -> list[Edition]:
    """Append an `updated` edition for each public document whose embedded parts the given editions have changed.

    Goes on until nothing changes any more: a renamed organisation renews its members, and these their claims.
    """
    appended = []
    # What was never public before is named by nothing public yet.
    while editions := _named_somewhere([edition for edition in editions if edition.number > 1]):
        changed = {(edition.kind, str(edition.uid)): edition for edition in editions}
        editions = []
        referrers = sorted(referrers_of(changed))
        for start in range(0, len(referrers), CHUNK):
            editions += _renew(referrers[start : start + CHUNK], changed, by)
        appended += editions
    return appended


def _named_somewhere(editions: list[Edition]) -> list[Edition]:
    """None of them when nothing public names any, which is what most publications find."""
    parts = chunks([edition.uid for edition in editions], CHUNK)
    return editions if any(list(ANY_NAME.rows(uids)) for uids in parts) else []


def referrers_of(changed: Iterable[Key]) -> set[Key]:
    """The public objects whose documents name any of `changed`."""
    changed = list(changed)
    found: set[Key] = set()
    for start in range(0, len(changed), CHUNK):
        part = changed[start : start + CHUNK]
        # A uid is unique across kinds, so the kinds need not be paired with them.
        names = PublishedReference.objects.filter(kind__in={kind for kind, _ in part}, uid__in={uid for _, uid in part})
        sequences = names.values("referrer")
        claims = PublishedClaim.objects.filter(first_sequence__in=sequences).values_list("uid", flat=True)
        found |= {(RecordKind.CLAIM.value, str(uid)) for uid in claims}
        entities = PublishedEntity.objects.filter(first_sequence__in=sequences).values_list("kind", "uid")
        found |= {(kind, str(uid)) for kind, uid in entities}
    return found


def _renew(referrers: list[Key], changed: dict[Key, Edition], by: str) -> list[Edition]:
    current = current_documents(referrers)
    named = set().union(*(documents.references(document) for document in current.values()))
    published = current_documents(named)
    numbers = record.last_numbers(current)
    entries = []
    for key, document in sorted(current.items()):
        renewed = documents.embed(document, published)
        if renewed != document:
            note, translations = _note(document, changed)
            kind = RecordKind(key[0])
            entries.append(Entry(kind, numbers[key] + 1, renewed, Action.UPDATED, note, by, translations))
    editions = record.append(entries)
    projection.project(editions)
    return editions


def _note(document: Document, changed: dict[Key, Edition]) -> tuple[str, dict[str, str]]:
    """The reader's explanation of an edition that nobody wrote: the newsroom's language, and by language the others."""
    keys = documents.references(document) & changed.keys()
    notes = _notes(frozenset(kind for kind, _ in keys))
    return notes[settings.LANGUAGE_CODE], {code: said for code, said in notes.items() if code != settings.LANGUAGE_CODE}


def _notes(kinds: frozenset[str]) -> dict[str, str]:
    notes = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            labels = sorted(str(RecordKind(kind).label) for kind in kinds)
            named = pgettext("between items of a list", ", ").join(labels)
            notes[code] = gettext("Renewed after a change of what is named here: %(kinds)s.") % {"kinds": named}
    return notes
