"""Every named constraint: the database refuses, `full_clean()` says so, and the border case passes."""

from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, CheckConstraint, Model

from claims.models import (
    Edition,
    KeyUsage,
    PublishedClaim,
    PublishedEntity,
    PublishedName,
    PublishedReference,
    RateWindow,
    WebhookDelivery,
)
from tests.models import constraint_cases as make
from tests.models.constraint_cases import DAY, DUE, Case

pytestmark = pytest.mark.django_db

BLANK = "This field cannot be blank."
FINDING = {"conclusive": True, "rating_slug": "true", "reviewed_on": DAY}

DESK = [
    Case("claim_text_length", lambda: make.claim(text=""), lambda: make.claim(text="x"), BLANK),
    Case(
        "claim_text_length",
        lambda: make.claim(text="x" * 1001),
        lambda: make.claim(text="x" * 1000),
        "Ensure this value has at most 1000 characters (it has 1001).",
    ),
    Case(
        "claim_due_window_ends_after_start",
        lambda: make.claim(**DUE | {"due_start": date(2019, 2, 11)}),
        lambda: make.claim(**DUE | {"due_start": DAY}),
    ),
    Case(
        "claim_due_window_has_end",
        lambda: make.claim(kind="forecast", due_start=DAY),
        lambda: make.claim(**DUE),
    ),
    Case(
        "claim_due_window_has_granularity",
        lambda: make.claim(**DUE | {"due_granularity": ""}),
        lambda: make.claim(kind="forecast", due_words="soon"),
    ),
    Case(
        "claim_due_window_has_granularity",
        lambda: make.claim(kind="forecast", due_granularity="day"),
        lambda: make.claim(**DUE),
    ),
    Case(
        "claim_only_forecasts_fall_due",
        lambda: make.claim(kind="fact", criterion="It happens."),
        lambda: make.claim(kind="forecast", criterion="It happens."),
    ),
    Case(
        "claim_only_forecasts_fall_due",
        lambda: make.claim(kind="opinion", due_words="soon"),
        lambda: make.claim(kind="opinion"),
    ),
    Case(
        "claim_only_forecasts_fall_due",
        lambda: make.claim(**DUE | {"kind": "fact", "criterion": ""}),
        lambda: make.claim(**DUE | {"kind": "promise"}),
    ),
    Case("appearance_quotation_length", lambda: make.appearance(""), lambda: make.appearance("x"), BLANK),
    Case(
        "appearance_quotation_length",
        lambda: make.appearance("x" * 5001),
        lambda: make.appearance("x" * 5000),
        "Ensure this value has at most 5000 characters (it has 5001).",
    ),
    Case("attribution_position_unique", lambda: make.link(position=1), lambda: make.link(position=2)),
    Case("relation_not_to_itself", lambda: make.relation_to(itself=True), lambda: make.relation_to(itself=False)),
    Case("relation_unique", lambda: make.relation(kind="repeats"), lambda: make.relation(kind="updates")),
    Case(
        "evidence_quotation_length",
        lambda: make.evidence(quotation="x" * 5001),
        lambda: make.evidence(quotation="x" * 5000),
    ),
    Case("evidence_says_something", make.evidence, lambda: make.evidence(note="x")),
    Case("evidence_says_something", lambda: make.evidence(note=""), lambda: make.evidence(quotation="x")),
    Case("rating_slug_unique_in_scale", lambda: make.step(slug="true"), lambda: make.step(slug="truer")),
    Case("rating_label_unique_in_scale", lambda: make.step(label="True"), lambda: make.step(label="Truer")),
    Case("rating_rank_unique_in_scale", lambda: make.step(rank=5), lambda: make.step(rank=6)),
    Case(
        "rating_rank_if_and_only_if_conclusive",
        lambda: make.step(rank=None),
        lambda: make.step(conclusive=False, rank=None),
    ),
    Case(
        "rating_rank_if_and_only_if_conclusive",
        lambda: make.step(conclusive=False, rank=9),
        lambda: make.step(conclusive=True, rank=9),
    ),
    Case(
        "source_address_unique",
        lambda: make.source(url="http://www.paper.example/a/?utm_source=x"),
        lambda: make.source(url="http://www.paper.example/a/?page=2"),
    ),
    Case("source_address_unique", lambda: make.source(url="https://paper.example/a#x"), lambda: make.source(url="")),
    Case(
        "source_archive_has_address",
        lambda: make.source(archived_at=datetime(2019, 3, 1, tzinfo=UTC)),
        lambda: make.source(archived_url="https://saved.example/a"),
    ),
    Case("speaker_wikidata_id_unique", lambda: make.speaker("Q42"), lambda: make.speaker("")),
    Case("speaker_alias_unique", lambda: make.alias("Kim"), lambda: make.alias("김")),
    Case("affiliation_ends_after_start", lambda: make.role("2019", "2018"), lambda: make.role("2019", "2019")),
    Case("affiliation_ends_after_start", lambda: make.role("2019-06", "2019-05"), lambda: make.role("2019-06", "2019")),
    Case("affiliation_ends_after_start", lambda: make.role("2019-06", "2018"), lambda: make.role("2019", "2019-01")),
    Case(
        "affiliation_ends_after_start",
        lambda: make.role("2019-02-09", "2019-02-08"),
        lambda: make.role("2019-02-09", "2019-02"),
    ),
    Case("affiliation_not_with_itself", make.role_at_itself, lambda: make.role("", "2019")),
    Case("verdict_one_per_claim", make.second_verdict, make.verdict),
    Case(
        "verdict_summary_length",
        lambda: make.verdict(summary=""),
        lambda: make.verdict(summary="x" * 500),
        BLANK,
    ),
    *[
        Case(f"{of}_translation_unique", partial(make.translation, of, "ko"), partial(make.translation, of, "ar"))
        for of in (
            *("affiliation", "appearance", "claim", "evidence", "page", "rating", "rating_scale", "source", "speaker"),
            "topic",
        )
    ],
    Case("claim_translation_says_something", make.empty_translation, lambda: make.empty_translation(due_words="그때")),
    Case(
        "appearance_translation_says_something",
        make.translated_appearance,
        lambda: make.translated_appearance(locator="1쪽"),
    ),
    Case(
        "evidence_translation_says_something",
        make.translated_evidence,
        lambda: make.translated_evidence(note="다르다."),
    ),
    Case("claim_translation_says_something", make.empty_translation, lambda: make.empty_translation(criterion="기준")),
    Case("external_review_unique", make.external_review, lambda: make.external_review(identifier="2")),
    Case(
        "external_review_has_publisher",
        lambda: make.external_review(publisher=""),
        lambda: make.external_review(publisher="x"),
        BLANK,
    ),
    Case("rating_mapping_unique", lambda: make.mapping(words="Nope"), lambda: make.mapping(words="nope")),
    Case(
        "page_slug_known",
        lambda: make.page(slug="nowhere"),
        lambda: make.page(slug="privacy"),
        "Value 'nowhere' is not a valid choice.",
    ),
    Case("tip_says_something", lambda: make.tip(text="", url=""), lambda: make.tip(text="", url="https://a.example")),
    Case(
        "tip_declined_with_an_answer",
        lambda: make.tip(state="declined"),
        lambda: make.tip(state="declined", answer="It is an opinion."),
    ),
    Case("partner_key_rate_at_least_1", lambda: make.key(rate=0), lambda: make.key(rate=1)),
    Case(
        "webhook_endpoint_has_address",
        make.endpoint,
        lambda: make.endpoint(url="https://platform.example/"),
    ),
]

# Rows that no person writes, so only the database speaks.
RECORD = [
    Case("edition_number_unique", lambda: make.next_edition(number=1), make.next_edition),
    Case("edition_counts_from_1", lambda: make.next_edition(number=0), lambda: make.next_edition(number=3)),
    Case(
        "edition_reason_where_needed",
        lambda: make.next_edition(action="corrected"),
        lambda: make.next_edition(action="corrected", note="We erred."),
    ),
    Case(
        "edition_reason_where_needed",
        lambda: make.next_edition(action="retracted", note=""),
        make.next_edition,
    ),
    Case(
        "published_claim_uid_unique",
        lambda: make.second_public_claim(slug="other"),
        lambda: make.second_public_claim(slug="other", uid=uuid4()),
    ),
    Case(
        "published_claim_slug_unique",
        lambda: make.second_public_claim(uid=uuid4()),
        lambda: make.second_public_claim(slug="other", uid=uuid4()),
    ),
    Case(
        "published_forecast_has_criterion",
        lambda: make.public_claim(criterion=""),
        lambda: make.public_claim(criterion="", kind="promise"),
    ),
    Case(
        "published_finding_is_reviewed",
        lambda: make.public_claim(conclusive=True),
        lambda: make.public_claim(**FINDING),
    ),
    Case(
        "published_finding_is_reviewed",
        lambda: make.public_claim(**FINDING | {"reviewed_on": None}),
        lambda: make.public_claim(**FINDING | {"conclusive": False}),
    ),
    Case(
        "published_finding_is_reviewed",
        lambda: make.public_claim(**FINDING | {"conclusive": None}),
        make.public_claim,
    ),
    Case(
        "published_entity_uid_unique",
        lambda: make.second_public_entity(slug="other"),
        lambda: make.second_public_entity(slug="other", kind="topic"),
    ),
    Case(
        "published_entity_slug_unique",
        lambda: make.second_public_entity(uid=uuid4()),
        lambda: make.second_public_entity(uid=uuid4(), kind="topic"),
    ),
    Case("key_usage_unique", lambda: make.usage(DAY), lambda: make.usage(date(2019, 2, 11))),
    Case("rate_window_unique", lambda: make.window(1), lambda: make.window(2)),
    Case("webhook_delivery_unique", lambda: make.delivery(again=True), lambda: make.delivery(again=False)),
    Case("published_name_unique", make.second_name, lambda: make.second_name(word="other")),
    Case("published_reference_unique", make.second_reference, lambda: make.second_reference(uid=uuid4())),
]


def _id(case: Case) -> str:
    return case.constraint


def _constraint(instance: Model, name: str) -> BaseConstraint:
    return next(constraint for constraint in instance._meta.constraints if constraint.name == name)


def _store(instance: Model) -> None:
    """Past every check in Python; the savepoint keeps the transaction of the test usable."""
    with transaction.atomic():
        instance.save(force_insert=instance._state.adding)


@pytest.mark.parametrize("case", DESK + RECORD, ids=_id)
def test_database_refuses_a_bad_row(case: Case) -> None:
    bad = case.bad()

    with pytest.raises(IntegrityError) as caught:
        _store(bad)

    # Neither SQLite nor a second index on the same column names a constraint of uniqueness.
    constraint = _constraint(bad, case.constraint)
    assert (constraint.name if isinstance(constraint, CheckConstraint) else "unique") in str(caught.value).lower()


@pytest.mark.parametrize("case", DESK + RECORD, ids=_id)
def test_database_takes_a_row_on_the_border(case: Case) -> None:
    good = case.good()

    _store(good)

    assert type(good)._base_manager.filter(pk=good.pk).count() == 1
    connection.check_constraints()


@pytest.mark.parametrize("case", DESK, ids=_id)
def test_full_clean_says_what_the_database_refuses(case: Case) -> None:
    bad = case.bad()
    sentence = _constraint(bad, case.constraint).violation_error_message

    with pytest.raises(ValidationError) as caught:
        bad.full_clean()

    assert (case.says or sentence) in caught.value.messages


@pytest.mark.parametrize("case", DESK, ids=_id)
def test_full_clean_takes_a_row_on_the_border(case: Case) -> None:
    good = case.good()

    try:
        good.full_clean()
        complaints = []
    except ValidationError as error:
        complaints = error.messages

    assert complaints == []


def test_evidence_with_an_empty_quotation_is_refused_by_the_database_and_mended_by_full_clean() -> None:
    evidence = make.evidence(quotation="", note="It shows otherwise.")

    with pytest.raises(IntegrityError, match="evidence_quotation_length"):
        _store(evidence)
    evidence.full_clean()

    assert evidence.quotation is None


def test_every_constraint_has_a_case() -> None:
    models = apps.get_app_config("claims").get_models()

    names = {constraint.name for constraint in chain.from_iterable(model._meta.constraints for model in models)}

    assert names == {case.constraint for case in DESK + RECORD}


def test_every_constraint_of_the_desk_has_a_sentence() -> None:
    written_by_nobody = {
        Edition,
        PublishedClaim,
        PublishedEntity,
        PublishedName,
        PublishedReference,
        KeyUsage,
        RateWindow,
        WebhookDelivery,
    }
    desk = set(apps.get_app_config("claims").get_models()) - written_by_nobody

    silent = {
        constraint.name
        for constraint in chain.from_iterable(model._meta.constraints for model in desk)
        if constraint.violation_error_message == BaseConstraint.default_violation_error_message
    }

    assert silent == set()
