"""What an import brings, whatever its format: read liberally, with a finding for all that was not as it should be."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the report names: the field as the file calls it, what stood there, and what was wrong with it.

    The message is the same wherever the same is wrong, so that a report can count them; `outcome` is what was made of
    the value, where that needs saying.
    """

    field: str
    value: str
    message: str
    outcome: str = ""
    refused: bool = False  # the row cannot be imported because of it


@dataclass(frozen=True, slots=True)
class IncomingSpeaker:
    """Who made the claim. An empty name stands for nobody in particular."""

    name: str = ""
    kind: str = ""  # a SpeakerKind, or empty where the file does not say
    wikidata_id: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class IncomingReview:
    """What another publisher found, in its words. Fields are those of ExternalReview."""

    publisher: str
    url: str = ""
    identifier: str = ""
    title: str = ""
    rating: str = ""
    rating_value: str = ""
    rating_best: str = ""
    rating_worst: str = ""
    language: str = ""
    reviewed_on: str = ""  # EDTF level 0


@dataclass(slots=True)
class Incoming:
    """One claim of a file, with the reviews of it that the file holds. `row` counts from 1 as a person would."""

    row: int
    text: str = ""
    language: str = ""
    claimed_on: str = ""  # EDTF level 0
    speaker: IncomingSpeaker = IncomingSpeaker()
    topics: list[str] = field(default_factory=list)
    reviews: list[IncomingReview] = field(default_factory=list)
    note: str = ""  # for colleagues: what has no place of its own, such as where it was said
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(finding.refused for finding in self.findings)
