import pytest

from claims.domain import incoming_speakers, record
from claims.domain.incoming import Incoming, IncomingSpeaker
from claims.models import Speaker, SpeakerAlias
from tests import factories

pytestmark = pytest.mark.django_db


def _resolve(*speakers: IncomingSpeaker) -> tuple[list[Speaker], list[Incoming]]:
    rows = [Incoming(row=number, text="So.", speaker=speaker) for number, speaker in enumerate(speakers, start=1)]
    with record.writing():
        found = incoming_speakers.resolve(rows)
    return [found.speakers[row.row] for row in rows if row.row in found.speakers], rows


@pytest.fixture
def kim() -> Speaker:
    kim = factories.SpeakerFactory.create(name="Kim Jong-un", wikidata_id="Q56226")
    SpeakerAlias.objects.create(speaker=kim, name="김정은")
    return kim


@pytest.mark.parametrize(
    "wanted",
    [
        IncomingSpeaker("Kim Jong-un"),
        IncomingSpeaker("  KIM  jong-ún"),
        IncomingSpeaker("김정은"),
        IncomingSpeaker("Chairman Kim", wikidata_id="Q56226"),
    ],
)
def test_speaker_found_by_identifier_name_or_alias(kim: Speaker, wanted: IncomingSpeaker) -> None:
    assert _resolve(wanted)[0] == [kim]


@pytest.mark.parametrize(
    "wanted",
    [IncomingSpeaker("Kim"), IncomingSpeaker("Jong-un"), IncomingSpeaker("Kim Jong-un", wikidata_id="Q1")],
)
def test_part_of_a_name_or_another_identifier_is_somebody_else(kim: Speaker, wanted: IncomingSpeaker) -> None:
    [speaker], _ = _resolve(wanted)

    assert (speaker.name, speaker.is_proposed, speaker == kim) == (wanted.name, True, False)


def test_name_of_several_speakers_is_proposed_once() -> None:
    for _ in range(2):
        factories.SpeakerFactory.create(name="John Smith")

    first, rows = _resolve(IncomingSpeaker("John Smith", "person"))
    again, _ = _resolve(IncomingSpeaker("John Smith", "person"))

    assert first == again
    assert Speaker.objects.count() == 3
    assert rows[0].findings[0].message.startswith("Several speakers have this name.")


def test_proposed_speaker_is_made_once_for_all_rows() -> None:
    found, _ = _resolve(
        IncomingSpeaker("Lee", "person", "Q5"), IncomingSpeaker("Lee", "person", "Q5"), IncomingSpeaker()
    )

    assert [speaker.name for speaker in found] == ["Lee", "Lee", "Unnamed"]
    assert Speaker.objects.values_list("wikidata_id", "is_proposed", "slug").get(name="Lee") == ("Q5", True, "lee")


def test_speaker_that_no_form_would_take_refuses_the_row() -> None:
    found, rows = _resolve(IncomingSpeaker("x" * 201), IncomingSpeaker("Lee", wikidata_id="P1"))

    assert (found, [row.is_refused for row in rows]) == ([], [True, True])


def test_renamed_speaker_is_found_by_the_new_name(kim: Speaker) -> None:
    kim.name = "Other"
    kim.save()

    assert _resolve(IncomingSpeaker("Other"))[0] == [kim]
    assert _resolve(IncomingSpeaker("Kim Jong-un", wikidata_id="Q56226"))[0] == [kim]
