import gzip
import json
from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing, record
from claims.exchange import exporting
from claims.exchange.columns import EDITION
from claims.models import Claim, Edition, PublishedClaim
from tests import factories
from tests.histories import changed, eventful

pytestmark = pytest.mark.django_db


@pytest.fixture
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)


def _texts(kind: str, after: int = 0, until: int | None = None) -> list[str]:
    last = record.head() if until is None else until
    return [text for chunk in exporting.read(kind, until=last, after=after) for text in chunk]


def _slugs(texts: list[str]) -> list[str]:
    return [json.loads(text)["slug"] for text in texts]


def _publish_claims(*slugs: str) -> list[Claim]:
    claims = [factories.ClaimFactory.create(slug=slug) for slug in slugs]
    publishing.publish_all(claims, by="ed")
    return claims


@pytest.mark.usefixtures("short_chunks")
def test_claims_in_order_of_first_publication() -> None:
    first, *_ = _publish_claims("one", "two", "three", "four", "five")
    publishing.publish(changed(first, text="Changed."), by="ed")
    factories.ClaimFactory.create(slug="draft")

    assert _slugs(_texts("claim")) == ["one", "two", "three", "four", "five"]


@pytest.mark.usefixtures("short_chunks")
def test_editions_are_the_record() -> None:
    eventful()

    assert _texts("edition") == [record.envelope(edition) for edition in Edition.objects.order_by("sequence")]


@pytest.mark.usefixtures("short_chunks")
@pytest.mark.parametrize("kind", exporting.KINDS)
def test_total_is_the_number_of_lines(kind: str) -> None:
    eventful()

    assert exporting.total(kind) == len(_texts(kind)) > 0


@pytest.mark.parametrize("kind", exporting.KINDS)
def test_resumed_after_any_line(kind: str) -> None:
    eventful()
    texts = _texts(kind)

    for count, text in enumerate(texts, start=1):
        assert _texts(kind, after=_sequence(text)) == texts[count:]


@pytest.mark.parametrize("kind", exporting.KINDS)
def test_part_until_any_sequence_and_the_rest_after_its_last_line(kind: str) -> None:
    eventful()
    whole = _texts(kind)

    for until in range(1, record.head() + 1):
        part = _texts(kind, until=until)
        assert part + _texts(kind, after=_sequence(part[-1]) if part else 0) == whole


def test_editions_until_any_sequence_and_after_it() -> None:
    eventful()

    for until in range(1, record.head() + 1):
        assert _texts(EDITION, until=until) + _texts(EDITION, after=until) == _texts(EDITION)


def _sequence(text: str) -> int:
    """What a partner takes from the last line that they hold."""
    line = json.loads(text)
    sequence: int = line["sequence"] if "sequence" in line else line["edition"]["sequence"]
    return sequence


def test_resumed_after_a_line_whose_claim_has_changed_or_gone_since() -> None:
    one, two, _ = _publish_claims("one", "two", "three")
    lines = [json.loads(text)["edition"]["sequence"] for text in _texts("claim")]
    publishing.publish(changed(one, text="Changed."), by="ed")
    publishing.retract(two, by="ed", reason="Never said.")

    assert _slugs(_texts("claim", after=lines[0])) == ["three"]
    assert _slugs(_texts("claim", after=lines[1])) == ["three"]


def test_resumed_after_an_edition_of_something_else() -> None:
    _publish_claims("one")
    between = publishing.publish(factories.TopicFactory.create(), by="ed")
    assert between is not None
    _publish_claims("two")

    assert _slugs(_texts("claim", after=between.sequence)) == ["two"]
    assert _texts("claim", after=2**63 - 1) == []


@pytest.mark.usefixtures("short_chunks")
def test_nothing_is_skipped_or_repeated_while_others_publish() -> None:
    claims = _publish_claims("one", "two", "three", "four")
    chunks = exporting.read("claim", until=record.head())

    seen = next(chunks)
    for claim in claims:
        publishing.publish(changed(claim, text="Changed."), by="ed")
    _publish_claims("new")
    seen += [text for chunk in chunks for text in chunk]

    assert _slugs(seen) == ["one", "two", "three", "four"]


def test_written_without_anything_public() -> None:
    assert list(exporting.written("claim", "ndjson", [])) == []
    assert b"".join(exporting.written("topic", "csv", [])) == (
        b"sequence,id,slug,name,description,first_published_at,published_at,action,edition,digest\r\n"
    )


def test_written_as_lines() -> None:
    chunks = [["{1}", "{2}"], ["{북한}"]]

    assert b"".join(exporting.written("claim", "ndjson", chunks)).decode() == "{1}\n{2}\n{북한}\n"


def test_gzipped_is_repeatable_and_read_by_others() -> None:
    def parts() -> Iterator[bytes]:
        yield from (b"%d\n" % number for number in range(1000))

    compressed = [b"".join(exporting.gzipped(parts())) for _ in range(2)]

    assert compressed[0] == compressed[1]
    assert gzip.decompress(compressed[0]) == b"".join(parts())
    assert b"" not in exporting.gzipped(parts())


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_chunk(django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    _publish_claims(*(f"claim-{number}" for number in range(count)))

    for kind in ("claim", "speaker", "edition"):
        chunks = exporting.read(kind, until=record.head())
        with django_assert_num_queries(1):  # the rows with their editions
            assert next(chunks)
        with django_assert_num_queries(1):  # that there are no more
            assert list(chunks) == []


def test_claims_of_an_export_are_those_of_the_projection() -> None:
    eventful()

    assert len(_texts("claim")) == PublishedClaim.objects.count() > 0


@pytest.mark.parametrize(
    "moment", ["2019-02-22T09:30:00Z", "2019-02-22T09:30:00.120000Z", "2019-02-22T09:30:00.000001Z"]
)
def test_times_are_those_of_the_api_to_the_microsecond(moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        _publish_claims("one")

    [edition] = Edition.objects.filter(kind="claim")
    [text] = _texts("claim")
    written = json.loads(text)["edition"]
    expected = record.timestamp(edition.published_at)
    assert (written["first_published_at"], written["published_at"]) == (expected, expected)
