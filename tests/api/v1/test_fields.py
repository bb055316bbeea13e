"""Sparse fields: the parts that were asked for, as they are in the whole."""

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim
from tests import factories
from tests.api.v1.conftest import Ask, publish

FIELDS = "text,speaker.name,verdict.rating.label"
TOP = (
    "appearances, claimed_on, edition, external_reviews, forecast, id, kind, language, relations, schema, slug, "
    "speaker, text, topics, translations, type, verdict"
)


def test_fields_of_a_single_claim(ask: Ask, full_claim: Claim) -> None:
    publish(full_claim)
    whole = ask(f"/claims/{full_claim.slug}/")

    claim = ask(f"/claims/{full_claim.slug}/", fields=FIELDS)

    assert claim == {
        "text": whole["text"],
        "speaker": {"name": whole["speaker"]["name"]},
        "verdict": {"rating": {"label": "False"}},
    }


def test_fields_of_a_list(ask: Ask, full_claim: Claim) -> None:
    publish(full_claim)

    page = ask("/claims/", fields=FIELDS)

    assert page == {
        "next": None,
        "previous": None,
        "results": [ask(f"/claims/{full_claim.slug}/", fields=FIELDS)],
    }


def test_fields_within_lists(ask: Ask, full_claim: Claim) -> None:
    publish(full_claim)
    whole = ask(f"/claims/{full_claim.slug}/")

    claim = ask(f"/claims/{full_claim.slug}/", fields="appearances.source.title,topics,edition.sequence")

    assert claim == {
        "appearances": [{"source": {"title": item["source"]["title"]}} for item in whole["appearances"]],
        "topics": whole["topics"],
        "edition": {"sequence": whole["edition"]["sequence"]},
    }


def test_fields_of_what_is_not_there(ask: Ask, claim: Claim) -> None:
    publish(claim)

    assert ask(f"/claims/{claim.slug}/", fields="verdict.rating.label,slug") == {"slug": claim.slug, "verdict": None}


@pytest.mark.parametrize("fields", ["speaker,speaker.name", "speaker.name,speaker", "speaker,speaker"])
def test_whole_field_beside_its_part(ask: Ask, claim: Claim, fields: str) -> None:
    publish(claim)

    assert ask(f"/claims/{claim.slug}/", fields=fields) == ask(f"/claims/{claim.slug}/", fields="speaker")
    assert len(ask(f"/claims/{claim.slug}/", fields=fields)["speaker"]) > 1


@pytest.mark.django_db
def test_fields_keep_letters_of_any_script(ask: Ask) -> None:
    publish(factories.ClaimFactory.create(slug="so", text="북한은 그렇다."))

    assert ask("/claims/so/", fields="text") == {"text": "북한은 그렇다."}


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["speakers", "sources", "topics", "rating-scales", "pages"])
def test_fields_of_other_kinds(ask: Ask, full_claim: Claim, prefix: str) -> None:
    publish(full_claim)

    results = ask(f"/{prefix}/", fields="slug,edition.number")["results"]

    assert results == [{"edition": {"number": 1}, "slug": item["slug"]} for item in ask(f"/{prefix}/")["results"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ("", ""),
        ("colour", "colour"),
        ("text,", ""),
        ("text,TEXT", "TEXT"),
        ("text.more", "text.more"),
        ("speaker.", "speaker."),
        ("%00", "\x00"),
        ("x" * 5000, "x" * 100),
    ],
)
@pytest.mark.parametrize("path", ["/claims/", "/claims/so/"])
def test_unknown_field(refused: Ask, path: str, fields: str, named: str) -> None:
    detail = f"There is no field “{named}”. Use these, or parts of them such as a.b: {TOP}."

    assert refused(f"{path}?fields={fields}") == {"fields": detail}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_fields_queries(ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for _ in range(count):
        publish(factories.full_claim())

    with django_assert_num_queries(2):  # the head of the record, the page
        results = ask("/claims/", fields=FIELDS)["results"]

    assert len(results) == count
