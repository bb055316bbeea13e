"""Who made incoming claims: found among the speakers by Wikidata id or by exact name or alias, or else proposed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from claims.domain.current import public_slugs
from claims.domain.incoming import Finding, Incoming, IncomingSpeaker
from claims.enums import RecordKind, SpeakerKind
from claims.folding import text_key
from claims.models import Publishable, Speaker, SpeakerAlias
from claims.models.base import SLUG_LENGTH

UNNAMED = "Unnamed"


@dataclass
class Found:
    """The speaker of each row, by its number. A row whose speaker cannot be recorded is missing, and has a finding."""

    speakers: dict[int, Speaker] = field(default_factory=dict)
    proposed: list[Speaker] = field(default_factory=list)
    unnamed: set[int] = field(default_factory=set)
    """Primary keys of speakers who stand for nobody in particular."""


class Index:
    """The speakers that may be meant: by Wikidata id, and by the key of a name or alias."""

    def __init__(self, wanted: Iterable[IncomingSpeaker]) -> None:
        wanted = list(wanted)
        self.by_wikidata_id: dict[str, Speaker] = {}
        self.by_name: dict[str, dict[int, Speaker]] = defaultdict(dict)
        keys = {text_key(speaker.name or UNNAMED) for speaker in wanted}
        items = {speaker.wikidata_id for speaker in wanted} - {""}
        for speaker in Speaker.objects.filter(wikidata_id__in=items) if items else ():
            self.add(speaker)
        for speaker in Speaker.objects.filter(name_key__in=keys).order_by("pk"):
            self.add(speaker)
        for alias in SpeakerAlias.objects.filter(name_key__in=keys).select_related("speaker"):
            self.by_name[alias.name_key][alias.speaker_id] = alias.speaker

    def add(self, speaker: Speaker) -> None:
        self.by_name[speaker.name_key][speaker.pk] = speaker
        if speaker.wikidata_id:
            self.by_wikidata_id[speaker.wikidata_id] = speaker

    def find(self, wanted: IncomingSpeaker, findings: list[Finding]) -> Speaker | None:
        if wanted.wikidata_id in self.by_wikidata_id:
            return self.by_wikidata_id[wanted.wikidata_id]
        named = list(self.by_name.get(text_key(wanted.name or UNNAMED), {}).values())
        if not wanted.name:
            return next((speaker for speaker in named if speaker.kind == SpeakerKind.UNNAMED), None)
        # Someone of this name who is somebody else.
        others = [s for s in named if s.wikidata_id and wanted.wikidata_id and s.wikidata_id != wanted.wikidata_id]
        named = [speaker for speaker in named if speaker not in others]
        if len(named) < 2:
            return named[0] if named else None
        message = "Several speakers have this name. A new one was proposed: say on the desk who it is."
        findings.append(Finding("speaker", wanted.name, message))
        # Proposed by an earlier import, for the same reason.
        return next((speaker for speaker in named if speaker.is_proposed), None)


def resolve(rows: Iterable[Incoming]) -> Found:
    """Finds the speaker of each row, and creates those that are to be proposed. Call it within `record.writing()`."""
    rows = list(rows)
    index, found = Index(row.speaker for row in rows), Found()
    new: dict[tuple[str, str], Speaker] = {}
    for row in rows:
        key = row.speaker.wikidata_id, text_key(row.speaker.name)
        speaker = new.get(key) or index.find(row.speaker, row.findings)
        if speaker is None and (speaker := _proposed(row)):
            new[key] = speaker
        if speaker:
            found.speakers[row.row] = speaker
    found.proposed = list(new.values())
    set_slugs(found.proposed)
    Speaker.objects.bulk_create(found.proposed)
    everyone = {*found.speakers.values()}
    found.unnamed = {speaker.pk for speaker in everyone if speaker.kind == SpeakerKind.UNNAMED}
    return found


def _proposed(row: Incoming) -> Speaker | None:
    wanted = row.speaker
    speaker = Speaker(
        name=wanted.name or UNNAMED,
        kind=(wanted.kind or SpeakerKind.PERSON) if wanted.name else SpeakerKind.UNNAMED,
        wikidata_id=wanted.wikidata_id,
        description=wanted.description if wanted.name else "",
        is_proposed=bool(wanted.name),
        name_key=text_key(wanted.name or UNNAMED),
    )
    if wanted.name and not wanted.kind:
        row.findings.append(Finding("speaker", wanted.name, "Proposed as a person: the file does not say what it is."))
    return speaker if is_valid(speaker, row.findings) else None


def is_valid(item: Publishable, findings: list[Finding], *, exclude: Iterable[str] = ()) -> bool:
    """Whether the desk's form would take it. What it would refuse becomes a finding that refuses the row."""
    try:
        item.clean_fields(exclude={"uid", "slug", *exclude})
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            value = str(getattr(item, name, ""))
            findings += [Finding(name, value, message, refused=True) for message in messages]
        return False
    return True


def set_slugs(items: Sequence[Publishable]) -> None:
    """What `save` would give each, asking the database once for all. A slug that readers still know is not free."""
    if not items:
        return
    kind, model = items[0].record_kind, type(items[0])
    stems = [slugify(item.public_name)[: SLUG_LENGTH - 9].rstrip("-") for item in items]
    taken = set(model._base_manager.filter(slug__in=stems).values_list("slug", flat=True))
    taken |= {slug for _, slug, _ in public_slugs((kind.value, stem) for stem in stems if stem)}
    for item, stem in zip(items, stems, strict=True):
        free = stem and stem not in taken
        item.slug = stem if free else f"{stem or RecordKind(kind).value}-{item.uid.hex[:8]}"
        taken.add(item.slug)
