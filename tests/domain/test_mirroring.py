"""A mirror is the record, byte for byte, and takes nothing that is not."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from claims.domain import demo, merging, mirroring, publishing, record, verifying
from claims.domain.errors import ImportRefusedError
from claims.exchange import exporting
from claims.models import Claim, Edition, PublishedEntity
from tests import factories
from tests.histories import emptied, eventful

pytestmark = pytest.mark.django_db


def _exports() -> dict[tuple[str, str], bytes]:
    return {
        (kind, form): b"".join(exporting.written(kind, form, exporting.read(kind, until=record.head())))
        for kind in exporting.KINDS
        for form in exporting.FORMATS
    }


def _lines() -> list[str]:
    return [record.envelope(edition) for edition in Edition.objects.order_by("sequence")]


@pytest.mark.parametrize("publish", [demo.load, eventful])
@pytest.mark.parametrize("batch", [1000, 3])
def test_exports_of_a_mirror_are_those_of_the_original(
    publish: Callable[[], object], batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirroring, "BATCH", batch)
    publish()
    exports, lines = _exports(), _lines()
    emptied()

    mirrored = mirroring.mirror(lines)

    assert (mirrored.head, mirrored.added, mirrored.known) == (len(lines), len(lines), 0)
    assert _exports() == exports
    assert verifying.verify() == len(lines)
    assert set(Edition.objects.values_list("author", flat=True)) == {""}


def _merged() -> list[str]:
    """Lines of a record in which two speakers became one, which is what the last line says."""
    gone, stays = factories.SpeakerFactory.create(slug="gone"), factories.SpeakerFactory.create(slug="stays")
    publishing.publish_all([gone, stays], by="ed")
    merging.merge(gone, stays, by="ed", reason="They are one.")
    return _lines()


def test_mirror_leads_on_from_a_merged_speaker(client: Client) -> None:
    lines = _merged()
    emptied()

    mirroring.mirror(lines)

    answer = client.get("/speakers/gone/")
    assert (answer.status_code, answer["Location"]) == (301, "/speakers/stays/")


@pytest.mark.parametrize(
    ("merged_into", "complaint"),
    [
        ("stays", "has no id or slug"),
        ({"id": "7"}, "has no id or slug"),
        ({"id": "7", "slug": "stays"}, "“7” is not a valid UUID"),
        ({"id": "0d1c5c0e-3f0c-4b0f-9f5e-6a0b7b1f4d2a", "slug": "//evil.example"}, "Enter a valid “slug”"),
    ],
)
def test_successor_that_cannot_be_looked_up_is_refused(merged_into: object, complaint: str) -> None:
    *before, last = [json.loads(line) for line in _merged()]
    emptied()
    last["document"]["merged_into"] = merged_into
    edition = mirroring._edition(last)
    last["digest"] = record.digest_of(edition)

    with pytest.raises(ImportRefusedError, match=complaint):
        mirroring.mirror(json.dumps(line) for line in [*before, last])


def test_successor_that_the_record_does_not_have_leads_nowhere(client: Client) -> None:
    *before, last = [json.loads(line) for line in _merged()]
    emptied()
    last["document"]["merged_into"] = {"id": "0d1c5c0e-3f0c-4b0f-9f5e-6a0b7b1f4d2a", "slug": "nobody"}
    last["digest"] = record.digest_of(mirroring._edition(last))
    mirroring.mirror(json.dumps(line) for line in [*before, last])

    assert client.get("/speakers/gone/").status_code == 410
    assert "They are one." in client.get("/speakers/gone/").content.decode()


def test_mirror_continues_and_repeats_nothing() -> None:
    eventful()
    lines = _lines()
    emptied()
    mirroring.mirror(lines[:7])

    mirrored, again = mirroring.mirror(lines), mirroring.mirror(lines)

    assert (mirrored.known, mirrored.added, again.known, again.added) == (7, len(lines) - 7, len(lines), 0)
    assert _lines() == lines


def test_mirror_of_a_later_part_continues() -> None:
    eventful()
    lines = _lines()
    emptied()
    mirroring.mirror(lines[:7])

    assert mirroring.mirror(lines[5:]).added == len(lines) - 7
    assert _lines() == lines


def test_line_that_was_written_anew_by_another_program_is_the_same_edition() -> None:
    eventful()
    lines = _lines()
    emptied()

    mirroring.mirror(json.dumps(dict(reversed(json.loads(line).items()))) for line in lines)

    assert _lines() == lines


def test_record_that_differs_is_refused() -> None:
    demo.load()
    lines = _lines()
    emptied()
    eventful()
    before = _lines()

    with pytest.raises(ImportRefusedError, match=r"Sequence 1 of this site's record is another edition."):
        mirroring.mirror(lines)

    assert _lines() == before


def _with(line: str, **members: object) -> str:
    return json.dumps(json.loads(line) | members)


def _document(line: str, **members: object) -> str:
    return _with(line, document=json.loads(line)["document"] | members)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [*lines[:3], *lines[4:]],
        lambda lines: [lines[1]],
        lambda lines: [*lines[:3], _with(lines[3], note="Changed.")],
        lambda lines: [*lines[:3], _document(lines[3], slug="changed")],
        lambda lines: [*lines[:3], _with(lines[3], author_digest="0" * 64)],
        lambda lines: [*lines[:3], "{}"],
        lambda lines: [*lines[:3], "[" * 100_000],
        lambda lines: [*lines[:3], "nonsense"],
        lambda lines: [*lines[:3], lines[3][:-10]],
        lambda lines: [*lines[:3], _with(lines[3], extra=1)],
        lambda lines: [*lines[:3], _with(lines[3], sequence=5)],
        lambda lines: [*lines[:3], _with(lines[3], document=None)],
        lambda lines: [*lines[:3], _with(lines[3], note_translations=[{"language": "ko", "note": "x"}])],
    ],
)
def test_lines_that_are_not_the_record_are_refused_and_change_nothing(
    spoil: Callable[[list[str]], Iterable[str]],
) -> None:
    demo.load()
    lines = _lines()
    emptied()

    with pytest.raises(ImportRefusedError):
        mirroring.mirror(spoil(lines))

    assert (record.head(), PublishedEntity.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "rows",
    [
        *([], {}, [None], ["ko"], [{"language": "ko"}]),
        *([{"language": "ko", "note": note}] for note in ("", "\x07", 1)),
        [{"language": "Korean!", "note": "x"}],
        [{"language": "ko", "note": "x", "more": 1}],
    ],
)
def test_own_record_with_translated_notes_that_cannot_be_shown_is_refused(claim: Claim, rows: Any) -> None:
    edition = publishing.publish(claim.speaker, by="ed", note="A note.")
    assert edition is not None
    edition.author_digest = "0" * 64
    given = json.loads(record.envelope(edition)) | {"note_translations": rows}
    del given["digest"]
    digest = hashlib.sha256(record.canonical(given).encode()).hexdigest()
    emptied()

    with pytest.raises(ImportRefusedError, match=r"Sequence 1: (?!the digest)"):
        mirroring.mirror([json.dumps(given | {"digest": digest})])

    assert record.head() == 0


def test_own_record_with_documents_that_cannot_be_shown_is_refused() -> None:
    """Whoever writes a record can make every digest fit; what it holds may still be nonsense."""
    eventful()
    edition = Edition.objects.get(sequence=1)
    document = json.loads(edition.document)
    edition.document = record.canonical({name: document[name] for name in ("schema", "type", "id", "slug")})
    edition.author_digest = "0" * 64
    edition.digest = record.digest_of(edition)
    line = record.envelope(edition)
    emptied()

    with pytest.raises(ImportRefusedError, match="a document cannot be shown"):
        mirroring.mirror([line])

    assert record.head() == 0
