"""The digests are recomputed here by another road: hashlib and json alone, as a partner would."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.domain import publishing, record
from claims.models import Claim, Edition
from claims.models.record import GENESIS
from tests import factories, histories

ascii_keys = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=5)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ascii_keys, inner, max_size=3)
)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sorted_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(ascii_keys, values, max_size=4))
def test_canonical_with_ascii_keys_is_sorted_json(document: dict[str, Any]) -> None:
    assert record.canonical(document) == _sorted_json(document)


def test_canonical_sorts_by_utf_16_and_escapes_the_least() -> None:
    # RFC 8785, section 3.2.3: U+1F600 is written D83D DE00 in UTF-16 and so comes before U+FB33.
    document = {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "a": 'x"\\/\b\n\x1f\u2028é'}

    expected = '{"a":"x\\"\\\\/\\b\\n\\u001f\u2028é","\u20ac":3,"\U0001f600":2,"\ufb33":1}'
    assert record.canonical(document) == expected


@pytest.mark.django_db
def test_append_chains_digests_that_anyone_can_recompute() -> None:
    histories.eventful()
    previous = GENESIS

    for expected_sequence, edition in enumerate(Edition.objects.order_by("sequence"), start=1):
        envelope = json.loads(record.envelope(edition))
        digest = envelope.pop("digest")
        assert (envelope["sequence"], envelope["previous_digest"]) == (expected_sequence, previous)
        assert digest == edition.digest == _sha256(_sorted_json(envelope))
        previous = digest


@pytest.mark.django_db
def test_envelope_has_the_document_as_it_is_stored(full_claim: Claim) -> None:
    edition = publishing.publish(full_claim, by="ed", note='A “note” with "quotes"\nand lines \U0001f600.')
    assert edition is not None

    envelope = json.loads(record.envelope(edition))

    assert f'"document":{edition.document},' in record.envelope(edition)
    assert record.envelope(edition) == record.canonical(envelope)
    assert envelope == {
        "action": "published",
        "author_digest": _sha256(edition.author_salt + "ed"),
        "digest": edition.digest,
        "document": publishing.preview(full_claim),
        "id": str(full_claim.uid),
        "kind": "claim",
        "note": 'A “note” with "quotes"\nand lines \U0001f600.',
        "number": 1,
        "previous_digest": edition.previous_digest,
        "published_at": edition.published_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "sequence": edition.sequence,
    }


@pytest.mark.django_db
def test_envelope_covers_the_note_in_further_languages(claim: Claim) -> None:
    translations = {"ko": "바로잡았습니다.", "ar": '"صححنا"', "fr": ""}
    edition = publishing.publish(claim, by="ed", note="It was wrong.", translations=translations)
    assert edition is not None

    envelope = json.loads(record.envelope(edition))

    assert record.envelope(edition) == record.canonical(envelope)
    assert envelope["note_translations"] == [
        {"language": "ar", "note": '"صححنا"'},
        {"language": "ko", "note": "바로잡았습니다."},
    ]
    edition.note_translations = None
    assert record.digest_of(edition) != edition.digest


@pytest.mark.django_db
def test_note_in_further_languages_is_of_what_was_asked_for_alone(claim: Claim) -> None:
    publishing.publish(claim, by="ed", note="A note.", translations={"ko": "설명."})
    publishing.correct(histories.changed(claim, text="So."), by="ed", reason="Wrong.", translations={"ko": "틀림."})
    publishing.retract(claim, by="ed", reason="A joke.", translations={"ko": "농담."})

    notes = [edition.note_translations for edition in Edition.objects.order_by("sequence")]

    assert notes[0] is None  # the speaker's
    assert [json.loads(text or "")[0]["note"] for text in notes[1:]] == ["설명.", "틀림.", "농담."]


@pytest.mark.django_db
def test_envelope_covers_the_author_without_naming_one(claim: Claim) -> None:
    edition = publishing.publish(claim, by="Ed Itor")
    assert edition is not None
    covered = record.digest_of(edition)

    edition.author = "Someone else"

    assert (covered == edition.digest, record.digest_of(edition) == edition.digest) == (True, False)
    assert "Ed Itor" not in record.envelope(edition)


@pytest.mark.django_db
def test_append_salts_each_author_anew(claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    digests = {record.author_digest(edition) for edition in Edition.objects.all()}

    assert len(digests) == Edition.objects.count() == 2


@pytest.mark.django_db
def test_append_when_the_clock_was_set_back(claim: Claim) -> None:
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False):
        publishing.publish(claim, by="ed")
    with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC), tick=False):
        publishing.publish(histories.changed(claim, text="It was so."), by="ed")
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC), tick=False):
        publishing.publish(histories.changed(claim, text="It is so."), by="ed")

    years = [moment.year for moment in Edition.objects.order_by("sequence").values_list("published_at", flat=True)]
    assert years == [2030, 2030, 2030, 2031]


@pytest.mark.django_db
def test_head_of_an_empty_record_and_of_a_longer_one() -> None:
    empty = record.head()
    publishing.publish(factories.ClaimFactory.create(), by="ed")

    assert (empty, record.head()) == (0, 2)


def test_timestamp_is_in_utc_with_microseconds() -> None:
    moment = datetime.fromisoformat("2019-02-22T18:30:00+09:00")

    assert record.timestamp(moment) == "2019-02-22T09:30:00.000000Z"
