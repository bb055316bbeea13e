"""Who made incoming claims: found among the speakers by Wikidata id or by exact name or alias, or else proposed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

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
    """The speakers that may be meant: by Wikidata id, and by the key of a name or alias. Those that are proposed are
    added as they come, so that it makes no difference which rows are imported together.
    """

    def __init__(self, wanted: Iterable[IncomingSpeaker]) -> None:
        wanted = list(wanted)
        self.by_wikidata_id: dict[str, Speaker] = {}
        self.by_name: dict[str, dict[UUID, Speaker]] = defaultdict(dict)
        keys = {text_key(_name(speaker)) for speaker in wanted}
        items = {speaker.wikidata_id for speaker in wanted} - {""}
        for speaker in Speaker.objects.filter(wikidata_id__in=items) if items else ():
            self.add(speaker)
        for speaker in Speaker.objects.filter(name_key__in=keys).order_by("pk"):
            self.add(speaker)
        for alias in SpeakerAlias.objects.filter(name_key__in=keys).select_related("speaker"):
            self.by_name[alias.name_key][alias.speaker.uid] = alias.speaker

    def add(self, speaker: Speaker) -> None:
        self.by_name[speaker.name_key][speaker.uid] = speaker
        if speaker.wikidata_id:
            self.by_wikidata_id[speaker.wikidata_id] = speaker

    def find(self, wanted: IncomingSpeaker, findings: list[Finding]) -> Speaker | None:
        if wanted.wikidata_id in self.by_wikidata_id:
            return self.by_wikidata_id[wanted.wikidata_id]
        named = list(self.by_name.get(text_key(_name(wanted)), {}).values())
        if _name(wanted) == UNNAMED:
            nobody = (speaker for speaker in named if speaker.kind == SpeakerKind.UNNAMED and not speaker.wikidata_id)
            return next(nobody, None)
        # Someone of this name who is somebody else.
        others = [s for s in named if s.wikidata_id and wanted.wikidata_id and s.wikidata_id != wanted.wikidata_id]
        named = [speaker for speaker in named if speaker not in others]
        if len(named) > 1:
            message = "Several speakers have this name. A new one was proposed: say on the desk who it is."
            findings.append(Finding("speaker", wanted.name, message))
            # Proposed before, for the same reason.
            named = [speaker for speaker in named if speaker.is_proposed and not speaker.wikidata_id]
        if named and wanted.wikidata_id:
            message = (
                "The speaker of this name has no Wikidata id. This one was left out: say on the desk if it is theirs."
            )
            findings.append(Finding("speaker", wanted.wikidata_id, message, wanted.name))
        return named[0] if named else None


def resolve(rows: Iterable[Incoming]) -> Found:
    """Finds the speaker of each row, and creates those that are to be proposed. Call it within `record.writing()`."""
    rows = list(rows)
    index, found = Index(row.speaker for row in rows), Found()
    for row in rows:
        speaker = index.find(row.speaker, row.findings)
        if speaker is None and (speaker := _proposed(row)):
            index.add(speaker)
            found.proposed.append(speaker)
        if speaker:
            found.speakers[row.row] = speaker
    set_slugs(found.proposed)
    Speaker.objects.bulk_create(found.proposed)
    everyone = {*found.speakers.values()}
    found.unnamed = {speaker.pk for speaker in everyone if speaker.kind == SpeakerKind.UNNAMED}
    return found


def _name(speaker: IncomingSpeaker) -> str:
    """Whoever has a Wikidata id and no name goes by it, until someone says on the desk who it is."""
    return speaker.name or speaker.wikidata_id or UNNAMED


def _proposed(row: Incoming) -> Speaker | None:
    wanted, name = row.speaker, _name(row.speaker)
    is_somebody = name != UNNAMED
    speaker = Speaker(
        name=name,
        kind=(wanted.kind or SpeakerKind.PERSON) if is_somebody else SpeakerKind.UNNAMED,
        wikidata_id=wanted.wikidata_id,
        description=wanted.description if is_somebody else "",
        is_proposed=is_somebody,
        name_key=text_key(name),
    )
    if is_somebody and not wanted.name:
        row.findings.append(Finding("speaker", name, "No name is given. The speaker was proposed by the Wikidata id."))
    if is_somebody and not wanted.kind:
        row.findings.append(Finding("speaker", name, "Proposed as a person: the file does not say what it is."))
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
