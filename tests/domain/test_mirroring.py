"""A mirror is the record, byte for byte, and takes nothing that is not."""

import json
from collections.abc import Callable, Iterable

import pytest

from claims.domain import demo, mirroring, record, verifying
from claims.domain.errors import ImportRefusedError
from claims.exchange import exporting
from claims.models import Edition, PublishedEntity
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
