import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim


def test_healthz_without_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz_empty_record(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ready", "head": 0})


def test_readyz_after_publishing(client: Client, claim: Claim) -> None:
    edition = publishing.publish(claim, by="ed")

    response = client.get("/readyz")

    assert edition is not None
    assert response.json() == {"status": "ready", "head": edition.sequence}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_without_tables(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_edition RENAME TO claims_elsewhere")

    response = client.get("/readyz")

    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()) == (
        503,
        {
            "type": "urn:factcheck:problem:not-ready",
            "title": "Not ready",
            "status": 503,
            "detail": "The database does not answer, or is not migrated.",
        },
    )
