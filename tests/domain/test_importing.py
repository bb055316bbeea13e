from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from claims.domain import import_runs, publishing
from claims.domain.errors import ImportRefusedError
from claims.domain.importing import import_rows
from claims.domain.incoming import Finding, Incoming, IncomingReview, IncomingSpeaker
from claims.models import Claim, Edition, ExternalReview, ImportRun, PublishedClaim, Speaker, Topic, Verdict
from tests import factories

QUERIES = {"sqlite": 20, "postgresql": 21}
pytestmark = pytest.mark.django_db
REVIEW = IncomingReview(publisher="The Checkers", url="https://c.example/1", rating="Falso", reviewed_on="2019-02-10")


def _row(number: int = 1, **fields: Any) -> Incoming:
    row = Incoming(
        row=number, text="It is so.", language="en", speaker=IncomingSpeaker("Kim", "person"), reviews=[REVIEW]
    )
    return replace(row, **{"findings": []} | fields)


def _import(*rows: Incoming, publish: bool = False) -> ImportRun:
    run = import_runs.begin("file", form="csv", digest="0" * 64, by="ed", publish=publish)
    import_rows(run, rows)
    import_runs.finish(run)
    return ImportRun.objects.get(pk=run.pk)


def _findings(run: ImportRun) -> list[tuple[str, str]]:
    return list(run.findings.values_list("field", "message"))


def test_row_becomes_a_draft_with_a_review_and_no_verdict() -> None:
    run = _import(_row(claimed_on="2019-02", topics=["Summits"], note="Said at x"))

    claim = Claim.objects.get()
    assert (claim.text, claim.slug, claim.language, claim.claimed_on) == ("It is so.", "it-is-so", "en", "2019-02")
    assert (claim.internal_note, claim.import_run, claim.speaker.name) == ("Said at x", run, "Kim")
    assert [topic.name for topic in claim.topics.all()] == ["Summits"]
    review = claim.external_reviews.get()
    assert (review.publisher, review.url, review.rating) == ("The Checkers", "https://c.example/1", "Falso")
    assert (Verdict.objects.count(), Edition.objects.count(), _findings(run)) == (0, 0, [])
    assert (run.rows, run.claims_created, run.reviews_created, run.speakers_proposed) == (1, 1, 1, 1)


def test_everything_that_is_made_passes_the_forms_own_checks() -> None:
    _import(_row(topics=["A topic"]), _row(2, text="नहीं।", speaker=IncomingSpeaker(), topics=["विषय"]))

    made = [*Claim.objects.all(), *Speaker.objects.all(), *Topic.objects.all(), *ExternalReview.objects.all()]
    for item in made:
        item.full_clean()  # raises what the form would say
    assert len(made) > 4


def test_second_import_changes_nothing_and_says_so() -> None:
    rows = [_row(), _row(2, text="It is not so.", speaker=IncomingSpeaker()), _row(3, topics=["A"], text="Perhaps.")]
    _import(*rows)
    before = [list(model._default_manager.values()) for model in (Claim, Speaker, Topic, ExternalReview)]

    run = _import(*(replace(row, findings=[]) for row in rows))

    assert [list(model._default_manager.values()) for model in (Claim, Speaker, Topic, ExternalReview)] == before
    assert (run.claims_matched, run.reviews_matched, import_runs.is_nothing_new(run)) == (3, 3, True)
    assert list(import_runs.report(run))[-1] == "Nothing of it was new: nothing was changed."


def test_same_text_by_the_same_speaker_is_one_claim() -> None:
    other = replace(REVIEW, publisher="Others")
    run = _import(
        _row(), _row(2, text="IT IS  só.", reviews=[other]), _row(3, speaker=IncomingSpeaker("Lee", "person"))
    )

    assert [(claim.speaker.name, claim.external_reviews.count()) for claim in Claim.objects.order_by("pk")] == [
        ("Kim", 2),
        ("Lee", 1),
    ]
    assert (run.claims_created, run.claims_matched) == (2, 1)


def test_row_without_speaker_means_the_only_claim_of_the_text() -> None:
    claim = factories.ClaimFactory.create(text="It is so.")

    _import(_row(speaker=IncomingSpeaker()))

    assert list(Claim.objects.all()) == [claim]
    assert claim.external_reviews.count() == 1


def test_row_without_speaker_beside_several_claims_of_the_text_is_nobodys() -> None:
    factories.ClaimFactory.create(text="It is so.")
    factories.ClaimFactory.create(text="It is so.")

    _import(_row(speaker=IncomingSpeaker()))
    _import(_row(speaker=IncomingSpeaker()))

    assert [claim.speaker.name for claim in Claim.objects.order_by("pk")][2:] == ["Unnamed"]
    assert Speaker.objects.get(name="Unnamed").kind == "unnamed"


def test_claim_on_the_desk_is_left_as_it_is() -> None:
    speaker = factories.SpeakerFactory.create(name="Kim")
    claim = factories.ClaimFactory.create(text="It is so.", speaker=speaker, claimed_on="2019", internal_note="Ours.")
    before = Claim.objects.values().get()

    run = _import(_row(claimed_on="2020-01-01", topics=["New"], note="Theirs."))

    assert (Claim.objects.values().get(), claim.topics.count()) == (before, 0)
    assert run.findings.values_list("field", "value", "outcome").get() == ("claimed_on", "2020-01-01", "2019")


@pytest.mark.parametrize(
    ("now", "rating"),
    [("2019-03-01", "Verdadeiro"), ("2019-01-01", "Falso"), ("2019-02-10", "Falso"), ("", "Falso")],
)
def test_only_a_later_review_replaces_what_is_recorded(now: str, rating: str) -> None:
    _import(_row())

    for _ in range(2):
        run = _import(_row(reviews=[replace(REVIEW, rating="Verdadeiro", reviewed_on=now)]))

    assert ExternalReview.objects.get().rating == rating
    assert run.reviews_created == 0


@pytest.mark.parametrize(("before", "now", "rating"), [("", "2019", "Verdadeiro"), ("", "", "Falso")])
def test_review_without_a_date_is_replaced_by_one_that_has_one(before: str, now: str, rating: str) -> None:
    _import(_row(reviews=[replace(REVIEW, reviewed_on=before)]))

    run = _import(_row(reviews=[replace(REVIEW, rating="Verdadeiro", reviewed_on=now)]))

    assert (ExternalReview.objects.get().rating, ExternalReview.objects.get().reviewed_on) == (rating, now)
    assert ("review.rating" in [field for field, _ in _findings(run)], run.reviews_created) == (True, 0)


def test_text_with_characters_that_nobody_sees_is_the_same_claim() -> None:
    _import(_row())

    run = _import(_row(text="It\u200b is so."))

    assert (run.claims_created, run.claims_matched, run.reviews_created) == (0, 1, 0)


def test_refused_row_leaves_the_others() -> None:
    bad = _row(2, text="")
    bad.findings.append(Finding("text", "", "No claim is given.", refused=True))

    run = _import(_row(), bad, _row(3, text="x" * 1001), _row(4, text="Other.", language="Portuguese"))

    assert [claim.text for claim in Claim.objects.all()] == ["It is so."]
    assert (run.rows, run.rows_refused) == (4, 3)
    assert list(run.findings.filter(refused=True).values_list("row", "field")) == [
        (2, "text"), (3, "text"), (4, "language"),
    ]  # fmt: skip


def test_summary_names_what_was_refused_and_what_concerns_the_file_first() -> None:
    rows = [_row(n, text=f"{n}", findings=[Finding("url", "", "Often.")]) for n in range(1, 5)]
    rows[2].findings.append(Finding("", "", "Of the file."))
    rows[3].findings.append(Finding("text", "", "No claim.", refused=True))

    run = _import(*rows)

    assert [(kind.message, kind.count) for kind in import_runs.kinds(run)] == [
        ("No claim.", 1),
        ("Of the file.", 1),
        ("Often.", 4),
    ]


def test_review_that_no_form_would_take_is_left_out() -> None:
    run = _import(_row(reviews=[replace(REVIEW, url="javascript:alert(1)"), replace(REVIEW, rating="x\0"), REVIEW]))

    assert ExternalReview.objects.count() == 1
    assert [field for field, _ in _findings(run)] == ["review.url", "review.rating"]


def test_claim_without_language_is_undetermined() -> None:
    run = _import(_row(language=""))

    assert Claim.objects.get().language == "und"
    assert [field for field, _ in _findings(run)] == ["language"]


def test_slugs_are_free_on_the_desk_and_among_readers() -> None:
    public = factories.ClaimFactory.create(slug="it-is-so", text="Something else.")
    publishing.publish(public, by="ed")
    Claim.objects.filter(pk=public.pk).update(slug="moved")

    run = _import(_row(), _row(2, speaker=IncomingSpeaker("Lee", "person")), publish=True)

    assert (run.claims_published, len(set(Claim.objects.values_list("slug", flat=True)))) == (2, 3)


def test_publication_of_what_was_imported() -> None:
    run = _import(_row(), publish=True)

    edition = Edition.objects.get(kind="claim")
    assert (run.claims_published, edition.author, edition.action) == (1, "ed", "published")
    assert PublishedClaim.objects.get().conclusive is None


def test_publication_later_of_what_was_imported_before() -> None:
    _import(_row())

    runs = [_import(_row(), publish=True) for _ in range(2)]

    assert [run.claims_published for run in runs] == [1, 0]


def test_publication_leaves_drafts_of_editors_alone() -> None:
    kim = factories.SpeakerFactory.create(name="Kim")
    factories.ClaimFactory.create(text="It is so.", speaker=kim)

    run = _import(_row(), publish=True)

    assert (run.claims_published, Edition.objects.count()) == (0, 0)


def test_publication_leaves_changes_in_progress_alone_and_renews_what_has_none() -> None:
    kim = factories.SpeakerFactory.create(name="Kim")
    edited, settled = (factories.ClaimFactory.create(text=text, speaker=kim) for text in ("Edited.", "Settled."))
    publishing.publish_all([edited, settled], by="ed")
    Claim.objects.filter(pk=edited.pk).update(claimed_on="2020")

    run = _import(_row(text="Edited."), _row(2, text="Settled."), publish=True)

    assert run.claims_published == 1
    assert Edition.objects.order_by("-sequence")[0].uid == settled.uid


def test_publication_refused_for_one_claim_leaves_the_others() -> None:
    gone = factories.SpeakerFactory.create(name="Gone")
    publishing.publish(gone, by="ed")
    publishing.retract(gone, by="ed", reason="Nobody.")

    run = _import(_row(speaker=IncomingSpeaker("Gone", "person")), _row(2, text="Other."), publish=True)

    assert run.claims_published == 1
    [(_, message)] = _findings(run)
    assert message.startswith("It was not published. It names a speaker that was retracted")


def test_rows_that_another_process_has_imported_are_refused() -> None:
    run = import_runs.begin("file", form="csv", digest="0" * 64, by="ed", publish=False)
    import_rows(run, [_row()])

    with pytest.raises(ImportRefusedError, match="Row 2 is next, not row 1"):
        import_rows(run, [_row(text="Other.")])

    assert Claim.objects.count() == 1


def test_rehearsal_reports_and_changes_nothing() -> None:
    with import_runs.rehearsal():
        run = _import(_row(), publish=True)
        report = list(import_runs.report(run))

    assert report[:3] == [f"{'Rows':18} {1:>9}", f"{'Rows refused':18} {0:>9}", f"{'Claims created':18} {1:>9}"]
    assert [m._default_manager.count() for m in (Claim, Speaker, ExternalReview, ImportRun, Edition)] == [0] * 5


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = import_runs.begin("file", form="csv", digest="0" * 64, by="ed", publish=False)
    rows = [
        _row(n, text=f"Claim {n}.", speaker=IncomingSpeaker(f"Kim {n}", "person"), topics=[f"T {n}"])
        for n in range(1, count + 1)
    ]

    # Begin, lock (PostgreSQL: two more), run; names, aliases, slugs and insertion of speakers; ...
    with django_assert_num_queries(QUERIES[connection.vendor]):
        import_rows(run, rows)


@pytest.mark.parametrize("text", ["\u200b", "\u202e\u200c", "\ufeff", "\U000e0041"])
def test_row_of_which_nothing_can_be_seen_is_refused(text: str) -> None:
    run = _import(_row(text=text))

    said = "Nothing can be seen of this text: it has only invisible characters. Write it anew."
    assert (Claim.objects.count(), [message for _, message in _findings(run)]) == (0, [said])
