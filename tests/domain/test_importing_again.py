"""Whatever rows are imported together, and in whatever order: importing them again changes nothing."""

from dataclasses import replace

import pytest

from claims.domain import import_runs
from claims.domain.importing import import_rows
from claims.domain.incoming import Incoming, IncomingReview, IncomingSpeaker
from claims.models import Claim, ExternalReview, ImportRun, Speaker

pytestmark = pytest.mark.django_db
NOBODY = IncomingSpeaker()
ANA, BOB = IncomingSpeaker("Ana", "person"), IncomingSpeaker("Bob", "person")
ANA_1, ANA_2 = replace(ANA, wikidata_id="Q1"), replace(ANA, wikidata_id="Q2")
ANNIE_1 = replace(ANA_1, name="Annie")
ONLY_1 = IncomingSpeaker(wikidata_id="Q1")


def _rows(*speakers: IncomingSpeaker) -> list[Incoming]:
    return [
        Incoming(
            number,
            text="It is so.",
            language="es",
            speaker=speaker,
            reviews=[IncomingReview(publisher="P", url=f"https://p.example/{number}")],
        )
        for number, speaker in enumerate(speakers, start=1)
    ]


def _import(rows: list[Incoming], size: int) -> ImportRun:
    run = import_runs.begin("file", form="csv", digest="0" * 64, by="ed", publish=False)
    for at in range(0, len(rows), size):
        import_rows(run, rows[at : at + size])
    return run


def _there() -> list[list[tuple[object, ...]]]:
    speakers = Speaker.objects.order_by("pk").values_list("name", "wikidata_id", "kind", "is_proposed")
    claims = Claim.objects.order_by("pk").values_list("text", "speaker__name", "speaker__wikidata_id")
    reviews = ExternalReview.objects.order_by("url").values_list("url", "claim__speaker__name")
    return [list(speakers), list(claims), list(reviews)]


@pytest.mark.parametrize("size", [1, 2, 10], ids="in batches of {}".format)
@pytest.mark.parametrize(
    "speakers",
    [
        (ANA, NOBODY, BOB),
        (NOBODY, ANA, BOB),
        (ANA, BOB, NOBODY),
        (ANA, NOBODY, BOB, NOBODY),
        (ANA_1, ANA),
        (ANA, ANA_1, ANA),
        (ANA_1, ANA_2, ANA),
        (ANA_1, ANA_2, ANA, ANA),
        (ANA_1, ANNIE_1, ANA),
        (ONLY_1, NOBODY, ANA_1),
    ],
    ids=lambda speakers: "-".join(f"{s.name or 'nobody'}{s.wikidata_id}" for s in speakers),
)
def test_second_import_changes_nothing(speakers: tuple[IncomingSpeaker, ...], size: int) -> None:
    _import(_rows(*speakers), size)
    before = _there()

    run = _import(_rows(*speakers), size)

    assert _there() == before
    assert import_runs.is_nothing_new(run)


def test_speaker_named_in_two_ways_under_one_identifier_is_one() -> None:
    run = _import(_rows(ANA_1, ANNIE_1), 10)

    assert _there()[0] == [("Ana", "Q1", "person", True)]
    assert (run.speakers_proposed, run.claims_created, run.claims_matched) == (1, 1, 1)


def test_row_without_a_name_that_went_to_the_only_claim_stays_there() -> None:
    run = _import(_rows(ANA, NOBODY, BOB), 10)

    assert _there()[2] == [
        ("https://p.example/1", "Ana"),
        ("https://p.example/2", "Ana"),
        ("https://p.example/3", "Bob"),
    ]
    message = "The file does not say who made it. The claim of the same text that is there was taken."
    assert list(run.findings.values_list("row", "field", "message")) == [(2, "speaker", message)]


def test_identifier_of_a_speaker_found_by_name_is_reported() -> None:
    run = _import(_rows(ANA, ANA_1), 10)

    [finding] = run.findings.all()
    assert (finding.value, finding.outcome) == ("Q1", "Ana")
    assert _there()[0] == [("Ana", "", "person", True)]


def test_identifier_without_a_name_is_proposed_under_itself() -> None:
    _import(_rows(ONLY_1, NOBODY), 10)

    assert _there()[0] == [("Q1", "Q1", "person", True), ("Unnamed", "", "unnamed", False)]
